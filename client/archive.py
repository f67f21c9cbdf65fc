"""Archive (lưu trữ): documents, their versions and deliveries, registers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from client.operations import Area, Operation


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Number, symbol and day of an issued document; `text` is "01/QĐ-UBND"."""

    number: int
    symbol: str
    text: str
    issued_on: date
    version_id: UUID
    issued_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """How far the PDF of a version is."""

    state: str
    sha256: str | None
    pages: int
    converter: str
    failure: str
    notice: str
    made_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a document."""

    id: UUID
    ordinal: int
    origin: str
    sha256: str
    size: int
    author: str
    created_at: datetime
    source_version_id: UUID | None
    rendition: Rendition


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One line of a list of documents; `issue` is None for a draft."""

    id: UUID
    office_id: UUID
    office_name: str
    document_type: str
    subject: str
    year: int
    state: str
    issue: Issue | None
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signs, with the titles of both offices that he signs for."""

    name: str
    power: str
    title: str
    other_title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Nơi nhận or Kính gửi; `office_id` is set where the recipient is an office of the system."""

    label: str
    office_id: UUID | None = None
    is_addressee: bool = False
    is_file_copy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Summary):
    """A document with its versions."""

    issuing_body: str
    issuing_body_name: str
    register_symbol: str
    place: str
    signer: Signer
    recipients: tuple[Recipient, ...]
    versions: tuple[Version, ...]

    def version(self, version_id: UUID) -> Version:
        """Return one of the versions."""
        return next(one for one in self.versions if one.id == version_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What became of a document at one recipient."""

    id: UUID
    recipient_office_id: UUID
    recipient: str
    state: str
    sent_at: datetime
    opened_at: datetime | None
    opened_by: str
    downloaded_at: datetime | None
    downloaded_by: str
    acknowledged_at: datetime | None
    acknowledged_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFile:
    """A document with its deliveries."""

    document: Document
    deliveries: tuple[Delivery, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedLine:
    """One line of an inbox."""

    document: Summary
    delivery: Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A received document."""

    document: Document
    delivery: Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadReceipt:
    """Which version an upload is, and whether it is new."""

    document_id: UUID
    version_id: UUID
    version: int
    sha256: str
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueReceipt:
    """What issuing gave."""

    document_id: UUID
    number: int
    symbol: str
    text: str
    issued_on: date
    version_id: UUID
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A register (sổ) and the years in which it gave numbers."""

    id: UUID
    symbol: str
    title: str
    document_types: tuple[str, ...]
    years: tuple[int, ...]


DOCUMENTS = Operation("GET", "/documents", Summary, is_paged=True)
DOCUMENT = Operation("GET", "/documents/{document_id}", DocumentFile)
UPLOAD = Operation("POST", "/documents/{document_id}/versions", UploadReceipt)
ISSUE = Operation("POST", "/documents/{document_id}/issue", IssueReceipt)
DOCX = Operation("GET", "/versions/{version_id}/docx", bytes)
PDF = Operation("GET", "/versions/{version_id}/pdf", bytes)
RETRY_PDF = Operation("POST", "/versions/{version_id}/rendition/retry", Rendition)
INBOX = Operation("GET", "/inbox", ReceivedLine, is_paged=True)
RECEIVED = Operation("GET", "/inbox/{document_id}", Received)
ACKNOWLEDGE = Operation("POST", "/inbox/{document_id}/acknowledge", Delivery)
REGISTERS = Operation("GET", "/registers", tuple[Register, ...])
OPEN_REGISTER = Operation("POST", "/registers", Register)


class Archive(Area):
    """What is numbered, kept and delivered."""

    service: ClassVar[str] = "archive"

    def documents(
        self,
        text: str = "",
        *,
        state: str = "",
        year: int | None = None,
        document_type: str = "",
        number: int | None = None,
    ) -> Iterator[Summary]:
        """Yield the office's documents that match, last touched first."""
        query = {"q": text, "state": state, "year": year, "type": document_type, "number": number}
        return self.pages(DOCUMENTS, query=query)

    def document(self, document_id: UUID) -> DocumentFile:
        """Return a document with its versions and deliveries."""
        return self.call(DOCUMENT, at={"document_id": document_id})

    def upload(
        self, document_id: UUID, name: str, docx: bytes, *, key: str | None = None
    ) -> UploadReceipt:
        """Keep an edited Word file as the next version."""
        place = {"document_id": document_id}
        return self.call(UPLOAD, at=place, files={"file": (name, docx)}, key=key)

    def issue(
        self,
        document_id: UUID,
        version_id: UUID,
        on: date,
        *,
        backdating_reason: str = "",
        key: str | None = None,
    ) -> IssueReceipt:
        """Number, stamp and send exactly this version."""
        body = {
            "version_id": str(version_id),
            "issued_on": on.isoformat(),
            "backdating_reason": backdating_reason,
        }
        return self.call(ISSUE, at={"document_id": document_id}, json=body, key=key)

    def docx(self, version_id: UUID) -> bytes:
        """Download the Word file of a version."""
        return self.call(DOCX, at={"version_id": version_id})

    def pdf(self, version_id: UUID) -> bytes:
        """Download the PDF of a version."""
        return self.call(PDF, at={"version_id": version_id})

    def retry_pdf(self, version_id: UUID, *, key: str | None = None) -> Rendition:
        """Ask again for the PDF of a version that failed."""
        return self.call(RETRY_PDF, at={"version_id": version_id}, key=key)

    def inbox(
        self,
        text: str = "",
        *,
        state: str = "",
        year: int | None = None,
        office_id: UUID | None = None,
    ) -> Iterator[ReceivedLine]:
        """Yield what was delivered to the office and matches, last sent first."""
        query = {"q": text, "state": state, "year": year, "office": office_id}
        return self.pages(INBOX, query=query)

    def received(self, document_id: UUID) -> Received:
        """Return a received document; that it was opened is written down."""
        return self.call(RECEIVED, at={"document_id": document_id})

    def acknowledge(self, document_id: UUID, *, key: str | None = None) -> Delivery:
        """Confirm receipt."""
        return self.call(ACKNOWLEDGE, at={"document_id": document_id}, key=key)

    def registers(self) -> tuple[Register, ...]:
        """Return the registers of the office."""
        return self.call(REGISTERS)

    def open_register(self, symbol: str, title: str, *, key: str | None = None) -> Register:
        """Open a register for a symbol that has none."""
        body = {"symbol": symbol, "title": title}
        return self.call(OPEN_REGISTER, json=body, key=key)
