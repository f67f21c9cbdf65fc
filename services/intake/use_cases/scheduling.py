"""A clerk opens a period like an earlier one, closes it, opens it again, moves its deadline."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.auth.principal import Person
from kernel.errors import Conflict, InvalidInput, Located
from services.intake.domain.receipts import Call
from services.intake.persistence.form_editions import FormEditions
from services.intake.persistence.models import PeriodRow
from services.intake.persistence.periods import Periods
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.once import Memory, remembered
from services.intake.use_cases.outlines import PeriodOutline, period_outline
from services.intake.use_cases.telling_of_reports import tell_of_opening


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPeriod:
    """A period that asks what the period `like` asks."""

    like: UUID
    code: str
    title: str
    year: int
    due_on: date
    call: Call
    needs_second: bool = False


def open_period(command: OpenPeriod, *, by: Person, deps: Deps) -> PeriodOutline:
    """Open a period; a code that is taken is refused at its place."""

    def work(session: Session, at: datetime) -> PeriodOutline:
        periods = Periods(session, office_id=by.office_id)
        model = periods.get(command.like)
        edition = FormEditions(session, office_id=by.office_id).pin(model.edition_id, at=at)
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
        if not periods.add(row):
            detail = f"Mã kỳ {command.code} đã có."
            raise InvalidInput(detail, errors=[Located("#/code", detail)])
        tell_of_opening(session, row)
        return period_outline(row)

    return _once(command.call, work, by=by, deps=deps)


def close_period(period_id: UUID, call: Call, *, by: Person, deps: Deps) -> PeriodOutline:
    """Take no further reports; what was handed in can still be reviewed."""

    def work(session: Session, _: datetime) -> PeriodOutline:
        row = Periods(session, office_id=by.office_id).get(period_id)
        if row.status != "open":
            raise Conflict("Kỳ báo cáo này đã đóng rồi.")
        row.status = "closed"
        return period_outline(row)

    return _once(call, work, by=by, deps=deps)


def reopen_period(period_id: UUID, call: Call, *, by: Person, deps: Deps) -> PeriodOutline:
    """Take reports again."""

    def work(session: Session, _: datetime) -> PeriodOutline:
        row = Periods(session, office_id=by.office_id).get(period_id)
        if row.status == "open":
            raise Conflict("Kỳ báo cáo này đang mở.")
        row.status = "open"
        return period_outline(row)

    return _once(call, work, by=by, deps=deps)


def move_deadline(
    period_id: UUID, due_on: date, call: Call, *, by: Person, deps: Deps
) -> PeriodOutline:
    """Let the reports be due on another day: lateness is counted from that day on."""

    def work(session: Session, _: datetime) -> PeriodOutline:
        row = Periods(session, office_id=by.office_id).get(period_id)
        row.due_on = due_on
        return period_outline(row)

    return _once(call, work, by=by, deps=deps)


def _once(
    call: Call, work: Callable[[Session, datetime], PeriodOutline], *, by: Person, deps: Deps
) -> PeriodOutline:
    at = deps.now()
    with deps.database.begin() as session:
        return remembered(
            session, call, lambda: work(session, at), _PERIODS, office_id=by.office_id, at=at
        )


_PLAIN = ("code", "title", "year", "status", "needs_second")


def _kept(period: PeriodOutline) -> dict[str, Any]:
    facts = {name: getattr(period, name) for name in _PLAIN}
    return {**facts, "id": str(period.id), "due_on": period.due_on.isoformat()}


def _found(kept: dict[str, Any]) -> PeriodOutline:
    return PeriodOutline(
        **{**kept, "id": UUID(kept["id"]), "due_on": date.fromisoformat(kept["due_on"])}
    )


_PERIODS = Memory(_kept, _found)
