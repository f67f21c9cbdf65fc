"""What is still to be told to other services, of every office: each row carries its own."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services.archive.persistence.inserting import insert_unless_there
from services.archive.persistence.models import OutboxRow, VersionRow

CONVERSION = "conversion"


class Outbox:
    """Rows that wait to be sent."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def ask_for_conversion(self, version: VersionRow, *, now: datetime) -> None:
        """Ask for the PDF of a version; asking again sends the same row once more."""
        fields = {
            "kind": CONVERSION,
            "office_id": version.office_id,
            "version_id": version.id,
            "sha256": version.sha256,
            "created_at": now,
            "attempts": 0,
            "last_error": "",
        }
        insert_unless_there(self._session, OutboxRow, fields)
        self._session.execute(
            update(OutboxRow)
            .where(OutboxRow.kind == CONVERSION, OutboxRow.version_id == version.id)
            .values(sent_at=None)
        )

    def unsent(self, *, limit: int, version_id: UUID | None = None) -> Sequence[OutboxRow]:
        """Return what waits, least tried and oldest first."""
        asked = select(OutboxRow).where(OutboxRow.sent_at.is_(None))
        if version_id is not None:
            asked = asked.where(OutboxRow.version_id == version_id)
        order = (OutboxRow.attempts, OutboxRow.created_at)
        return self._session.scalars(asked.order_by(*order).limit(limit)).all()

    def note_sent(self, row_id: UUID, *, now: datetime) -> None:
        """Record that the other service took it."""
        self._note(row_id, sent_at=now, last_error="")

    def note_failure(self, row_id: UUID, reason: str) -> None:
        """Record why it was not taken; it stays."""
        self._note(row_id, last_error=reason)

    def _note(self, row_id: UUID, **changes: datetime | str) -> None:
        self._session.execute(
            update(OutboxRow)
            .where(OutboxRow.id == row_id)
            .values(attempts=OutboxRow.attempts + 1, **changes)
        )
