"""What everybody does with his own account: the password, and tokens for his programs."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from kernel.auth.credentials import TOKEN_PREFIX, digest_of
from kernel.auth.principal import Person
from kernel.auth.scopes import Scope
from kernel.errors import Conflict, InvalidInput, Located
from services.intake.domain.accounts import MOST_TOKENS
from services.intake.domain.receipts import Call
from services.intake.persistence.accounts import Accounts, OfficeAccounts
from services.intake.persistence.answered_calls import AnsweredCalls
from services.intake.persistence.credentials import ApiTokens
from services.intake.persistence.models import ApiTokenRow
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.invitations import fit_hash, replace_password
from services.intake.use_cases.signing_in import SignIn, count_wrong_try, refuse_impatient


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePassword:
    """The password that was, the one that will be, and from where it is asked."""

    old: str = field(repr=False)
    new: str = field(repr=False)
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueToken:
    """A token to be made: for what, and how long."""

    name: str
    scopes: Sequence[Scope]
    days: int
    call: Call


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenOutline:
    """A token as its owner sees it; the token itself is nowhere."""

    id: UUID
    name: str
    hint: str
    scopes: tuple[Scope, ...]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None
    is_good: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedToken:
    """The token, shown once; blank where the same call came before."""

    token: str
    outline: TokenOutline


def change_password(command: ChangePassword, *, by: Person, deps: Deps) -> None:
    """Replace one's own password; every other session ends."""
    now = deps.now()
    with deps.database.read() as session:
        account = Accounts(session).get(by.account_id)
        attempt = SignIn(login_name=account.login_name, password="", address=command.address)
        refuse_impatient(session, attempt, now=now, field="old_password")
    if not deps.passwords.fits(account.password_hash, command.old):
        with deps.database.begin() as session:
            count_wrong_try(session, attempt, now=now)
        raise _wrong_old("Mật khẩu hiện tại không đúng.")
    password_hash = fit_hash(account, command.new, deps=deps, field="new_password")
    with deps.database.begin() as session:
        if Accounts(session).hold(by.account_id).password_hash != account.password_hash:
            raise _wrong_old("Mật khẩu vừa được đổi ở nơi khác.")
        replace_password(session, by.account_id, password_hash, at=now, but=by.session_id)


def _wrong_old(detail: str) -> InvalidInput:
    return InvalidInput(detail, errors=[Located("#/old_password", detail)])


def issue_token(command: IssueToken, *, by: Person, deps: Deps) -> IssuedToken:
    """Make a token; the same call twice makes one, and shows it the first time only."""
    at = deps.now()
    with deps.database.begin() as session:
        tokens, calls = ApiTokens(session), AnsweredCalls(session, office_id=by.office_id)
        earlier = calls.claim(command.call, at=at)
        if earlier is not None:
            row = tokens.get(UUID(earlier["token_id"]), by.account_id)
            return IssuedToken(token="", outline=_outline(row, at))
        good = [it for it in tokens.of_account(by.account_id) if _outline(it, at).is_good]
        if len(good) >= MOST_TOKENS:
            raise Conflict(f"Mỗi tài khoản có tối đa {MOST_TOKENS} thẻ còn dùng được.")
        token = TOKEN_PREFIX + secrets.token_urlsafe(32)
        row = ApiTokenRow(
            office_id=by.office_id,
            account_id=by.account_id,
            name=command.name,
            digest=digest_of(token),
            hint=token[: len(TOKEN_PREFIX) + 4],
            scopes=sorted({it.value for it in command.scopes}),
            created_at=at,
            expires_at=at + timedelta(days=command.days),
        )
        tokens.add(row)
        calls.answer(command.call, {"token_id": str(row.id)})
        return IssuedToken(token=token, outline=_outline(row, at))


def list_own_tokens(*, by: Person, deps: Deps) -> tuple[TokenOutline, ...]:
    """Return the tokens of the one who asks, newest first."""
    with deps.database.read() as session:
        rows = ApiTokens(session).of_account(by.account_id)
        return tuple(_outline(row, deps.now()) for row in rows)


def list_tokens_of(account_id: UUID, *, by: Person, deps: Deps) -> tuple[TokenOutline, ...]:
    """Return the tokens of an account of the office, newest first."""
    with deps.database.read() as session:
        account = OfficeAccounts(session, office_id=by.office_id).get(account_id)
        rows = ApiTokens(session).of_account(account.id)
        return tuple(_outline(row, deps.now()) for row in rows)


def revoke_own_token(token_id: UUID, *, by: Person, deps: Deps) -> None:
    """Make a token good for nothing; a second time changes nothing."""
    _revoke(token_id, by.account_id, deps)


def revoke_token_of(account_id: UUID, token_id: UUID, *, by: Person, deps: Deps) -> None:
    """Make a token of an account of the office good for nothing."""
    with deps.database.read() as session:
        account = OfficeAccounts(session, office_id=by.office_id).get(account_id)
    _revoke(token_id, account.id, deps)


def _revoke(token_id: UUID, account_id: UUID, deps: Deps) -> None:
    with deps.database.begin() as session:
        row = ApiTokens(session).get(token_id, account_id)
        row.revoked_at = row.revoked_at or deps.now()


def _outline(row: ApiTokenRow, now: datetime) -> TokenOutline:
    return TokenOutline(
        id=row.id,
        name=row.name,
        hint=row.hint,
        scopes=tuple(Scope(it) for it in row.scopes),
        created_at=row.created_at,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
        is_good=row.revoked_at is None and row.expires_at > now,
    )
