"""A clerk accepts a report, returns it with a reason, or opens it again."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.auth.principal import Person
from kernel.errors import Conflict
from services.intake.domain.moves import ACCEPT, REOPEN, RETURN, Move, State
from services.intake.domain.receipts import Call, Receipt
from services.intake.persistence.offices import Units
from services.intake.persistence.periods import Periods
from services.intake.persistence.rounds import Rounds
from services.intake.persistence.submissions import CHANGED, Author, Submissions
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.once import once
from services.intake.use_cases.outlines import receipt_of
from services.intake.use_cases.reconciling import findings_of_round, refuse_unexplained
from services.intake.use_cases.telling_of_reports import tell_of_review


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What the clerk decided, on the round he had before him; None does not ask which.

    Accepting takes a reason where figures do not agree.
    """

    submission_id: UUID
    call: Call
    seen_round: int | None = None
    reason: str = ""


def accept_report(review: Review, *, by: Person, deps: Deps) -> Receipt:
    """Accept the submitted round: it will stand in the dossier."""
    return _review(review, ACCEPT, by=by, deps=deps)


def return_report(review: Review, *, by: Person, deps: Deps) -> Receipt:
    """Return the submitted round to its unit, with the reason."""
    return _review(review, RETURN, by=by, deps=deps)


def reopen_report(review: Review, *, by: Person, deps: Deps) -> Receipt:
    """Open an accepted report again, with the reason; frozen dossiers keep what they hold."""
    return _review(review, REOPEN, by=by, deps=deps)


def _review(review: Review, move: Move, *, by: Person, deps: Deps) -> Receipt:
    at = deps.now()
    with deps.database.begin() as session:
        return once(
            session,
            review.call,
            lambda: _move(session, review, move, by=by, at=at),
            office_id=by.office_id,
            at=at,
        )


def _move(session: Session, review: Review, move: Move, *, by: Person, at: datetime) -> Receipt:
    submissions = Submissions(session, office_id=by.office_id)
    row = submissions.get(review.submission_id)
    came_from = State(row.state)
    move.check(came_from)
    if review.seen_round not in {None, row.round}:
        raise Conflict(CHANGED)
    rounds = Rounds(session, row)
    if move is ACCEPT:
        refuse_unexplained(findings_of_round(session, row, rounds.get(row.round)), review.reason)
    submissions.change(row, state=move.target, round_number=row.round, at=at)
    rounds.mark(row.round, move.target)
    author = Author(account_id=by.account_id, name=by.name)
    submissions.record_move(row, came_from=came_from, by=author, reason=review.reason, at=at)
    period = Periods(session, office_id=by.office_id).get(row.period_id)
    tell_of_review(session, row, move, period=period, reason=review.reason, by=by)
    return receipt_of(
        row,
        rounds.get(row.round),
        period,
        Units(session, office_id=by.office_id).get(row.unit_id),
    )
