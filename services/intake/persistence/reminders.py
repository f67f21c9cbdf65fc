"""Reminders of one office, and what its periods send by themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session

from kernel.contracts.paging import Cursor, Page
from services.intake.domain.mails import MailState
from services.intake.domain.reminders import PastReminder
from services.intake.persistence.insertion import try_insert
from services.intake.persistence.mails import Mails
from services.intake.persistence.models import (
    NoticeRow,
    PeriodRow,
    ReminderPlanRow,
    ReminderRow,
    UnitRow,
)

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePlan:
    """A period that is to remind by itself now."""

    office_id: UUID
    period_id: UUID


def notice_key(reminder_id: UUID) -> str:
    """Return the key of the notices of a reminder."""
    return f"reminder:{reminder_id}"


class Reminders:
    """Another office's reminders cannot be reached from here."""

    def __init__(self, session: Session, *, office_id: UUID) -> None:
        self._session, self._office_id = session, office_id

    def add(self, row: ReminderRow) -> bool:
        """Note that a unit is reminded; False where it was reminded on that day already."""
        row.office_id = self._office_id
        return try_insert(self._session, row)

    def at_day(self, period_id: UUID, day: date) -> dict[UUID, datetime]:
        """Return by unit when it was reminded on that day."""
        rows = self._session.execute(
            select(ReminderRow.unit_id, ReminderRow.at).where(
                ReminderRow.office_id == self._office_id,
                ReminderRow.period_id == period_id,
                ReminderRow.day == day,
            )
        )
        return {row.unit_id: row.at for row in rows}

    def history(self, period_id: UUID, *, after: Cursor | None = None) -> Page[PastReminder]:
        """Return a piece of what was sent, the newest first."""
        conditions = [
            ReminderRow.office_id == self._office_id,
            ReminderRow.period_id == period_id,
            *([_before(after)] if after else []),
        ]
        rows = self._session.execute(
            select(ReminderRow, UnitRow.name)
            .join(UnitRow, UnitRow.id == ReminderRow.unit_id)
            .where(*conditions)
            .order_by(ReminderRow.at.desc(), ReminderRow.id.desc())
            .limit(PAGE_SIZE + 1)
        ).all()
        last = rows[PAGE_SIZE - 1][0] if len(rows) > PAGE_SIZE else None
        shown = rows[:PAGE_SIZE]
        mails = self._mails([row.id for row, _ in shown])
        return Page(
            items=tuple(_past(row, unit_name, mails.get(row.id, {})) for row, unit_name in shown),
            next=Cursor(at=last.at, id=last.id) if last else None,
        )

    def notice_of(self, reminder_id: UUID, account_id: UUID) -> UUID:
        """Return the notice with which the reminder told an account."""
        return self._session.scalars(
            select(NoticeRow.id).where(
                NoticeRow.account_id == account_id,
                NoticeRow.dedupe_key == notice_key(reminder_id),
            )
        ).one()

    def _mails(self, reminder_ids: Sequence[UUID]) -> dict[UUID, dict[MailState, int]]:
        by_key = {notice_key(it): it for it in reminder_ids}
        rows = self._session.execute(
            select(NoticeRow.id, NoticeRow.dedupe_key).where(
                NoticeRow.office_id == self._office_id, NoticeRow.dedupe_key.in_(list(by_key))
            )
        )
        by_notice = {row.id: by_key[row.dedupe_key] for row in rows}
        counts: dict[UUID, dict[MailState, int]] = {}
        for notice_id, state in Mails(self._session, office_id=self._office_id).states_by_notice(
            by_notice
        ):
            of_reminder = counts.setdefault(by_notice[notice_id], {})
            of_reminder[state] = of_reminder.get(state, 0) + 1
        return counts


class ReminderPlans:
    """What the periods of one office send by themselves."""

    def __init__(self, session: Session, *, office_id: UUID) -> None:
        self._session, self._office_id = session, office_id

    def days_before(self, period_id: UUID) -> int:
        """Return how many days before the deadline the period reminds; 0 for never."""
        row = self._find(period_id)
        return row.days_before if row else 0

    def change(self, period_id: UUID, days_before: int, *, by: UUID, at: datetime) -> None:
        """Set how many days before; a change lets it remind once more."""
        fresh = ReminderPlanRow(
            period_id=period_id,
            office_id=self._office_id,
            days_before=days_before,
            done_on=None,
            changed_by=by,
            changed_at=at,
        )
        if try_insert(self._session, fresh):
            return
        row = self._session.get_one(ReminderPlanRow, period_id, with_for_update=True)
        if row.days_before != days_before:
            row.days_before, row.done_on = days_before, None
            row.changed_by, row.changed_at = by, at

    def claim(self, period_id: UUID, day: date) -> bool:
        """Note that the period reminded by itself; False where it had."""
        claimed = self._session.execute(
            update(ReminderPlanRow)
            .where(ReminderPlanRow.office_id == self._office_id)
            .where(ReminderPlanRow.period_id == period_id, ReminderPlanRow.done_on.is_(None))
            .values(done_on=day)
            .returning(ReminderPlanRow.period_id)
            .execution_options(synchronize_session=False)
        )
        return claimed.scalar_one_or_none() is not None

    def _find(self, period_id: UUID) -> ReminderPlanRow | None:
        return self._session.scalar(
            select(ReminderPlanRow).where(
                ReminderPlanRow.office_id == self._office_id,
                ReminderPlanRow.period_id == period_id,
            )
        )


def due_plans(session: Session, day: date) -> Sequence[DuePlan]:
    """Return the open periods, of all offices, whose day to remind has come or is just past.

    A day on which no worker ran is made good on the next one, up to the deadline.
    """
    rows = session.execute(
        select(ReminderPlanRow.office_id, PeriodRow.id, PeriodRow.due_on, ReminderPlanRow)
        .join(PeriodRow, PeriodRow.id == ReminderPlanRow.period_id)
        .where(ReminderPlanRow.days_before > 0, ReminderPlanRow.done_on.is_(None))
        .where(PeriodRow.status == "open", PeriodRow.due_on >= day)
    )
    return [
        DuePlan(office_id=office_id, period_id=period_id)
        for office_id, period_id, due_on, plan in rows
        if (due_on - day).days <= plan.days_before
    ]


def _past(row: ReminderRow, unit_name: str, mails: dict[MailState, int]) -> PastReminder:
    return PastReminder(
        id=row.id,
        unit_name=unit_name,
        at=row.at,
        by=row.sent_by_name,
        text=row.text,
        people=row.people,
        mails=mails,
    )


def _before(cursor: Cursor) -> ColumnElement[bool]:
    return or_(
        ReminderRow.at < cursor.at,
        and_(ReminderRow.at == cursor.at, ReminderRow.id < cursor.id),
    )
