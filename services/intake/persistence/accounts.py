"""Accounts, and the wrong tries to get into them."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from kernel.errors import NotFound
from services.intake.persistence.insertion import try_insert
from services.intake.persistence.models import AccountRow, FailedSignInRow, NoticePreferenceRow

_FORGOTTEN_AFTER = timedelta(days=1)
_USUAL_MODE = "daily"


class Accounts:
    """All accounts by login name: whoever signs in has no office yet."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, login_name: str) -> AccountRow | None:
        """Return the account with that name."""
        return self._session.scalar(select(AccountRow).where(AccountRow.login_name == login_name))

    def get(self, account_id: UUID) -> AccountRow:
        """Return the account; for who has proved that it is his."""
        return self._session.get_one(AccountRow, account_id)

    def hold(self, account_id: UUID) -> AccountRow:
        """Return the account as it stands; nobody else changes it until this one is done."""
        return self._session.get_one(AccountRow, account_id, with_for_update=True)

    def names(self, account_ids: Iterable[UUID | None]) -> dict[UUID, str]:
        """Return what these accounts are called."""
        rows = self._session.execute(
            select(AccountRow.id, AccountRow.display_name).where(
                AccountRow.id.in_({it for it in account_ids if it})
            )
        )
        return {row[0]: row[1] for row in rows}

    def add(self, row: AccountRow) -> bool:
        """Store a new account; return False where the name is taken."""
        return try_insert(self._session, row)

    def taken(self, login_names: Sequence[str]) -> frozenset[str]:
        """Return which of these names are taken."""
        found = self._session.scalars(
            select(AccountRow.login_name).where(AccountRow.login_name.in_(login_names))
        )
        return frozenset(found)


class OfficeAccounts:
    """Accounts of one office; another office's cannot be reached from here."""

    def __init__(self, session: Session, *, office_id: UUID) -> None:
        self._session, self._office_id = session, office_id

    def all(self) -> Sequence[AccountRow]:
        """Return every account."""
        return self._session.scalars(
            select(AccountRow)
            .where(AccountRow.office_id == self._office_id)
            .order_by(AccountRow.login_name)
        ).all()

    def after(self, login_name: str, limit: int) -> Sequence[AccountRow]:
        """Return the next accounts by name, for lists by pieces."""
        return self._session.scalars(
            select(AccountRow)
            .where(AccountRow.office_id == self._office_id, AccountRow.login_name > login_name)
            .order_by(AccountRow.login_name)
            .limit(limit)
        ).all()

    def get(self, account_id: UUID) -> AccountRow:
        """Return the account; absent and foreign give the same NotFound."""
        row = self._session.scalar(
            select(AccountRow).where(
                AccountRow.office_id == self._office_id, AccountRow.id == account_id
            )
        )
        if row is None:
            raise NotFound("Không có tài khoản này.")
        return row

    def count_admins_who_can_sign_in(self) -> int:
        """Return how many could still manage the office."""
        count = self._session.scalar(
            select(func.count())
            .select_from(AccountRow)
            .where(
                AccountRow.office_id == self._office_id,
                AccountRow.role == "admin",
                AccountRow.is_active,
                AccountRow.password_hash != "",
            )
        )
        return count or 0


class Addresses:
    """The e-mail addresses of accounts, which stand where their owners say how they want mail."""

    def __init__(self, session: Session, *, office_id: UUID) -> None:
        self._session, self._office_id = session, office_id

    def of(self, account_id: UUID) -> str:
        """Return the address; blank for none."""
        row = self._session.get(NoticePreferenceRow, account_id)
        return row.email if row else ""

    def all(self) -> dict[UUID, str]:
        """Return the addresses of the office by account."""
        rows = self._session.execute(
            select(NoticePreferenceRow.account_id, NoticePreferenceRow.email).where(
                NoticePreferenceRow.office_id == self._office_id
            )
        )
        return {row.account_id: row.email for row in rows}

    def set(self, account_id: UUID, email: str, *, at: datetime) -> None:
        """Keep the address; what else its owner chose stays."""
        row = self._session.get(NoticePreferenceRow, account_id)
        if row is not None:
            row.email, row.changed_at = email, at
        elif email:
            self._session.add(
                NoticePreferenceRow(
                    account_id=account_id,
                    office_id=self._office_id,
                    email=email,
                    mode=_USUAL_MODE,
                    changed_at=at,
                )
            )
            self._session.flush()


class FailedSignIns:
    """Wrong tries in a row, for names that exist and names that do not alike."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def blocked_until(self, what: str) -> datetime | None:
        """Return until when tries under this name are not heard."""
        row = self._session.get(FailedSignInRow, _key(what))
        return row.blocked_until if row else None

    def name_blocked_until(self, name: str) -> datetime | None:
        """Return until when tries under a name are not heard, whatever their address."""
        return self._session.scalar(
            select(func.max(FailedSignInRow.blocked_until)).where(
                FailedSignInRow.key.startswith(_digest(name))
            )
        )

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
