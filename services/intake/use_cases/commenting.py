"""Office and unit talk about a part of a report; the office says what is settled."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.auth.principal import Person, Role
from kernel.errors import Conflict, NotFound
from services.intake.domain.comments import Thread
from services.intake.domain.receipts import Call
from services.intake.persistence.comments import Comments
from services.intake.persistence.models import CommentRow, SubmissionRow
from services.intake.persistence.submissions import Submissions
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.once import Memory, remembered
from services.intake.use_cases.telling_of_reports import tell_of_comment

MOST_COMMENTS = 500
"""About one report: they are shown on one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddComment:
    """Say something about a part of the round that was handed in last."""

    submission_id: UUID
    part: str
    text: str
    call: Call


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerComment:
    """Answer in a thread."""

    submission_id: UUID
    thread_id: UUID
    text: str
    call: Call


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleComment:
    """Say that a thread is settled, or open again."""

    submission_id: UUID
    thread_id: UUID
    is_settled: bool
    call: Call


def list_threads(submission_id: UUID, *, by: Person, deps: Deps) -> tuple[Thread, ...]:
    """Return what was said about a report, the oldest thread first."""
    with deps.database.read() as session:
        row = _visible(session, submission_id, by)
        return Comments(session, office_id=by.office_id).threads(row.id)


def add_comment(command: AddComment, *, by: Person, deps: Deps) -> Thread:
    """Open a thread about a part; the other side is told."""

    def work(session: Session, row: SubmissionRow, at: datetime) -> UUID:
        if row.submitted_at is None:
            raise Conflict("Báo cáo này chưa được nộp lần nào, chưa có gì để góp ý.")
        fresh = CommentRow(part=command.part, round=row.round, text=command.text, at=at)
        return _say(session, row, fresh, by=by)

    return _once(command.submission_id, command.call, work, by=by, deps=deps)


def answer_comment(command: AnswerComment, *, by: Person, deps: Deps) -> Thread:
    """Answer in a thread that is open; the other side is told."""

    def work(session: Session, row: SubmissionRow, at: datetime) -> UUID:
        first = Comments(session, office_id=by.office_id).get_first(command.thread_id, row.id)
        if first.resolved_at is not None:
            raise Conflict("Ý kiến này đã được đánh dấu là xong. Hãy mở lại trước khi trả lời.")
        answer = CommentRow(
            answers_id=first.id, part=first.part, round=first.round, text=command.text, at=at
        )
        return _say(session, row, answer, by=by)

    return _once(command.submission_id, command.call, work, by=by, deps=deps)


def settle_comment(command: SettleComment, *, by: Person, deps: Deps) -> Thread:
    """Mark a thread as settled, or open it again."""

    def work(session: Session, row: SubmissionRow, at: datetime) -> UUID:
        first = Comments(session, office_id=by.office_id).get_first(command.thread_id, row.id)
        if command.is_settled == (first.resolved_at is not None):
            return first.id
        first.resolved_at = at if command.is_settled else None
        first.resolved_by = by.account_id if command.is_settled else None
        first.resolved_by_name = by.name if command.is_settled else None
        session.flush()
        return first.id

    return _once(command.submission_id, command.call, work, by=by, deps=deps)


def _once(
    submission_id: UUID,
    call: Call,
    work: Callable[[Session, SubmissionRow, datetime], UUID],
    *,
    by: Person,
    deps: Deps,
) -> Thread:
    """Do it once; return the thread as it stands now."""
    at = deps.now()
    with deps.database.begin() as session:
        row = _visible(session, submission_id, by)
        thread_id = remembered(
            session, call, lambda: work(session, row, at), _IDS, office_id=by.office_id, at=at
        )
        return _thread(session, row, thread_id)


def _say(session: Session, row: SubmissionRow, said: CommentRow, *, by: Person) -> UUID:
    said.submission_id, said.author_id, said.author_name = row.id, by.account_id, by.name
    comments = Comments(session, office_id=by.office_id)
    if comments.count(row.id) >= MOST_COMMENTS:
        raise Conflict(f"Báo cáo này đã có {MOST_COMMENTS} ý kiến; hãy trao đổi trực tiếp.")
    comments.add(said)
    thread_id = said.answers_id or said.id
    tell_of_comment(session, row, _thread(session, row, thread_id), by=by)
    return thread_id


def _thread(session: Session, row: SubmissionRow, thread_id: UUID) -> Thread:
    threads = Comments(session, office_id=row.office_id).threads(row.id)
    return next(it for it in threads if it.id == thread_id)


def _visible(session: Session, submission_id: UUID, by: Person) -> SubmissionRow:
    """Return the submission, if it is the officer's own, or was handed in to the office."""
    row = Submissions(session, office_id=by.office_id).get(submission_id)
    is_officer = by.role is Role.SECTOR_OFFICER
    if (is_officer and row.unit_id != by.unit_id) or (not is_officer and row.submitted_at is None):
        raise NotFound("Không có báo cáo này.")
    return row


def _kept(thread_id: UUID) -> dict[str, Any]:
    return {"thread_id": str(thread_id)}


def _found(kept: dict[str, Any]) -> UUID:
    return UUID(kept["thread_id"])


_IDS = Memory(_kept, _found)
