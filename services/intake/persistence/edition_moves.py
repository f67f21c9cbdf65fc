"""Which reports moved to which edition, and hence under which edition each round was handed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kernel.errors import Conflict
from services.intake.domain.content import ReportContent
from services.intake.persistence.documents import content_json
from services.intake.persistence.models import EditionMoveRow, SubmissionRow
from services.intake.persistence.submissions import CHANGED, Author


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedReport:
    """One move: from where to where, what lost its place, who did it."""

    to_edition_id: UUID
    last_round: int
    displaced: ReportContent
    by: Author
    at: datetime


class EditionMoves:
    """The moves of one submission; it was reached through its office."""

    def __init__(self, session: Session, submission: SubmissionRow) -> None:
        self._session, self._submission = session, submission

    def all(self) -> Sequence[EditionMoveRow]:
        """Return every move, the first one first."""
        return self._session.scalars(
            select(EditionMoveRow)
            .where(EditionMoveRow.submission_id == self._submission.id)
            .order_by(EditionMoveRow.number)
        ).all()

    def edition_of_round(self, number: int) -> UUID:
        """Return the edition under which that round is read."""
        return next(
            (it.from_edition_id for it in self.all() if number <= it.last_round),
            self._submission.edition_id,
        )

    def record(self, moved: MovedReport) -> EditionMoveRow:
        """Point the submission to the other edition, and write down the move."""
        row = EditionMoveRow(
            office_id=self._submission.office_id,
            submission_id=self._submission.id,
            number=len(self.all()) + 1,
            last_round=moved.last_round,
            from_edition_id=self._submission.edition_id,
            to_edition_id=moved.to_edition_id,
            displaced=content_json(moved.displaced),
            at=moved.at,
            account_id=moved.by.account_id,
            account_name=moved.by.name,
        )
        self._session.add(row)
        changed = self._session.execute(
            update(SubmissionRow)
            .where(
                SubmissionRow.id == self._submission.id,
                SubmissionRow.version == self._submission.version,
            )
            .values(edition_id=moved.to_edition_id)
            .returning(SubmissionRow.id)
            .execution_options(synchronize_session=False)
        ).all()
        if not changed:
            raise Conflict(CHANGED)
        self._session.refresh(self._submission)
        return row
