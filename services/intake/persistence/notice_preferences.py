"""Where accounts want notices by e-mail, and how often."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.intake.domain.mails import MailMode
from services.intake.persistence.insertion import try_insert
from services.intake.persistence.models import AccountRow, NoticePreferenceRow


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePreference:
    """What an account chose; without an address nothing is sent."""

    email: str = ""
    mode: MailMode = MailMode.DAILY


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondent:
    """An active account with what it chose."""

    account_id: UUID
    name: str
    role: str
    unit_id: UUID | None
    preference: NoticePreference

    @property
    def wants_mail(self) -> bool:
        """Say whether e-mails may go to it."""
        return bool(self.preference.email) and self.preference.mode is not MailMode.NONE


class NoticePreferences:
    """Of one office."""

    def __init__(self, session: Session, *, office_id: UUID) -> None:
        self._session, self._office_id = session, office_id

    def of(self, account_id: UUID) -> NoticePreference:
        """Return what the account chose, or what holds for one that never did."""
        row = self._session.scalar(
            select(NoticePreferenceRow).where(
                NoticePreferenceRow.office_id == self._office_id,
                NoticePreferenceRow.account_id == account_id,
            )
        )
        return _preference(row)

    def change(self, account_id: UUID, preference: NoticePreference, *, at: datetime) -> None:
        """Keep what the account chose."""
        fresh = NoticePreferenceRow(
            account_id=account_id,
            office_id=self._office_id,
            email=preference.email,
            mode=preference.mode.value,
            changed_at=at,
        )
        if try_insert(self._session, fresh):
            return
        row = self._session.get_one(NoticePreferenceRow, account_id, with_for_update=True)
        row.email, row.mode, row.changed_at = preference.email, preference.mode.value, at

    def correspondents(self, roles: Iterable[str]) -> Sequence[Correspondent]:
        """Return the active accounts with one of these roles, in the order of their names."""
        rows = self._session.execute(
            select(AccountRow, NoticePreferenceRow)
            .outerjoin(NoticePreferenceRow, NoticePreferenceRow.account_id == AccountRow.id)
            .where(AccountRow.office_id == self._office_id, AccountRow.is_active)
            .where(AccountRow.role.in_([str(role) for role in roles]))
            .order_by(AccountRow.display_name, AccountRow.id)
        )
        return [
            Correspondent(
                account_id=account.id,
                name=account.display_name,
                role=account.role,
                unit_id=account.unit_id,
                preference=_preference(preference),
            )
            for account, preference in rows
        ]


def _preference(row: NoticePreferenceRow | None) -> NoticePreference:
    if row is None:
        return NoticePreference()
    return NoticePreference(email=row.email, mode=MailMode(row.mode))
