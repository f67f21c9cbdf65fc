"""Rounds of one submission; the submission was reached through its office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kernel.errors import NotFound
from services.intake.domain.content import ReportContent
from services.intake.domain.receipts import sha256_of
from services.intake.persistence.documents import content_json
from services.intake.persistence.models import RoundRow, SubmissionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """One saving of a round: what, by whom, when, and whether it is handed in."""

    content: ReportContent
    account_id: UUID
    at: datetime
    is_submitted: bool


def latest_rounds(session: Session, period_id: UUID, *, office_id: UUID) -> dict[UUID, RoundRow]:
    """Return the newest round of each submission of a period, be it handed in or a draft."""
    newest = (
        select(RoundRow.submission_id, func.max(RoundRow.number).label("number"))
        .join(SubmissionRow, SubmissionRow.id == RoundRow.submission_id)
        .where(SubmissionRow.office_id == office_id, SubmissionRow.period_id == period_id)
        .group_by(RoundRow.submission_id)
        .subquery()
    )
    rows = session.scalars(
        select(RoundRow).join(
            newest,
            (newest.c.submission_id == RoundRow.submission_id)
            & (newest.c.number == RoundRow.number),
        )
    )
    return {row.submission_id: row for row in rows}


class Rounds:
    """What the unit said, time after time."""

    def __init__(self, session: Session, submission: SubmissionRow) -> None:
        self._session, self._submission = session, submission

    def all(self) -> Sequence[RoundRow]:
        """Return every round, the first one first."""
        return self._session.scalars(
            select(RoundRow)
            .where(RoundRow.submission_id == self._submission.id)
            .order_by(RoundRow.number)
        ).all()

    def get(self, number: int) -> RoundRow:
        """Return one round."""
        row = self._find(number)
        if row is None:
            raise NotFound("Không có lượt nộp này.")
        return row

    def latest(self) -> RoundRow | None:
        """Return the round with the highest number, be it submitted or a draft of the next."""
        return self._session.scalar(
            select(RoundRow)
            .where(RoundRow.submission_id == self._submission.id)
            .order_by(RoundRow.number.desc())
            .limit(1)
        )

    def number_to_write(self) -> int:
        """Return the number of the draft that is open, or of the round that would be opened."""
        latest = self.latest()
        if latest is None:
            return 1
        return latest.number if latest.submitted_at is None else latest.number + 1

    def save(self, saving: Saving) -> RoundRow:
        """Write the draft that is open, or open the next round; a submitted one stays untouched."""
        latest = self.latest()
        if latest is None or latest.submitted_at is not None:
            number = latest.number + 1 if latest else 1
            latest = RoundRow(submission_id=self._submission.id, number=number)
            self._session.add(latest)
        document = content_json(saving.content)
        latest.content, latest.sha256 = document, sha256_of(document)
        latest.saved_at, latest.saved_by = saving.at, saving.account_id
        latest.state = "submitted" if saving.is_submitted else "draft"
        latest.submitted_at = saving.at if saving.is_submitted else None
        self._session.flush()
        return latest

    def mark(self, number: int, state: str) -> None:
        """Note how the review of a round ended."""
        self.get(number).state = state

    def _find(self, number: int) -> RoundRow | None:
        return self._session.scalar(
            select(RoundRow).where(
                RoundRow.submission_id == self._submission.id, RoundRow.number == number
            )
        )
