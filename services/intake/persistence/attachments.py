"""Files of the reports of one office."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kernel.errors import NotFound
from services.intake.domain.attachments import KeptFile
from services.intake.domain.content import AttachedFile
from services.intake.persistence.models import (
    AccountRow,
    AttachmentRow,
    RoundRow,
    SubmissionRow,
)


class Attachments:
    """Another office's files cannot be reached from here."""

    def __init__(self, session: Session, *, office_id: UUID) -> None:
        self._session, self._office_id = session, office_id

    def get(self, attachment_id: UUID) -> AttachmentRow:
        """Return the row; absent and foreign give the same NotFound."""
        row = self._session.scalar(
            select(AttachmentRow).where(
                AttachmentRow.office_id == self._office_id, AttachmentRow.id == attachment_id
            )
        )
        if row is None:
            raise NotFound("Không có tài liệu này.")
        return row

    def add(self, row: AttachmentRow) -> AttachmentRow:
        """Write down a file whose bytes are kept."""
        row.office_id = self._office_id
        self._session.add(row)
        self._session.flush()
        return row

    def of_submission(self, submission_id: UUID) -> tuple[KeptFile, ...]:
        """Return every file that the unit ever added, the first one first."""
        rows = self._session.execute(
            select(AttachmentRow, AccountRow.display_name)
            .join(AccountRow, AccountRow.id == AttachmentRow.added_by)
            .where(
                AttachmentRow.office_id == self._office_id,
                AttachmentRow.submission_id == submission_id,
            )
            .order_by(AttachmentRow.added_at, AttachmentRow.name, AttachmentRow.id)
        ).all()
        return tuple(_kept(row[0], row[1]) for row in rows)

    def lock(self, submission: SubmissionRow) -> None:
        """Let nobody else change the report or its files until this transaction ends."""
        self._session.execute(
            select(SubmissionRow.id).where(SubmissionRow.id == submission.id).with_for_update()
        )
        self._session.refresh(submission)

    def was_submitted(self, row: AttachmentRow) -> bool:
        """Say whether a round that was handed in names the file."""
        contents = self._session.scalars(
            select(RoundRow.content).where(
                RoundRow.submission_id == row.submission_id, RoundRow.submitted_at.is_not(None)
            )
        )
        return any(str(row.id) in _ids(content) for content in contents)


def current_files(session: Session, submission: SubmissionRow) -> tuple[AttachedFile, ...]:
    """Return the files that the report has now, as its content names them."""
    files = Attachments(session, office_id=submission.office_id).of_submission(submission.id)
    return tuple(it.file for it in files if it.removed_at is None)


def forget_removed(session: Session, *, removed_before: datetime) -> int:
    """Delete the rows of files that were long taken away and that no round names; of all offices.

    Returns how many.
    """
    removed = session.scalars(
        select(AttachmentRow).where(AttachmentRow.removed_at < removed_before)
    ).all()
    named = {name for content in _contents(session) for name in _ids(content)}
    gone = [row.id for row in removed if str(row.id) not in named]
    if gone:
        session.execute(delete(AttachmentRow).where(AttachmentRow.id.in_(gone)))
    return len(gone)


def named_hashes(session: Session) -> set[str]:
    """Return the hash of every file that a row or a round of any office names."""
    by_rows = set(session.scalars(select(AttachmentRow.sha256)))
    return by_rows | {
        str(it["sha256"]) for content in _contents(session) for it in content.get("attachments", ())
    }


def _contents(session: Session) -> Iterator[dict[str, Any]]:
    yield from session.scalars(select(RoundRow.content).execution_options(yield_per=200))


def _ids(content: dict[str, Any]) -> Sequence[str]:
    return [str(it["id"]) for it in content.get("attachments", ())]


def _kept(row: AttachmentRow, added_by: str) -> KeptFile:
    return KeptFile(
        file=AttachedFile(
            id=row.id,
            name=row.name,
            sha256=row.sha256,
            size=row.size,
            media_type=row.media_type,
        ),
        part=row.part,
        note=row.note,
        added_at=row.added_at,
        added_by=added_by,
        removed_at=row.removed_at,
    )
