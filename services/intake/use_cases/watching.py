"""Who has reported, who has not, and how late."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kernel.auth.principal import Person
from services.intake.domain.deadlines import days_late
from services.intake.domain.forms import PeriodForm
from services.intake.domain.moves import EDITABLE, State
from services.intake.domain.validity import covers, day_of_period
from services.intake.persistence.form_editions import FormEditions
from services.intake.persistence.models import PeriodRow, SubmissionRow, UnitRow
from services.intake.persistence.offices import Units
from services.intake.persistence.periods import Periods
from services.intake.persistence.submissions import Submissions
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.outlines import (
    PeriodOutline,
    UnitOutline,
    period_outline,
    unit_outline,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodSummary:
    """A period with how far it has come."""

    period: PeriodOutline
    accepted: int
    waiting: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """Where one unit stands."""

    unit: UnitOutline
    state: State
    submission_id: UUID | None
    submitted_at: datetime | None
    days_late: int

    @property
    def may_be_read(self) -> bool:
        """Say whether anything was handed in that the office may read."""
        return self.submitted_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Every unit of a period; `rows` are those of the state that was asked for."""

    period: PeriodOutline
    rows: tuple[BoardRow, ...]
    counts: dict[State, int]
    total: int
    chosen: State | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitReport:
    """One period as a unit sees it in its list."""

    period: PeriodOutline
    state: State
    submission_id: UUID | None
    days_late: int


def list_periods(*, office_id: UUID, deps: Deps) -> tuple[PeriodSummary, ...]:
    """Return the periods of an office, newest first."""
    with deps.database.read() as session:
        periods = Periods(session, office_id=office_id)
        counts = periods.counts_by_state()
        units = Units(session, office_id=office_id).all()
        return tuple(
            PeriodSummary(
                period=period_outline(row),
                accepted=counts.get(row.id, {}).get(State.ACCEPTED, 0),
                waiting=counts.get(row.id, {}).get(State.SUBMITTED, 0),
                total=sum(covers(it.valid_from, it.valid_to, row.due_on) for it in units),
            )
            for row in periods.newest_first()
        )


def show_board(
    period_id: UUID, *, office_id: UUID, deps: Deps, chosen: State | None = None
) -> Board:
    """Return where every unit stands."""
    with deps.database.read() as session:
        period = Periods(session, office_id=office_id).get(period_id)
        submissions = {
            row.unit_id: row
            for row in Submissions(session, office_id=office_id).of_period(period.id)
        }
        rows = [
            _board_row(unit, submissions.get(unit.id), period, deps)
            for unit in Units(session, office_id=office_id).reporting(period.due_on)
        ]
        return Board(
            period=period_outline(period),
            rows=tuple(row for row in rows if chosen in {None, row.state}),
            counts={state: sum(row.state is state for row in rows) for state in State},
            total=len(rows),
            chosen=chosen,
        )


def _board_row(
    unit: UnitRow, submission: SubmissionRow | None, period: PeriodRow, deps: Deps
) -> BoardRow:
    state = State(submission.state) if submission else State.NOT_BEGUN
    submitted_at = submission.submitted_at if submission else None
    is_in = state in {State.SUBMITTED, State.ACCEPTED}
    return BoardRow(
        unit=unit_outline(unit, on=day_of_period(period.due_on, deps.today())),
        state=state,
        submission_id=submission.id if submission else None,
        submitted_at=submitted_at,
        days_late=days_late(
            period.due_on, submitted_at=submitted_at if is_in else None, today=deps.today()
        ),
    )


def list_unit_reports(*, by: Person, deps: Deps) -> tuple[UnitReport, ...]:
    """Return the periods in which the unit of this person reports, newest first."""
    with deps.database.read() as session:
        unit = Units(session, office_id=by.office_id).get(by.unit_id)
        submissions = {
            row.period_id: row
            for row in Submissions(session, office_id=by.office_id).of_unit(unit.id)
        }
        reports = []
        for period in Periods(session, office_id=by.office_id).newest_first():
            begun = submissions.get(period.id)
            if begun is None and not covers(unit.valid_from, unit.valid_to, period.due_on):
                continue
            row = _board_row(unit, begun, period, deps)
            reports.append(
                UnitReport(
                    period=period_outline(period),
                    state=row.state,
                    submission_id=row.submission_id,
                    days_late=row.days_late,
                )
            )
        return tuple(reports)


def report_to_write(*, by: Person, deps: Deps) -> UUID | None:
    """Return the one open period that still waits for this unit; None for none or several."""
    waiting = [
        report.period.id
        for report in list_unit_reports(by=by, deps=deps)
        if report.period.is_open and report.state in EDITABLE
    ]
    return waiting[0] if len(waiting) == 1 else None


def show_form(period_id: UUID, *, office_id: UUID, deps: Deps) -> PeriodForm:
    """Return the form that a period asks."""
    with deps.database.read() as session:
        period = Periods(session, office_id=office_id).get(period_id)
        return FormEditions(session, office_id=office_id).form(period.edition_id)
