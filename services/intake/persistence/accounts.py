"""Accounts, and the wrong tries to get into them."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from services.intake.persistence.insertion import try_insert
from services.intake.persistence.models import AccountRow, FailedSignInRow

_FORGOTTEN_AFTER = timedelta(days=1)


class Accounts:
    """All accounts by login name: whoever signs in has no office yet."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, login_name: str) -> AccountRow | None:
        """Return the account with that name."""
        return self._session.scalar(select(AccountRow).where(AccountRow.login_name == login_name))

    def renew(self, account_id: UUID, password_hash: str) -> None:
        """Store the same password under stronger parameters."""
        self._session.get_one(AccountRow, account_id).password_hash = password_hash

    def add(self, row: AccountRow) -> bool:
        """Store a new account; return False where the name is taken."""
        return try_insert(self._session, row)


class FailedSignIns:
    """Wrong tries in a row, for names that exist and names that do not alike."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def blocked_until(self, what: str) -> datetime | None:
        """Return until when tries under this name are not heard."""
        row = self._session.get(FailedSignInRow, _key(what))
        return row.blocked_until if row else None

    def count(self, what: str, *, at: datetime) -> FailedSignInRow:
        """Count one more wrong try, and return the row for the caller to set its end."""
        self._session.execute(
            delete(FailedSignInRow).where(FailedSignInRow.last_at < at - _FORGOTTEN_AFTER)
        )
        try_insert(self._session, FailedSignInRow(key=_key(what), failures=0, last_at=at))
        row = self._session.get_one(FailedSignInRow, _key(what), with_for_update=True)
        row.failures, row.last_at = row.failures + 1, at
        return row

    def forget(self, what: str) -> None:
        """Begin anew after a right password."""
        self._session.execute(delete(FailedSignInRow).where(FailedSignInRow.key == _key(what)))

    def forget_name(self, name: str) -> None:
        """Begin anew for a name, from wherever it was tried."""
        of_name = FailedSignInRow.key.startswith(_digest(name))
        self._session.execute(delete(FailedSignInRow).where(of_name))


def _key(what: str) -> str:
    # Never the text itself: people type passwords into the name field. All that is counted for
    # one name begins alike, so that it can be forgotten together.
    name = what.partition("\n")[2].partition("\n")[0]
    return _digest(name) + _digest(what)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
