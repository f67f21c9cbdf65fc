"""A clerk accepts a report, returns it with reasons, or opens it again; a second person confirms.

Each decision is a move: who, when, from where, to where, why.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.auth.principal import Person
from kernel.errors import Conflict, InvalidInput, Located
from services.intake.domain.comments import return_reason
from services.intake.domain.moves import (
    ACCEPTING,
    CONFIRM,
    REOPEN,
    RETURN,
    Move,
    State,
    acceptance,
    refuse_same_person,
)
from services.intake.domain.receipts import Call, Receipt
from services.intake.persistence.comments import Comments
from services.intake.persistence.models import PeriodRow, SubmissionRow
from services.intake.persistence.offices import Units
from services.intake.persistence.periods import Periods
from services.intake.persistence.rounds import Rounds
from services.intake.persistence.submissions import CHANGED, Author, Submissions
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.once import once
from services.intake.use_cases.outlines import receipt_of
from services.intake.use_cases.reconciling import findings_of_round, refuse_unexplained
from services.intake.use_cases.telling_of_reports import tell_of_review

Doing = Literal["accept", "confirm", "return", "reopen"]
_NEEDS_REASON = "Nhập lý do để ngành biết cần sửa gì."


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What was decided, on the round that was read; None does not ask which.

    Accepting takes a reason where figures do not agree.
    """

    submission_id: UUID
    call: Call
    seen_round: int | None = None
    reason: str = ""


def accept_report(review: Review, *, by: Person, deps: Deps) -> Receipt:
    """Accept the submitted round: it will stand in the dossier.

    In a period of four eyes this proposes it, and another person confirms.
    """
    return _review(review, "accept", by=by, deps=deps)


def confirm_report(review: Review, *, by: Person, deps: Deps) -> Receipt:
    """Confirm what another person proposed to accept: it is accepted now."""
    return _review(review, "confirm", by=by, deps=deps)


def return_report(review: Review, *, by: Person, deps: Deps) -> Receipt:
    """Return the submitted round to its unit, with a reason and what is open in the comments."""
    return _review(review, "return", by=by, deps=deps)


def reopen_report(review: Review, *, by: Person, deps: Deps) -> Receipt:
    """Open an accepted report again, with the reason; frozen dossiers keep what they hold."""
    return _review(review, "reopen", by=by, deps=deps)


def _review(review: Review, doing: Doing, *, by: Person, deps: Deps) -> Receipt:
    at = deps.now()
    with deps.database.begin() as session:
        return once(
            session,
            review.call,
            lambda: _decide(session, review, doing, by=by, at=at),
            office_id=by.office_id,
            at=at,
        )


def _decide(session: Session, review: Review, doing: Doing, *, by: Person, at: datetime) -> Receipt:
    submissions = Submissions(session, office_id=by.office_id)
    row = submissions.get(review.submission_id)
    period = Periods(session, office_id=by.office_id).get(row.period_id)
    came_from, move = State(row.state), _move(doing, period)
    move.check(came_from)
    if review.seen_round not in {None, row.round}:
        raise Conflict(CHANGED)
    if move is CONFIRM:
        _refuse_first(submissions, row, by)
    reason = _reason(session, row, move, review.reason)
    rounds = Rounds(session, row)
    if move in ACCEPTING:
        _refuse_unexplained(session, row, move, reason)
    submissions.change(row, state=move.target, round_number=row.round, at=at)
    rounds.mark(row.round, move.target)
    author = Author(account_id=by.account_id, name=by.name)
    submissions.record_move(row, came_from=came_from, by=author, reason=reason, at=at)
    tell_of_review(session, row, move, period=period, reason=reason, by=by)
    unit = Units(session, office_id=by.office_id).get(row.unit_id)
    return receipt_of(row, rounds.get(row.round), period, unit)


def _move(doing: Doing, period: PeriodRow) -> Move:
    if doing == "accept":
        return acceptance(needs_second=period.needs_second)
    return {"confirm": CONFIRM, "return": RETURN, "reopen": REOPEN}[doing]


def _refuse_first(submissions: Submissions, row: SubmissionRow, by: Person) -> None:
    first = submissions.proposer(row)
    if first is None:  # it was proposed at another version than the one that was read
        raise Conflict(CHANGED)
    refuse_same_person(first=first, second=by.account_id)


def _refuse_unexplained(session: Session, row: SubmissionRow, move: Move, reason: str) -> None:
    """Ask for a word where figures do not agree; the first person's word holds for the second."""
    if move is CONFIRM and not reason:
        reason = Submissions(session, office_id=row.office_id).moves(row.id)[-1].reason
    round_ = Rounds(session, row).get(row.round)
    refuse_unexplained(findings_of_round(session, row, round_), reason)


def _reason(session: Session, row: SubmissionRow, move: Move, general: str) -> str:
    """Return what is written down: on return also what is still open in the comments."""
    if move not in {RETURN, REOPEN}:
        return general
    reason = general
    if move is RETURN:
        threads = Comments(session, office_id=row.office_id).threads(row.id)
        reason = return_reason(general, threads)
    if not reason:
        raise InvalidInput(_NEEDS_REASON, errors=[Located("#/reason", _NEEDS_REASON)])
    return reason
