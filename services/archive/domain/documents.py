"""Documents, their versions and their renditions, as values."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from kernel.contracts.dossier import DossierRecipient, Signer
from vnadmin.document_types import UnknownDocumentType, document_type_known_as
from vnadmin.numbering import NumberAndSymbol


class State(StrEnum):
    """Dự thảo, then đã ban hành; there is no way back."""

    DRAFT = "draft"
    ISSUED = "issued"


class Origin(StrEnum):
    """Where the bytes of a version come from."""

    ASSEMBLED = "assembled"
    UPLOADED = "uploaded"
    ISSUED = "issued"


class RenditionState(StrEnum):
    """How far the PDF of a version is."""

    PENDING = "pending"
    QUICK_VIEW = "quick-view"
    OF_RECORD = "of-record"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a version says of the document; at issue the chosen version's facts are frozen."""

    document_type: str
    subject: str
    year: int
    issuing_body: str
    issuing_body_name: str
    register_symbol: str
    place: str
    signer: Signer
    recipients: tuple[DossierRecipient, ...]
    blockers: tuple[str, ...] = ()
    """Lỗi chặn ban hành: what the checks found in these bytes; empty where a person edited them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """From which template and dossier the bytes were made; empty for what was not assembled."""

    template: str = ""
    template_sha256: str = ""
    dossier_id: UUID | None = None
    dossier_sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """Bản PDF of a version, made, failed or awaited."""

    state: RenditionState
    sha256: str | None = None
    pages: int = 0
    converter: str = ""
    failure: str = ""
    notice: str = ""
    """What a reader must know of a PDF that was made with the wrong fonts."""
    made_at: datetime | None = None

    @property
    def is_readable(self) -> bool:
        """Tell whether there is a PDF to open."""
        return self.sha256 is not None

    @property
    def is_final(self) -> bool:
        """Tell whether it is as good as it can get."""
        return self.state is RenditionState.OF_RECORD and not self.notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """Phiên bản: bytes that never change, and where they come from."""

    id: UUID
    ordinal: int
    origin: Origin
    sha256: str
    size: int
    author: str
    created_at: datetime
    source: Source
    source_version_id: UUID | None
    rendition: Rendition
    blockers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Việc ban hành: the number given, the day printed, and the bytes that carry both."""

    number: int
    symbol: str
    issued_on: date
    version_id: UUID
    issued_at: datetime
    issued_by: str
    backdating_reason: str

    @property
    def text(self) -> str:
        """The number and symbol as printed: ``01/BC-TĐKT``."""
        return NumberAndSymbol(self.number, self.symbol).text


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One line of a list of documents."""

    id: UUID
    office_id: UUID
    office_name: str
    facts: Facts
    state: State
    issue: Issue | None
    updated_at: datetime

    @property
    def type_name(self) -> str:
        """The kind of document in words: ``Báo cáo``."""
        return type_name(self.facts.document_type)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Summary):
    """A document with its versions, newest first."""

    versions: tuple[Version, ...]

    @property
    def latest(self) -> Version:
        """The newest version."""
        return self.versions[0]


def type_name(word: str) -> str:
    """Return the name of the type that goes by the word, or the word that Decree 30 knows not."""
    try:
        return document_type_known_as(word).name
    except UnknownDocumentType:
        return word
