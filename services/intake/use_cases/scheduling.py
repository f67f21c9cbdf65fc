"""A clerk opens a period, closes it, opens it again, moves its deadline, changes its form."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.auth.principal import Person
from kernel.errors import Conflict, InvalidInput, Located
from services.intake.domain.form_faults import faults_of
from services.intake.domain.period_events import PeriodEvent, PeriodEventKind
from services.intake.domain.receipts import Call
from services.intake.persistence.documents import form_from
from services.intake.persistence.form_editions import FormEditions
from services.intake.persistence.models import FormEditionRow, PeriodRow
from services.intake.persistence.offices import Units
from services.intake.persistence.period_events import EventAuthor, PeriodEvents
from services.intake.persistence.periods import Periods
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.once import Memory, remembered
from services.intake.use_cases.outlines import PeriodOutline, period_outline
from services.intake.use_cases.telling_of_periods import tell_of_event
from services.intake.use_cases.telling_of_reports import tell_of_opening

MOVED_MEANWHILE = "Kỳ báo cáo vừa được người khác thay đổi. Hãy tải lại trang rồi thử lại."


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPeriod:
    """A period that asks the edition `edition_id`, or what the period `like` asks."""

    code: str
    title: str
    year: int
    due_on: date
    call: Call
    needs_second: bool = False
    edition_id: UUID | None = None
    like: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePeriod:
    """One change of a period: which, why, and under which key."""

    period_id: UUID
    call: Call
    reason: str = ""


def open_period(command: OpenPeriod, *, by: Person, deps: Deps) -> PeriodOutline:
    """Open a period; a code that is taken and a form with faults are refused at their place."""

    def work(session: Session, at: datetime) -> PeriodOutline:
        edition = edition_to_open(session, command, office_id=by.office_id)
        refuse_faulty(session, edition, on=command.due_on)
        FormEditions(session, office_id=by.office_id).pin(edition.id, at=at)
        row = PeriodRow(
            code=command.code,
            title=command.title,
            year=command.year,
            status="open",
            due_on=command.due_on,
            edition_id=edition.id,
            opened_at=at,
            needs_second=command.needs_second,
        )
        if not Periods(session, office_id=by.office_id).add(row):
            raise code_taken(command.code)
        event = PeriodEvent(
            kind=PeriodEventKind.OPENED, after=f"{_day(row.due_on)}; {edition_name(edition)}"
        )
        PeriodEvents(session, row).record(event, _author(by, at))
        tell_of_opening(session, row)
        return period_outline(row)

    return _once(command.call, work, by=by, deps=deps)


def close_period(command: ChangePeriod, *, by: Person, deps: Deps) -> PeriodOutline:
    """Take no further reports; what was handed in can still be reviewed."""

    def work(session: Session, at: datetime) -> PeriodOutline:
        row = Periods(session, office_id=by.office_id).get(command.period_id)
        if row.status != "open" or not PeriodEvents(session, row).change(status="closed"):
            raise Conflict("Kỳ báo cáo này đã đóng rồi.")
        event = PeriodEvent(kind=PeriodEventKind.CLOSED, reason=command.reason)
        return _told(session, row, event, by=by, at=at)

    return _once(command.call, work, by=by, deps=deps)


def reopen_period(command: ChangePeriod, *, by: Person, deps: Deps) -> PeriodOutline:
    """Take reports again."""

    def work(session: Session, at: datetime) -> PeriodOutline:
        row = Periods(session, office_id=by.office_id).get(command.period_id)
        if row.status == "open" or not PeriodEvents(session, row).change(status="open"):
            raise Conflict("Kỳ báo cáo này đang mở.")
        event = PeriodEvent(kind=PeriodEventKind.REOPENED, reason=command.reason)
        return _told(session, row, event, by=by, at=at)

    return _once(command.call, work, by=by, deps=deps)


def move_deadline(command: ChangePeriod, due_on: date, *, by: Person, deps: Deps) -> PeriodOutline:
    """Let the reports be due on another day: lateness is counted from that day on."""

    def work(session: Session, at: datetime) -> PeriodOutline:
        row = Periods(session, office_id=by.office_id).get(command.period_id)
        before = row.due_on
        if before == due_on:
            detail = f"Hạn nộp đang là ngày {_day(due_on)}; hãy chọn ngày khác."
            raise InvalidInput(detail, errors=[Located("#/due_on", detail)])
        if not PeriodEvents(session, row).change(due_on=due_on):
            raise Conflict(MOVED_MEANWHILE)
        event = PeriodEvent(
            kind=PeriodEventKind.DEADLINE,
            before=_day(before),
            after=_day(due_on),
            reason=command.reason,
        )
        return _told(session, row, event, by=by, at=at)

    return _once(command.call, work, by=by, deps=deps)


def change_edition(
    command: ChangePeriod, edition_id: UUID, *, by: Person, deps: Deps
) -> PeriodOutline:
    """Ask another edition of who has not begun; reports that were begun keep theirs."""

    def work(session: Session, at: datetime) -> PeriodOutline:
        row = Periods(session, office_id=by.office_id).get(command.period_id)
        if row.status != "open":
            raise Conflict("Kỳ báo cáo đã đóng; hãy mở lại kỳ trước khi đổi biểu mẫu.")
        editions = FormEditions(session, office_id=by.office_id)
        before, after = editions.get(row.edition_id), editions.get(edition_id)
        if before.id == after.id:
            detail = "Kỳ này đang dùng đúng phiên bản đó; hãy chọn phiên bản khác."
            raise InvalidInput(detail, errors=[Located("#/edition_id", detail)])
        refuse_faulty(session, after, on=row.due_on)
        editions.pin(after.id, at=at)
        if not PeriodEvents(session, row).change(edition_id=after.id):
            raise Conflict(MOVED_MEANWHILE)
        event = PeriodEvent(
            kind=PeriodEventKind.EDITION,
            before=edition_name(before),
            after=edition_name(after),
            reason=command.reason,
        )
        return _told(session, row, event, by=by, at=at)

    return _once(command.call, work, by=by, deps=deps)


def edition_to_open(session: Session, command: OpenPeriod, *, office_id: UUID) -> FormEditionRow:
    """Return the edition that the period will ask."""
    if command.edition_id is not None:
        return FormEditions(session, office_id=office_id).get(command.edition_id)
    if command.like is None:
        detail = "Chọn biểu mẫu của kỳ."
        raise InvalidInput(detail, errors=[Located("#/edition_id", detail)])
    model = Periods(session, office_id=office_id).get(command.like)
    return FormEditions(session, office_id=office_id).get(model.edition_id)


def refuse_faulty(session: Session, edition: FormEditionRow, *, on: date) -> None:
    """Raise InvalidInput for an edition that cannot be asked of the units of that day."""
    units = Units(session, office_id=edition.office_id).reporting(on)
    if not units:
        raise Conflict("Đơn vị chưa có ngành nào báo cáo; hãy khai báo ngành trước.")
    faults = list(faults_of(form_from(edition.form), [it.code for it in units]))
    if faults:
        detail = f"{edition_name(edition)} còn {len(faults)} chỗ phải sửa trước khi dùng được."
        raise InvalidInput(detail, errors=[Located("#/edition_id", detail), *faults])


def code_taken(code: str) -> InvalidInput:
    """Return the failure for a code that another period has."""
    detail = f"Mã kỳ {code} đã có."
    return InvalidInput(detail, errors=[Located("#/code", detail)])


def edition_name(edition: FormEditionRow) -> str:
    """Return what people call the edition."""
    return f"Biểu mẫu số {edition.number} – {edition.title}"


def _told(
    session: Session, row: PeriodRow, event: PeriodEvent, *, by: Person, at: datetime
) -> PeriodOutline:
    """Write the event down and tell the officers of it."""
    number = PeriodEvents(session, row).record(event, _author(by, at))
    tell_of_event(session, row, event, number=number, by=by, at=at)
    return period_outline(row)


def _author(by: Person, at: datetime) -> EventAuthor:
    return EventAuthor(account_id=by.account_id, name=by.name, at=at)


def _once(
    call: Call, work: Callable[[Session, datetime], PeriodOutline], *, by: Person, deps: Deps
) -> PeriodOutline:
    at = deps.now()
    with deps.database.begin() as session:
        return remembered(
            session, call, lambda: work(session, at), _PERIODS, office_id=by.office_id, at=at
        )


_PLAIN = ("code", "title", "year", "status", "needs_second")


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def _kept(period: PeriodOutline) -> dict[str, Any]:
    facts = {name: getattr(period, name) for name in _PLAIN}
    return {**facts, "id": str(period.id), "due_on": period.due_on.isoformat()}


def _found(kept: dict[str, Any]) -> PeriodOutline:
    return PeriodOutline(
        **{**kept, "id": UUID(kept["id"]), "due_on": date.fromisoformat(kept["due_on"])}
    )


_PERIODS = Memory(_kept, _found)
