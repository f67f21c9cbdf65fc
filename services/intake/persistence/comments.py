"""Comments on the submissions of one office."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kernel.errors import NotFound
from services.intake.domain.comments import Comment, Thread
from services.intake.persistence.models import CommentRow, SubmissionRow


class Comments:
    """Another office's comments cannot be reached from here."""

    def __init__(self, session: Session, *, office_id: UUID) -> None:
        self._session, self._office_id = session, office_id

    def add(self, row: CommentRow) -> CommentRow:
        """Store a comment."""
        row.office_id = self._office_id
        self._session.add(row)
        self._session.flush()
        return row

    def get_first(self, comment_id: UUID, submission_id: UUID) -> CommentRow:
        """Return the first comment of a thread, and keep others from changing it meanwhile."""
        row = self._session.scalar(
            select(CommentRow)
            .where(
                CommentRow.office_id == self._office_id,
                CommentRow.submission_id == submission_id,
                CommentRow.id == comment_id,
                CommentRow.answers_id.is_(None),
            )
            .with_for_update()
        )
        if row is None:
            raise NotFound("Không có ý kiến này.")
        return row

    def count(self, submission_id: UUID) -> int:
        """Return how many comments and answers there are about a submission."""
        found = self._session.scalar(
            select(func.count())
            .select_from(CommentRow)
            .where(
                CommentRow.office_id == self._office_id, CommentRow.submission_id == submission_id
            )
        )
        return found or 0

    def threads(self, submission_id: UUID) -> tuple[Thread, ...]:
        """Return what was said about a submission, thread by thread, the oldest first."""
        rows = self._session.scalars(
            select(CommentRow)
            .where(
                CommentRow.office_id == self._office_id, CommentRow.submission_id == submission_id
            )
            .order_by(CommentRow.at, CommentRow.id)
        ).all()
        return tuple(_thread(it, rows) for it in rows if it.answers_id is None)

    def open_counts(self, period_id: UUID) -> dict[UUID, dict[str, int]]:
        """Return for each submission of a period how many threads are open in which part."""
        rows = self._session.execute(
            select(CommentRow.submission_id, CommentRow.part, func.count())
            .join(SubmissionRow, SubmissionRow.id == CommentRow.submission_id)
            .where(
                CommentRow.office_id == self._office_id,
                SubmissionRow.period_id == period_id,
                CommentRow.answers_id.is_(None),
                CommentRow.resolved_at.is_(None),
            )
            .group_by(CommentRow.submission_id, CommentRow.part)
        )
        counts: dict[UUID, dict[str, int]] = {}
        for submission_id, part, count in rows:
            counts.setdefault(submission_id, {})[part] = count
        return counts


def _thread(first: CommentRow, rows: Sequence[CommentRow]) -> Thread:
    return Thread(
        id=first.id,
        part=first.part,
        round=first.round,
        comments=(_comment(first), *(_comment(it) for it in rows if it.answers_id == first.id)),
        resolved_at=first.resolved_at,
        resolved_by=first.resolved_by_name or "",
    )


def _comment(row: CommentRow) -> Comment:
    return Comment(id=row.id, by=row.author_name, at=row.at, text=row.text)
