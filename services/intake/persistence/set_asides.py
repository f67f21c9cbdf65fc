"""Texts that were set aside, of one office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from kernel.errors import Conflict, NotFound
from services.intake.domain.content import ReportContent
from services.intake.domain.forms import Part
from services.intake.persistence.documents import content_json
from services.intake.persistence.insertion import try_insert
from services.intake.persistence.models import SetAsideRow, SubmissionRow
from services.intake.persistence.submissions import CHANGED, Author


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """One text to be kept: which part of it, why, and which version its writer had seen."""

    part: Part
    content: ReportContent
    why: str
    seen_version: int
    by: Author
    at: datetime
    editor: str = ""
    outcome: str = ""


class SetAsides:
    """Another office's texts cannot be reached from here. None is ever deleted here."""

    def __init__(self, session: Session, *, office_id: UUID) -> None:
        self._session, self._office_id = session, office_id

    def keep(self, submission: SubmissionRow, aside: Aside) -> SetAsideRow:
        """Keep the text; a window that goes on typing replaces only its own undecided text."""
        row = self._of_window(submission, aside)
        if row is None:
            fresh = self._new(submission, aside)
            if try_insert(self._session, fresh):
                return fresh
            row = self._of_window(submission, aside)
        if row is None:  # lost to the same window, and decided upon before it could be read
            raise Conflict(CHANGED)
        row.content = content_json(aside.content)
        row.seen_version, row.at = aside.seen_version, aside.at
        self._session.flush()
        return row

    def get(self, set_aside_id: UUID) -> SetAsideRow:
        """Return the text; absent and foreign give the same NotFound."""
        row = self._session.scalar(
            select(SetAsideRow).where(
                SetAsideRow.office_id == self._office_id, SetAsideRow.id == set_aside_id
            )
        )
        if row is None:
            raise NotFound("Không có bản để riêng này.")
        return row

    def of_submission(self, submission_id: UUID) -> Sequence[SetAsideRow]:
        """Return every text of a submission, the newest first."""
        return self._session.scalars(
            select(SetAsideRow)
            .where(
                SetAsideRow.office_id == self._office_id,
                SetAsideRow.submission_id == submission_id,
            )
            .order_by(SetAsideRow.at.desc(), SetAsideRow.id)
        ).all()

    def settle(self, row: SetAsideRow, *, outcome: str, at: datetime) -> None:
        """Note that somebody has decided."""
        row.settled_at, row.outcome = at, outcome
        self._session.flush()

    def _of_window(self, submission: SubmissionRow, aside: Aside) -> SetAsideRow | None:
        if not aside.editor:
            return None
        row = self._session.scalar(
            select(SetAsideRow).where(
                SetAsideRow.submission_id == submission.id,
                SetAsideRow.part == aside.part.value,
                SetAsideRow.editor == aside.editor,
                SetAsideRow.account_id == aside.by.account_id,
            )
        )
        if row is not None and row.settled_at is not None:
            row.editor = uuid4().hex  # what was decided on stays as it was
            self._session.flush()
            return None
        return row

    def _new(self, submission: SubmissionRow, aside: Aside) -> SetAsideRow:
        return SetAsideRow(
            office_id=self._office_id,
            submission_id=submission.id,
            part=aside.part.value,
            editor=aside.editor or uuid4().hex,
            why=aside.why,
            content=content_json(aside.content),
            seen_version=aside.seen_version,
            account_id=aside.by.account_id,
            account_name=aside.by.name,
            at=aside.at,
            settled_at=aside.at if aside.outcome else None,
            outcome=aside.outcome,
        )
