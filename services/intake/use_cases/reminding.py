"""Remind the units whose reports the office does not have: preview, send, history."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.auth.principal import Person
from kernel.contracts.paging import Cursor, Page
from kernel.errors import Conflict, InvalidInput, Located
from services.intake.domain.receipts import Call
from services.intake.domain.reminders import (
    DAYS_BEFORE,
    LateUnit,
    PastReminder,
    usual_text,
)
from services.intake.persistence.models import PeriodRow
from services.intake.persistence.offices import Units
from services.intake.persistence.periods import Periods
from services.intake.persistence.reminders import ReminderPlans, Reminders
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.outlines import PeriodOutline, period_outline
from services.intake.use_cases.repeating import answer_once
from services.intake.use_cases.sending_reminders import (
    RemindersSent,
    Reminding,
    late_units,
    remind_units,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderPreview:
    """Who would be reminded now, in which words, and what was sent before."""

    period: PeriodOutline
    units: tuple[LateUnit, ...]
    text: str
    days_before: int
    is_mail_on: bool
    history: Page[PastReminder]

    @property
    def remindable(self) -> tuple[LateUnit, ...]:
        """Those that can be reminded now."""
        return tuple(it for it in self.units if not it.left_out)


@dataclass(frozen=True, slots=True, kw_only=True)
class SendReminders:
    """Remind these units; None for all that can be reminded."""

    period_id: UUID
    text: str
    unit_ids: Sequence[UUID] | None = None
    call: Call | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReminders:
    """Let a period remind by itself so many days before its deadline; 0 for never."""

    period_id: UUID
    days_before: int
    call: Call | None = None


def preview_reminders(
    period_id: UUID, *, by: Person, deps: Deps, after: Cursor | None = None
) -> ReminderPreview:
    """Return what sending would do; it changes nothing."""
    today = deps.today()
    with deps.database.read() as session:
        period = Periods(session, office_id=by.office_id).get(period_id)
        outline = period_outline(period)
        units = late_units(session, period, today=today, is_mail_on=deps.mail is not None)
        return ReminderPreview(
            period=outline,
            units=units if outline.is_open else (),
            text=usual_text(period.title, period.due_on, today),
            days_before=ReminderPlans(session, office_id=by.office_id).days_before(period.id),
            is_mail_on=deps.mail is not None,
            history=Reminders(session, office_id=by.office_id).history(period.id, after=after),
        )


def send_reminders(command: SendReminders, *, by: Person, deps: Deps) -> RemindersSent:
    """Remind the units that are late and were not reminded today; leave the others out."""
    with deps.database.begin() as session:
        answer = answer_once(
            session,
            command.call,
            lambda: _send(session, command, by=by, deps=deps).as_json(),
            office_id=by.office_id,
            at=deps.now(),
        )
    return RemindersSent(**answer)


def plan_reminders(command: PlanReminders, *, by: Person, deps: Deps) -> int:
    """Set when a period reminds by itself; return the days before its deadline."""
    if command.days_before not in {0, *DAYS_BEFORE}:
        detail = f"Chọn một trong các số ngày: 0, {', '.join(map(str, DAYS_BEFORE))}."
        raise InvalidInput(detail, errors=[Located("#/days_before", detail)])
    at = deps.now()

    def change() -> dict[str, int]:
        _open_period(session, command.period_id, by)
        plans = ReminderPlans(session, office_id=by.office_id)
        plans.change(command.period_id, command.days_before, by=by.account_id, at=at)
        return {"days_before": command.days_before}

    with deps.database.begin() as session:
        answer = answer_once(session, command.call, change, office_id=by.office_id, at=at)
    return int(answer["days_before"])


def _open_period(session: Session, period_id: UUID, by: Person) -> PeriodRow:
    period = Periods(session, office_id=by.office_id).get(period_id)
    if not period_outline(period).is_open:
        raise Conflict("Kỳ báo cáo này đã đóng nên không nhắc nộp nữa.")
    return period


def _send(session: Session, command: SendReminders, *, by: Person, deps: Deps) -> RemindersSent:
    period = _open_period(session, command.period_id, by)
    today = deps.today()
    units = late_units(session, period, today=today, is_mail_on=deps.mail is not None)
    if command.unit_ids is not None:
        _refuse_unknown(session, command.unit_ids, period)
        units = tuple(it for it in units if it.unit_id in command.unit_ids)
    reminding = Reminding(
        text=command.text, by=by.account_id, by_name=by.name, at=deps.now(), day=today
    )
    return remind_units(session, period, units, reminding, route=deps.mail)


def _refuse_unknown(session: Session, unit_ids: Sequence[UUID], period: PeriodRow) -> None:
    reporting = Units(session, office_id=period.office_id).reporting(period.due_on)
    known = {it.id for it in reporting}
    errors = [
        Located(f"#/unit_ids/{place}", "Ngành này không phải báo cáo trong kỳ.")
        for place, unit_id in enumerate(unit_ids)
        if unit_id not in known
    ]
    if errors:
        raise InvalidInput(f"Có {len(errors)} chỗ cần sửa.", errors=errors)
