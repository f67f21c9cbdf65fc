"""Read one submission as it was handed in, with its rounds and its history."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.auth.principal import Person, Role
from kernel.errors import NotFound
from services.intake.domain.content import ReportContent
from services.intake.domain.deadlines import days_late
from services.intake.domain.findings import Finding, open_among
from services.intake.domain.forms import PeriodForm
from services.intake.domain.moves import State
from services.intake.domain.receipts import Receipt
from services.intake.domain.validity import day_of_period
from services.intake.persistence.documents import content_from
from services.intake.persistence.edition_moves import EditionMoves
from services.intake.persistence.form_editions import FormEditions
from services.intake.persistence.models import RoundRow, SubmissionRow
from services.intake.persistence.offices import Units
from services.intake.persistence.periods import Periods
from services.intake.persistence.rounds import Rounds
from services.intake.persistence.submissions import Submissions
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.outlines import (
    MoveOutline,
    PeriodOutline,
    UnitOutline,
    move_outline,
    period_outline,
    receipt_of,
    unit_outline,
)
from services.intake.use_cases.reconciling import findings_of_round


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundOutline:
    """One round without its content."""

    number: int
    state: str
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSubmission:
    """All that a reader of a submission sees; `receipt` is of the round that is shown."""

    id: UUID
    period: PeriodOutline
    unit: UnitOutline
    form: PeriodForm
    state: State
    current_round: int
    content: ReportContent
    receipt: Receipt
    rounds: tuple[RoundOutline, ...]
    moves: tuple[MoveOutline, ...]
    days_late: int
    findings: tuple[Finding, ...]

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """Return the findings over which it is accepted only with a reason."""
        return open_among(self.findings)

    @property
    def shows_current_round(self) -> bool:
        """Say whether the round shown is the one that a decision would be about."""
        return self.receipt.round == self.current_round

    @property
    def submitted_by(self) -> str:
        """Return who handed in the round that is shown; empty for a draft."""
        names = [
            move.by
            for move in self.moves
            if move.to_state == State.SUBMITTED and move.round == self.receipt.round
        ]
        return names[-1] if names else ""


def read_submission(
    submission_id: UUID, *, by: Person, deps: Deps, round_number: int | None = None
) -> ReadSubmission:
    """Return the submission: its own unit sees drafts too, the office what was handed in."""
    with deps.database.read() as session:
        return read_within(session, submission_id, by=by, deps=deps, round_number=round_number)


def read_within(
    session: Session,
    submission_id: UUID,
    *,
    by: Person,
    deps: Deps,
    round_number: int | None = None,
) -> ReadSubmission:
    """Return the submission within a transaction."""
    submissions = Submissions(session, office_id=by.office_id)
    row = submissions.get(submission_id)
    rounds = visible_rounds(session, row, by)
    shown = _pick(rounds, round_number)
    period = Periods(session, office_id=by.office_id).get(row.period_id)
    unit = Units(session, office_id=by.office_id).get(row.unit_id)
    edition_id = EditionMoves(session, row).edition_of_round(shown.number)
    return ReadSubmission(
        id=row.id,
        period=period_outline(period),
        unit=unit_outline(unit, on=day_of_period(period.due_on, deps.today())),
        form=FormEditions(session, office_id=by.office_id).form(edition_id),
        state=State(row.state),
        current_round=row.round,
        content=content_from(shown.content),
        receipt=receipt_of(row, shown, period, unit),
        rounds=tuple(map(_round_outline, rounds)),
        moves=tuple(map(move_outline, submissions.moves(row.id))),
        days_late=days_late(period.due_on, submitted_at=shown.submitted_at, today=deps.today()),
        findings=findings_of_round(session, row, shown),
    )


def visible_rounds(session: Session, row: SubmissionRow, by: Person) -> list[RoundRow]:
    """Return the rounds that this person may read; another unit's submission is not found."""
    is_officer = by.role is Role.SECTOR_OFFICER
    if is_officer and row.unit_id != by.unit_id:
        raise NotFound("Không có báo cáo này.")
    return [it for it in Rounds(session, row).all() if is_officer or it.submitted_at]


def _round_outline(row: RoundRow) -> RoundOutline:
    return RoundOutline(number=row.number, state=row.state, submitted_at=row.submitted_at)


def _pick(rounds: list[RoundRow], number: int | None) -> RoundRow:
    chosen = [it for it in rounds if number is None or it.number == number]
    if not chosen:
        raise NotFound("Báo cáo này chưa được nộp, hoặc không có lượt nộp đó.")
    return chosen[-1]
