"""Sessions, invitations and API tokens: what proves who somebody is."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from kernel.errors import NotFound
from services.intake.persistence.models import (
    AccountRow,
    ApiTokenRow,
    InvitationRow,
    SessionRow,
)

# How exactly "last seen" and "last used" are known; between, nothing is written.
SEEN_EVERY = timedelta(minutes=1)
_KEPT_AFTER_END = timedelta(days=90)


class Sessions:
    """Sign-ins, of whichever account."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def begin(self, row: SessionRow) -> None:
        """Store a new session; those long over are forgotten with it."""
        self._session.execute(
            delete(SessionRow).where(SessionRow.last_seen_at < row.begun_at - _KEPT_AFTER_END)
        )
        self._session.add(row)
        self._session.flush()

    def find(self, session_id: UUID) -> tuple[SessionRow, AccountRow] | None:
        """Return a session with its account."""
        found = self._session.execute(
            select(SessionRow, AccountRow)
            .join(AccountRow, AccountRow.id == SessionRow.account_id)
            .where(SessionRow.id == session_id)
        ).first()
        return (found[0], found[1]) if found else None

    def live(self, account_id: UUID, *, seen_after: datetime) -> Sequence[SessionRow]:
        """Return the sessions of an account that go on, last seen first."""
        return self._session.scalars(
            select(SessionRow)
            .where(
                SessionRow.account_id == account_id,
                SessionRow.ended_at.is_(None),
                SessionRow.last_seen_at > seen_after,
            )
            .order_by(SessionRow.last_seen_at.desc(), SessionRow.id)
        ).all()

    def touch(self, session_id: UUID, *, at: datetime) -> None:
        """Write down that it was seen."""
        self._session.execute(
            update(SessionRow).where(SessionRow.id == session_id).values(last_seen_at=at)
        )

    def end(
        self,
        account_id: UUID,
        *,
        at: datetime,
        reason: str,
        only: UUID | None = None,
        but: UUID | None = None,
    ) -> int:
        """End the sessions of an account: one, all but one, or all; return how many ended."""
        chosen = [SessionRow.account_id == account_id, SessionRow.ended_at.is_(None)]
        if only is not None:
            chosen.append(SessionRow.id == only)
        if but is not None:
            chosen.append(SessionRow.id != but)
        ended = self._session.execute(
            update(SessionRow)
            .where(*chosen)
            .values(ended_at=at, end_reason=reason)
            .returning(SessionRow.id)
            .execution_options(synchronize_session=False)
        ).all()
        return len(ended)


class Invitations:
    """Links with which a password is set."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, row: InvitationRow) -> None:
        """Store a new link; whatever link the account had before is good no more."""
        self.withdraw(row.account_id)
        self._session.add(row)
        self._session.flush()

    def withdraw(self, account_id: UUID) -> None:
        """Drop the unused links of an account."""
        self._session.execute(
            delete(InvitationRow).where(
                InvitationRow.account_id == account_id, InvitationRow.used_at.is_(None)
            )
        )

    def find(self, digest: str) -> tuple[InvitationRow, AccountRow] | None:
        """Return the link with its account."""
        found = self._session.execute(
            select(InvitationRow, AccountRow)
            .join(AccountRow, AccountRow.id == InvitationRow.account_id)
            .where(InvitationRow.digest == digest)
        ).first()
        return (found[0], found[1]) if found else None

    def use(self, invitation_id: UUID, *, at: datetime) -> bool:
        """Spend the link; return False where another was first."""
        spent = self._session.execute(
            update(InvitationRow)
            .where(InvitationRow.id == invitation_id, InvitationRow.used_at.is_(None))
            .values(used_at=at)
            .returning(InvitationRow.id)
            .execution_options(synchronize_session=False)
        ).all()
        return bool(spent)

    def open_until(self, account_id: UUID) -> datetime | None:
        """Return until when the account's unused link is good."""
        return self._session.scalar(
            select(InvitationRow.expires_at).where(
                InvitationRow.account_id == account_id, InvitationRow.used_at.is_(None)
            )
        )


class ApiTokens:
    """Tokens of programs, of whichever account."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, row: ApiTokenRow) -> None:
        """Store a new token."""
        self._session.add(row)
        self._session.flush()

    def find(self, digest: str) -> tuple[ApiTokenRow, AccountRow] | None:
        """Return the token with its account."""
        found = self._session.execute(
            select(ApiTokenRow, AccountRow)
            .join(AccountRow, AccountRow.id == ApiTokenRow.account_id)
            .where(ApiTokenRow.digest == digest)
        ).first()
        return (found[0], found[1]) if found else None

    def of_account(self, account_id: UUID) -> Sequence[ApiTokenRow]:
        """Return every token of an account, newest first."""
        return self._session.scalars(
            select(ApiTokenRow)
            .where(ApiTokenRow.account_id == account_id)
            .order_by(ApiTokenRow.created_at.desc(), ApiTokenRow.id)
        ).all()

    def get(self, token_id: UUID, account_id: UUID) -> ApiTokenRow:
        """Return one token of an account; absent and foreign give the same NotFound."""
        row = self._session.scalar(
            select(ApiTokenRow).where(
                ApiTokenRow.id == token_id, ApiTokenRow.account_id == account_id
            )
        )
        if row is None:
            raise NotFound("Không có thẻ truy cập này.")
        return row

    def revoke_all(self, account_id: UUID, *, at: datetime) -> None:
        """Make every token of an account good for nothing."""
        self._session.execute(
            update(ApiTokenRow)
            .where(ApiTokenRow.account_id == account_id, ApiTokenRow.revoked_at.is_(None))
            .values(revoked_at=at)
        )

    def touch(self, token_id: UUID, *, at: datetime) -> None:
        """Write down that it was used."""
        self._session.execute(
            update(ApiTokenRow).where(ApiTokenRow.id == token_id).values(last_used_at=at)
        )
