"""Sign-ins as rows: begun, seen, listed, ended; and whether one, or an API token, is still good."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from kernel.auth.credentials import Standing
from kernel.auth.principal import Person, Role
from kernel.auth.scopes import Scope
from kernel.errors import NotFound
from services.intake.persistence.accounts import OfficeAccounts
from services.intake.persistence.credentials import SEEN_EVERY, ApiTokens, Sessions
from services.intake.persistence.models import AccountRow, SessionRow
from services.intake.persistence.offices import Offices
from services.intake.use_cases.deps import Deps


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """From where somebody signs in."""

    address: str
    user_agent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOutline:
    """A sign-in that goes on, as its owner sees it in his list."""

    id: UUID
    address: str
    user_agent: str
    begun_at: datetime
    last_seen_at: datetime
    is_this: bool


def begin_session(session: Session, account: AccountRow, visit: Visit, *, at: datetime) -> Person:
    """Return the person of a session that begins now."""
    row = SessionRow(
        id=uuid4(),
        office_id=account.office_id,
        account_id=account.id,
        address=visit.address[:64],
        user_agent=visit.user_agent[:300],
        begun_at=at,
        last_seen_at=at,
        end_reason="",
    )
    Sessions(session).begin(row)
    return person_of_account(session, account, session_id=row.id)


def person_of_account(
    session: Session,
    account: AccountRow,
    *,
    session_id: UUID | None = None,
    scopes: frozenset[Scope] | None = None,
) -> Person:
    """Return the account as the one who asks."""
    return Person(
        account_id=account.id,
        office_id=account.office_id,
        role=Role(account.role),
        name=account.display_name,
        office_name=Offices(session).get(account.office_id).short_name,
        unit_id=account.unit_id,
        session_id=session_id,
        scopes=scopes,
    )


def check_session(session_id: UUID, *, deps: Deps) -> Standing | None:
    """Return whose session it is and until when, and note that it was seen; None once over."""
    now = deps.now()
    with deps.database.read() as session:
        found = Sessions(session).find(session_id)
        if found is None:
            return None
        row, account = found
        expires_at = row.last_seen_at + deps.session_lifetime
        if row.ended_at is not None or not account.is_active or expires_at <= now:
            return None
        standing = Standing(
            person=person_of_account(session, account, session_id=row.id),
            expires_at=now + deps.session_lifetime,
        )
        is_noted = now - row.last_seen_at < SEEN_EVERY
    if not is_noted:
        with deps.database.begin() as session:
            Sessions(session).touch(session_id, at=now)
    return standing


def check_token(digest: str, *, deps: Deps) -> Standing | None:
    """Return whose token it is and until when, and note its use; None where it is not good."""
    now = deps.now()
    with deps.database.read() as session:
        found = ApiTokens(session).find(digest)
        if found is None:
            return None
        row, account = found
        if row.revoked_at is not None or not account.is_active or row.expires_at <= now:
            return None
        known = frozenset(Scope(it) for it in row.scopes)
        standing = Standing(
            person=person_of_account(session, account, scopes=known), expires_at=row.expires_at
        )
        is_noted = row.last_used_at is not None and now - row.last_used_at < SEEN_EVERY
    if not is_noted:
        with deps.database.begin() as session:
            ApiTokens(session).touch(row.id, at=now)
    return standing


def list_own_sessions(*, by: Person, deps: Deps) -> tuple[SessionOutline, ...]:
    """Return the sessions of the one who asks, last seen first."""
    return _list(by.account_id, this=by.session_id, deps=deps)


def list_sessions_of(account_id: UUID, *, by: Person, deps: Deps) -> tuple[SessionOutline, ...]:
    """Return the sessions of an account of the office."""
    with deps.database.read() as session:
        account = OfficeAccounts(session, office_id=by.office_id).get(account_id)
    return _list(account.id, this=by.session_id, deps=deps)


def end_own_session(session_id: UUID, *, by: Person, deps: Deps) -> None:
    """End one session of the one who asks."""
    at = deps.now()
    with deps.database.begin() as session:
        ended = Sessions(session).end(by.account_id, at=at, reason="by_owner", only=session_id)
    if not ended:
        raise NotFound("Không có phiên đăng nhập này, hoặc phiên đã kết thúc.")


def end_all_own_sessions(*, by: Person, deps: Deps) -> int:
    """End every session of the one who asks, this one too; return how many."""
    at = deps.now()
    with deps.database.begin() as session:
        return Sessions(session).end(by.account_id, at=at, reason="by_owner")


def end_sessions_of(account_id: UUID, *, by: Person, deps: Deps) -> int:
    """End every session of an account of the office; return how many."""
    at = deps.now()
    with deps.database.begin() as session:
        account = OfficeAccounts(session, office_id=by.office_id).get(account_id)
        return Sessions(session).end(account.id, at=at, reason="by_admin")


def sign_out(session_id: UUID, account_id: UUID, *, deps: Deps) -> None:
    """End the session of a browser that signs out; one that is over stays so."""
    at = deps.now()
    with deps.database.begin() as session:
        Sessions(session).end(account_id, at=at, reason="signed_out", only=session_id)


def _list(account_id: UUID, *, this: UUID | None, deps: Deps) -> tuple[SessionOutline, ...]:
    with deps.database.read() as session:
        rows = Sessions(session).live(account_id, seen_after=deps.now() - deps.session_lifetime)
        return tuple(
            SessionOutline(
                id=row.id,
                address=row.address,
                user_agent=row.user_agent,
                begun_at=row.begun_at,
                last_seen_at=row.last_seen_at,
                is_this=row.id == this,
            )
            for row in rows
        )
