"""Versions of the parts of one submission; the submission was reached through its office."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.intake.domain.forms import Part
from services.intake.persistence.models import PartDraftRow, SubmissionRow
from services.intake.persistence.submissions import Author


class PartDrafts:
    """Who saved which part last, and how often it was saved.

    Rows are written only after the compare-and-set of their submission: two savings never meet.
    """

    def __init__(self, session: Session, submission: SubmissionRow) -> None:
        self._session, self._submission = session, submission

    def by_part(self) -> Mapping[str, PartDraftRow]:
        """Return the rows of the parts that were ever saved."""
        rows = self._session.scalars(
            select(PartDraftRow).where(PartDraftRow.submission_id == self._submission.id)
        )
        return {row.part: row for row in rows}

    def find(self, part: Part) -> PartDraftRow | None:
        """Return the row of a part, if it was ever saved by itself."""
        return self._session.scalar(
            select(PartDraftRow).where(
                PartDraftRow.submission_id == self._submission.id, PartDraftRow.part == part.value
            )
        )

    def note(self, part: Part, *, by: Author, at: datetime, copied_from: str = "") -> PartDraftRow:
        """Count one more saving of a part."""
        row = self.find(part)
        if row is None:
            row = PartDraftRow(submission_id=self._submission.id, part=part.value, version=0)
            self._session.add(row)
        row.version += 1
        row.saved_at, row.saved_by, row.saved_by_name = at, by.account_id, by.name
        row.copied_from = copied_from
        self._session.flush()
        return row
