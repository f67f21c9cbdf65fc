"""What becomes of an issued document at an office that receives it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.archive.domain.documents import Document, Summary


class Access(StrEnum):
    """One thing that happened to a delivery; each is a row that nothing changes."""

    SENT = "sent"
    OPENED = "opened"
    DOWNLOADED_DOCX = "downloaded-docx"
    DOWNLOADED_PDF = "downloaded-pdf"
    ACKNOWLEDGED = "acknowledged"


class InboxState(StrEnum):
    """What the receiving office has done so far."""

    NEW = "new"
    OPENED = "opened"
    ACKNOWLEDGED = "acknowledged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Việc gửi văn bản to one office, with the first time of each step."""

    id: UUID
    recipient_office_id: UUID
    recipient: str
    version_id: UUID
    sent_at: datetime
    opened_at: datetime | None
    opened_by: str
    downloaded_at: datetime | None
    downloaded_by: str
    acknowledged_at: datetime | None
    acknowledged_by: str

    @property
    def state(self) -> InboxState:
        """What the receiving office has done so far."""
        if self.acknowledged_at:
            return InboxState.ACKNOWLEDGED
        return InboxState.OPENED if self.opened_at else InboxState.NEW


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of the delivery log."""

    kind: Access
    recipient: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One line of the list of documents that an office received (văn bản đến)."""

    document: Summary
    delivery: Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedDocument:
    """A received document as its page shows it: the issued version only."""

    document: Document
    delivery: Delivery
