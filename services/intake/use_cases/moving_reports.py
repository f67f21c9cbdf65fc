"""Move a report that was begun under an older edition to the one that its period asks now."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.auth.principal import Person, Role
from kernel.errors import Conflict, NotFound
from services.intake.domain.content import ReportContent
from services.intake.domain.form_differences import Difference, differences
from services.intake.domain.form_fitting import Fitting, fit
from services.intake.domain.forms import PeriodForm
from services.intake.domain.moves import State, refuse_unless_editable
from services.intake.domain.receipts import Call
from services.intake.persistence.documents import content_from
from services.intake.persistence.edition_moves import EditionMoves, MovedReport
from services.intake.persistence.form_editions import FormEditions
from services.intake.persistence.models import PeriodRow, SubmissionRow, UnitRow
from services.intake.persistence.offices import Units
from services.intake.persistence.periods import Periods
from services.intake.persistence.rounds import Rounds
from services.intake.persistence.submissions import CHANGED, Submissions
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.once import Memory, remembered
from services.intake.use_cases.outlines import (
    PeriodOutline,
    UnitOutline,
    period_outline,
    unit_outline,
)
from services.intake.use_cases.storing import Binder, Pen, author, store_draft


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveReport:
    """The report to move, as it was seen."""

    submission_id: UUID
    seen_version: int
    call: Call


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePlan:
    """What moving would do: what is asked otherwise, what was typed and has no place any more."""

    submission_id: UUID
    version: int
    period: PeriodOutline
    unit: UnitOutline
    state: State
    is_behind: bool
    before: PeriodForm
    differences: tuple[Difference, ...]
    fitting: Fitting


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """What lost its place in a move, with the form that had asked it."""

    at: datetime
    by: str
    form: PeriodForm
    content: ReportContent


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What stands recorded."""

    submission_id: UUID
    version: int


def plan_move(submission_id: UUID, *, by: Person, deps: Deps) -> MovePlan:
    """Return what moving the report would do."""
    with deps.database.read() as session:
        row, period, unit = _visible(session, submission_id, by=by)
        editions = FormEditions(session, office_id=by.office_id)
        before, after = editions.form(row.edition_id), editions.form(period.edition_id)
        return MovePlan(
            submission_id=row.id,
            version=row.version,
            period=period_outline(period),
            unit=unit_outline(unit),
            state=State(row.state),
            is_behind=row.edition_id != period.edition_id,
            before=before,
            differences=differences(_seen_by(before, unit), _seen_by(after, unit)),
            fitting=fit(_latest(session, row), after, unit.code),
        )


def move_report(command: MoveReport, *, by: Person, deps: Deps) -> Moved:
    """Let the report be filled in under the edition that the period asks now.

    What has no place there is set aside, not thrown away. Rounds that were handed in stay as they
    are and are read under the edition that they were handed in under.
    """
    at = deps.now()
    with deps.database.begin() as session:
        return remembered(
            session,
            command.call,
            lambda: _move(session, command, by=by, at=at),
            _MOVED,
            office_id=by.office_id,
            at=at,
        )


def set_aside(submission_id: UUID, *, by: Person, deps: Deps) -> tuple[SetAside, ...]:
    """Return what lost its place in each move, the newest first; only to its own unit."""
    with deps.database.read() as session:
        row, _, _ = _visible(session, submission_id, by=by)
        editions = FormEditions(session, office_id=by.office_id)
        return tuple(
            SetAside(
                at=it.at,
                by=it.account_name,
                form=editions.form(it.from_edition_id),
                content=content_from(it.displaced),
            )
            for it in reversed(EditionMoves(session, row).all())
            if content_from(it.displaced) != ReportContent()
        )


def _move(session: Session, command: MoveReport, *, by: Person, at: datetime) -> Moved:
    row, period, unit = _visible(session, command.submission_id, by=by)
    if not period_outline(period).is_open:
        raise Conflict("Kỳ báo cáo đã đóng nên không chuyển biểu mẫu được nữa.")
    refuse_unless_editable(State(row.state))
    if row.edition_id == period.edition_id:
        raise Conflict("Báo cáo này đã theo biểu mẫu mới.")
    if row.version != command.seen_version:
        raise Conflict(CHANGED)
    editions, rounds = FormEditions(session, office_id=by.office_id), Rounds(session, row)
    form, latest = editions.form(period.edition_id), rounds.latest()
    content = content_from(latest.content) if latest else ReportContent()
    fitting = fit(content, form, unit.code)
    handed_in = [it.number for it in rounds.all() if it.submitted_at]
    binder = Binder(unit=unit, period=period, row=row, latest=latest, form=form, content=content)
    store_draft(session, binder, fitting.kept, Pen(by=by, at=at))
    EditionMoves(session, row).record(
        MovedReport(
            to_edition_id=period.edition_id,
            last_round=max(handed_in, default=0),
            displaced=fitting.displaced,
            by=author(by),
            at=at,
        )
    )
    return Moved(submission_id=row.id, version=row.version)


def _visible(
    session: Session, submission_id: UUID, *, by: Person
) -> tuple[SubmissionRow, PeriodRow, UnitRow]:
    row = Submissions(session, office_id=by.office_id).get(submission_id)
    if by.role is Role.SECTOR_OFFICER and row.unit_id != by.unit_id:
        raise NotFound("Không có báo cáo này.")
    period = Periods(session, office_id=by.office_id).get(row.period_id)
    return row, period, Units(session, office_id=by.office_id).get(row.unit_id)


def _latest(session: Session, row: SubmissionRow) -> ReportContent:
    latest = Rounds(session, row).latest()
    return content_from(latest.content) if latest else ReportContent()


def _seen_by(form: PeriodForm, unit: UnitRow) -> PeriodForm:
    """Return the form without what other units are asked."""
    return PeriodForm(
        headings=form.headings,
        prompts=form.prompts_of(unit.code),
        indicators=form.indicators_of(unit.code),
        expected_movements=tuple(it for it in form.expected_movements if it.unit_code == unit.code),
        awards=form.awards,
        guides=form.guides,
    )


_MOVED: Memory[Moved] = Memory(
    keep=lambda moved: {"submission_id": str(moved.submission_id), "version": moved.version},
    find=lambda kept: Moved(submission_id=UUID(kept["submission_id"]), version=kept["version"]),
)
