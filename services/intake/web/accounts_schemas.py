"""What crosses the edge about accounts, sessions and API tokens."""

from typing import Any, ClassVar

from marshmallow import EXCLUDE, ValidationError, fields, post_load, validate

from kernel.auth.principal import Role
from kernel.auth.scopes import Scope
from kernel.contracts.schema import (
    REQUIRED,
    Choice,
    Identifier,
    Items,
    Nested,
    StrictSchema,
    Text,
)
from services.intake.domain.accounts import LONGEST_TOKEN_DAYS, AccountFacts, AccountState
from services.intake.use_cases.accounts import AccountQuery
from services.intake.use_cases.importing import LIMIT, AccountLine, UnitLine
from services.intake.web.offices_schemas import Code, Day

_EMAIL = validate.Email(error="Địa chỉ thư điện tử không đúng dạng.")


def _email_or_blank(typed: str) -> None:
    if typed:
        _EMAIL(typed)


class Password(fields.String):
    """A password exactly as typed: neither trimmed nor composed."""

    default_error_messages = {"required": REQUIRED, "null": REQUIRED, "invalid": REQUIRED}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        typed = super()._deserialize(value, attr, data, **kwargs)
        if not typed:
            raise ValidationError(REQUIRED)
        if len(typed) > 1_000:
            raise ValidationError("Mật khẩu quá dài.")
        # A lone surrogate, which only JSON can hold, has no bytes to hash.
        if typed.encode("utf-8", "replace").decode() != typed:
            raise ValidationError("Có ký tự không hợp lệ.")
        return typed


class AccountFactsSchema(StrictSchema):
    """What is said of an account."""

    target: ClassVar = AccountFacts
    display_name = Text(required=True)
    role = Choice(tuple(Role), required=True)
    unit_code = Text(blank=True, max_length=64, load_default="")
    email = Text(blank=True, max_length=254, load_default="", validate=_email_or_blank)

    @post_load
    def _build(self, data: dict[str, Any], **_: Any) -> Any:
        return AccountFacts(**{**data, "role": Role(data["role"])})


class NewAccountSchema(StrictSchema):
    """Body of POST /accounts."""

    login_name = Text(required=True, max_length=200)
    display_name = Text(required=True)
    role = Choice(tuple(Role), required=True)
    unit_code = Text(blank=True, max_length=64, load_default="")
    email = Text(blank=True, max_length=254, load_default="", validate=_email_or_blank)


class PageAccountFactsSchema(AccountFactsSchema):
    """The same from a page."""

    class Meta:
        """The form also carries its token."""

        unknown = EXCLUDE


class PageNewAccountSchema(NewAccountSchema):
    """The same from a page."""

    class Meta:
        """The form also carries its token."""

        unknown = EXCLUDE

    idempotency_key = Text(required=True, max_length=100)


class KeySchema(StrictSchema):
    """A form that only says: do it."""

    class Meta:
        """The form also carries its token."""

        unknown = EXCLUDE

    idempotency_key = Text(required=True, max_length=100)


class AccountQuerySchema(StrictSchema):
    """How the list is narrowed; what nobody knows is passed over."""

    class Meta:
        """An address may carry more."""

        unknown = EXCLUDE

    text = Text(blank=True, load_default="", data_key="q")
    role = Text(blank=True, load_default="")
    state = Text(blank=True, load_default="")

    @post_load
    def _build(self, data: dict[str, Any], **_: Any) -> Any:
        role, state = data["role"], data["state"]
        return AccountQuery(
            text=data["text"],
            role=Role(role) if role in set(Role) else None,
            state=AccountState(state) if state in set(AccountState) else None,
        )


class AfterSchema(StrictSchema):
    """Where the next piece of a list begins."""

    after = Text(blank=True, max_length=200, load_default="")


class NewPasswordSchema(StrictSchema):
    """The form behind an invitation."""

    class Meta:
        """The form also carries its token."""

        unknown = EXCLUDE

    password = Password(required=True)
    password_again = Password(required=True)


class ChangePasswordSchema(StrictSchema):
    """Body of PUT /me/password."""

    old_password = Password(required=True)
    new_password = Password(required=True)


class PageChangePasswordSchema(ChangePasswordSchema):
    """The form of the page."""

    class Meta:
        """The form also carries its token."""

        unknown = EXCLUDE

    password_again = Password(required=True)


class NewTokenSchema(StrictSchema):
    """Body of POST /me/tokens."""

    name = Text(required=True, max_length=100)
    scopes = Items(
        Choice(tuple(Scope)), limit=len(Scope), required=True, error_messages={"required": REQUIRED}
    )
    days = fields.Integer(
        required=True,
        validate=validate.Range(
            min=1, max=LONGEST_TOKEN_DAYS, error=f"Từ 1 đến {LONGEST_TOKEN_DAYS} ngày."
        ),
        error_messages={"required": REQUIRED, "null": REQUIRED, "invalid": "Phải là số ngày."},
    )

    @post_load
    def _build(self, data: dict[str, Any], **_: Any) -> Any:
        if not data["scopes"]:
            raise ValidationError("Chọn ít nhất một phạm vi.", field_name="scopes")
        return {**data, "scopes": tuple(Scope(it) for it in data["scopes"])}


class UnitLineSchema(StrictSchema):
    """One unit of a list."""

    target: ClassVar = UnitLine
    code = Code(required=True)
    name = Text(required=True)
    valid_from = Day(load_default=None, allow_none=True)


class UnitLinesSchema(StrictSchema):
    """Body of POST /imports/units."""

    rows = Items(Nested(UnitLineSchema), limit=LIMIT, required=True)


class AccountLineSchema(NewAccountSchema):
    """One account of a list."""

    @post_load
    def _build(self, data: dict[str, Any], **_: Any) -> Any:
        return AccountLine(**{**data, "role": Role(data["role"])})


class AccountLinesSchema(StrictSchema):
    """Body of POST /imports/accounts."""

    rows = Items(Nested(AccountLineSchema), limit=LIMIT, required=True)


class ImportedUnitsSchema(StrictSchema):
    """How many units were added."""

    count = fields.Integer()


class InvitedLineSchema(StrictSchema):
    """An account that was opened, with its link."""

    account_id = Identifier()
    login_name = Text()
    link = Text()


class ImportedAccountsSchema(StrictSchema):
    """The accounts that were opened; none where the same call came before."""

    invited = fields.List(fields.Nested(InvitedLineSchema))


class AccountSchema(StrictSchema):
    """An account in a list."""

    id = Identifier()
    login_name = Text()
    display_name = Text()
    role = Text()
    unit_code = Text()
    email = Text()
    state = Text()
    last_signed_in_at = fields.AwareDateTime(allow_none=True)


class AccountPageSchema(StrictSchema):
    """A piece of the list; `next` goes into `after` of the following request."""

    items = fields.List(fields.Nested(AccountSchema))
    next = Text(allow_none=True)


class AccountDetailsSchema(AccountSchema):
    """One account."""

    blocked_until = fields.AwareDateTime(allow_none=True)
    invited_until = fields.AwareDateTime(allow_none=True)
    live_sessions = fields.Integer()


class InvitedSchema(StrictSchema):
    """An account with its link, which is in the first answer only."""

    account = fields.Nested(AccountSchema)
    link = Text(allow_none=True)
    expires_at = fields.AwareDateTime(allow_none=True)


class SessionSchema(StrictSchema):
    """A sign-in that goes on."""

    id = Identifier()
    address = Text()
    user_agent = Text()
    begun_at = fields.AwareDateTime()
    last_seen_at = fields.AwareDateTime()
    is_this = fields.Boolean()


class EndedSchema(StrictSchema):
    """How many sessions ended."""

    ended = fields.Integer()


class TokenSchema(StrictSchema):
    """A token without its secret."""

    id = Identifier()
    name = Text()
    hint = Text()
    scopes = fields.List(Text())
    created_at = fields.AwareDateTime()
    expires_at = fields.AwareDateTime()
    last_used_at = fields.AwareDateTime(allow_none=True)
    revoked_at = fields.AwareDateTime(allow_none=True)


class IssuedTokenSchema(StrictSchema):
    """A new token; the token itself is in the first answer only."""

    token = Text(allow_none=True)
    outline = fields.Nested(TokenSchema)
