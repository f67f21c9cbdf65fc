"""What intake answers when it is asked whether a session or an API token is still good."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from marshmallow import EXCLUDE, fields, post_load

from kernel.auth.principal import Person, Role
from kernel.auth.scopes import Scope
from kernel.contracts.schema import Identifier, Nested, StrictSchema, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Introspection:
    """Good or not, as in RFC 7662; whose it is and until when, where it is good."""

    active: bool
    person: Person | None = None
    expires_at: datetime | None = None


class _Lenient:
    """A newer intake may say more."""

    unknown = EXCLUDE


class PersonSchema(StrictSchema):
    """The account behind a session or token, as it is now."""

    class Meta(_Lenient):
        """Other fields are ignored."""

    account_id = Identifier(required=True)
    office_id = Identifier(required=True)
    role = Text(required=True)
    name = Text(required=True, max_length=1_000)
    office_name = Text(required=True, max_length=1_000)
    unit_id = Identifier(load_default=None, allow_none=True)
    session_id = Identifier(load_default=None, allow_none=True)
    scopes = fields.List(Text(), load_default=None, allow_none=True)

    @post_load
    def _person(self, data: dict[str, Any], **_: Any) -> Person:
        return Person(**{**data, "role": Role(data["role"]), "scopes": _known(data["scopes"])})


def _known(scopes: list[str] | None) -> frozenset[Scope] | None:
    """Return the scopes that this version knows; a newer intake may have more."""
    return None if scopes is None else frozenset(Scope(it) for it in scopes if it in set(Scope))


class IntrospectionSchema(StrictSchema):
    """The answer."""

    class Meta(_Lenient):
        """Other fields are ignored."""

    target: ClassVar = Introspection
    active = fields.Boolean(required=True)
    person = Nested(PersonSchema, load_default=None, allow_none=True)
    expires_at = fields.AwareDateTime(load_default=None, allow_none=True)
