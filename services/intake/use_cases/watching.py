"""Who has reported, who has not, and how late."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.auth.principal import Person
from services.intake.domain.board import (
    BoardFilters,
    BoardRow,
    BoardUnit,
    Order,
    cells_of,
    chosen_among,
)
from services.intake.domain.content import ReportContent
from services.intake.domain.deadlines import days_late
from services.intake.domain.forms import PeriodForm
from services.intake.domain.moves import EDITABLE, HANDED_IN, State
from services.intake.domain.validity import covers, day_of_period
from services.intake.persistence.comments import Comments
from services.intake.persistence.documents import content_from
from services.intake.persistence.form_editions import FormEditions
from services.intake.persistence.models import PeriodRow, SubmissionRow, UnitRow
from services.intake.persistence.offices import Units
from services.intake.persistence.periods import Periods
from services.intake.persistence.rounds import latest_rounds
from services.intake.persistence.submissions import Submissions
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.outlines import PeriodOutline, period_outline, unit_name

ALL = BoardFilters(order=Order.OFFICE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodSummary:
    """A period with how far it has come."""

    period: PeriodOutline
    accepted: int
    waiting: int
    proposed: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Every unit of a period; `rows` are those that were asked for."""

    period: PeriodOutline
    rows: tuple[BoardRow, ...]
    counts: dict[State, int]
    late: int
    with_comments: int
    total: int
    filters: BoardFilters


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
                proposed=counts.get(row.id, {}).get(State.PROPOSED, 0),
                total=sum(covers(it.valid_from, it.valid_to, row.due_on) for it in units),
            )
            for row in periods.newest_first()
        )


def show_board(
    period_id: UUID, *, office_id: UUID, deps: Deps, filters: BoardFilters = ALL
) -> Board:
    """Return where every unit stands, part by part."""
    with deps.database.read() as session:
        return board_of(session, period_id, office_id=office_id, deps=deps, filters=filters)


def board_of(
    session: Session, period_id: UUID, *, office_id: UUID, deps: Deps, filters: BoardFilters = ALL
) -> Board:
    """Return the board within a transaction."""
    period = Periods(session, office_id=office_id).get(period_id)
    rows = _Rows(session, period, deps)
    units = Units(session, office_id=office_id).reporting(period.due_on)
    all_rows = [rows.row(unit) for unit in units]
    return Board(
        period=period_outline(period),
        rows=chosen_among(all_rows, filters),
        counts={state: sum(row.state is state for row in all_rows) for state in State},
        late=sum(row.days_late > 0 for row in all_rows),
        with_comments=sum(row.open_comments > 0 for row in all_rows),
        total=len(all_rows),
        filters=filters,
    )


class _Rows:
    """Makes the rows of one period from what is read once for all of them."""

    def __init__(self, session: Session, period: PeriodRow, deps: Deps) -> None:
        office_id = period.office_id
        self._period, self._today = period, deps.today()
        self._day = day_of_period(period.due_on, self._today)
        submissions = Submissions(session, office_id=office_id).of_period(period.id)
        editions = FormEditions(session, office_id=office_id)
        asked = {period.edition_id, *(it.edition_id for it in submissions)}
        self._submissions = {it.unit_id: it for it in submissions}
        self._rounds = latest_rounds(session, period.id, office_id=office_id)
        self._comments = Comments(session, office_id=office_id).open_counts(period.id)
        self._forms = {edition_id: editions.form(edition_id) for edition_id in asked}

    def row(self, unit: UnitRow) -> BoardRow:
        """Return where a unit stands."""
        submission = self._submissions.get(unit.id)
        comments = self._comments.get(submission.id, {}) if submission else {}
        round_ = self._rounds.get(submission.id) if submission else None
        edition_id = submission.edition_id if submission else self._period.edition_id
        content = content_from(round_.content) if round_ else ReportContent()
        return BoardRow(
            unit=BoardUnit(id=unit.id, code=unit.code, name=unit_name(unit, self._day)),
            state=State(submission.state) if submission else State.NOT_BEGUN,
            submission_id=submission.id if submission else None,
            submitted_at=submission.submitted_at if submission else None,
            days_late=_days_late(submission, self._period, self._today),
            round=submission.round if submission else 0,
            cells=cells_of(content, self._forms[edition_id], unit.code, comments),
            open_comments=sum(comments.values()),
        )


def _days_late(submission: SubmissionRow | None, period: PeriodRow, today: date) -> int:
    is_in = submission is not None and State(submission.state) in HANDED_IN
    submitted_at = submission.submitted_at if submission and is_in else None
    return days_late(period.due_on, submitted_at=submitted_at, today=today)


def list_unit_reports(*, by: Person, deps: Deps) -> tuple[UnitReport, ...]:
    """Return the periods in which the unit of this person reports, newest first."""
    with deps.database.read() as session:
        unit = Units(session, office_id=by.office_id).get(by.unit_id)
        submissions = {
            row.period_id: row
            for row in Submissions(session, office_id=by.office_id).of_unit(unit.id)
        }
        return tuple(
            _unit_report(period, submissions.get(period.id), deps)
            for period in Periods(session, office_id=by.office_id).newest_first()
            if period.id in submissions or covers(unit.valid_from, unit.valid_to, period.due_on)
        )


def _unit_report(period: PeriodRow, row: SubmissionRow | None, deps: Deps) -> UnitReport:
    return UnitReport(
        period=period_outline(period),
        state=State(row.state) if row else State.NOT_BEGUN,
        submission_id=row.id if row else None,
        days_late=_days_late(row, period, deps.today()),
    )


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
