"""A link with which a person sets the password of his account, once."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.auth.credentials import digest_of
from kernel.errors import InvalidInput, Located, NotFound
from services.intake.persistence.accounts import Accounts, FailedSignIns
from services.intake.persistence.credentials import Invitations, Sessions
from services.intake.persistence.models import AccountRow, InvitationRow
from services.intake.persistence.offices import Offices
from services.intake.use_cases.deps import Deps

_SPENT = (
    "Liên kết này không đúng, đã dùng rồi hoặc đã hết hạn. "
    "Hãy đề nghị quản trị của đơn vị tạo liên kết mới."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """What a person sees before he sets his password."""

    login_name: str
    display_name: str
    office_name: str
    expires_at: datetime


def new_invitation(
    session: Session, account_id: UUID, *, by: UUID | None, at: datetime, expires_at: datetime
) -> str:
    """Return the secret of a new link; earlier links of the account are good no more."""
    secret = secrets.token_urlsafe(32)
    Invitations(session).add(
        InvitationRow(
            account_id=account_id,
            digest=digest_of(secret),
            created_at=at,
            created_by=by,
            expires_at=expires_at,
        )
    )
    return secret


def read_invitation(secret: str, *, deps: Deps) -> Invitation:
    """Return whose password the link sets, or raise NotFound."""
    with deps.database.read() as session:
        row, account = _good(session, secret, now=deps.now())
        return Invitation(
            login_name=account.login_name,
            display_name=account.display_name,
            office_name=Offices(session).get(account.office_id).short_name,
            expires_at=row.expires_at,
        )


def accept_invitation(secret: str, password: str, *, deps: Deps) -> None:
    """Set the password and spend the link."""
    now = deps.now()
    with deps.database.read() as session:
        _, account = _good(session, secret, now=now)
    password_hash = fit_hash(account, password, deps=deps)
    with deps.database.begin() as session:
        row, account = _good(session, secret, now=now)
        if not Invitations(session).use(row.id, at=now):
            raise NotFound(_SPENT)
        replace_password(session, account.id, password_hash, at=now)


def fit_hash(account: AccountRow, password: str, *, deps: Deps, field: str = "password") -> str:
    """Return the hash of a password that may be chosen, or raise InvalidInput at its field."""
    about = (account.login_name, account.display_name)
    weakness = deps.passwords.weakness(password, about=about)
    if weakness:
        raise InvalidInput(weakness, errors=[Located(f"#/{field}", weakness)])
    return deps.passwords.hash(password)


def replace_password(
    session: Session, account_id: UUID, password_hash: str, *, at: datetime, but: UUID | None = None
) -> None:
    """Store a new password: every session ends but one, and it can be tried at once."""
    account = Accounts(session).get(account_id)
    account.password_hash = password_hash
    Invitations(session).withdraw(account_id)
    Sessions(session).end(account_id, at=at, reason="password_changed", but=but)
    FailedSignIns(session).forget_name(account.login_name)


def _good(session: Session, secret: str, *, now: datetime) -> tuple[InvitationRow, AccountRow]:
    found = Invitations(session).find(digest_of(secret))
    if found is None or found[0].used_at is not None or found[0].expires_at <= now:
        raise NotFound(_SPENT)
    if not found[1].is_active:
        raise NotFound(_SPENT)
    return found
