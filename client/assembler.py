"""Assembler (soạn thảo): documents, many documents at once, templates."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from client.operations import Area, Operation


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check found, in Vietnamese."""

    severity: str
    rule: str
    place: str
    message: str
    suggestion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A piece of slow work; once it is `done`, `document_id` and `version_id` say what was made."""

    id: UUID
    sort: str
    state: str
    progress: int
    step: str
    attempt: int
    reason: str
    kind: str
    title: str
    blocks_issuing: bool
    findings: tuple[Finding, ...]
    created_at: datetime
    period_id: UUID | None = None
    on: date | None = None
    dossier_id: UUID | None = None
    dossier_sha256: str = ""
    document_id: UUID | None = None
    version_id: UUID | None = None
    version: int | None = None
    sha256: str = ""
    started_at: datetime | None = None
    finished_at: datetime | None = None

    @property
    def has_ended(self) -> bool:
        """Say that it is done or has failed."""
        return self.state in {"done", "failed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPdf:
    """The one PDF of a batch."""

    job_id: UUID
    state: str
    progress: int
    step: str
    reason: str
    pages: int | None = None
    is_quick_view: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Many documents asked for at once (đợt); `done` also where some items failed."""

    id: UUID
    subject: str
    state: str
    progress: int
    step: str
    attempt: int
    reason: str
    title: str
    kind: str
    period_id: UUID
    on: date
    decision_number: str
    on_stock: bool
    dossier_id: UUID
    dossier_sha256: str
    total: int
    done: int
    failed: int
    is_kept: bool
    created_at: datetime
    first_entry: int | None = None
    pdf: BatchPdf | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None

    @property
    def has_ended(self) -> bool:
        """Say that it is done or has failed."""
        return self.state in {"done", "failed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchItem:
    """One document of a batch."""

    position: int
    label: str
    kind: str
    state: str
    reason: str
    warning: str
    sha256: str
    blockers: int
    document_id: UUID | None = None
    version_id: UUID | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificates:
    """Which certificates are wanted; `on_stock` is on paper that is printed already."""

    kind: str
    on: date
    decision_number: str = ""
    first_entry: int | None = None
    on_stock: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateKind:
    """A kind of document; without a version in force it uses the template that came with it."""

    kind: str
    title: str
    document_type: str
    version_in_force: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placeholder:
    """A value that a template may print."""

    path: str
    type: str
    label: str
    example: Any
    optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateVersion:
    """A version that the office uploaded."""

    id: UUID
    kind: str
    number: int
    file_name: str
    sha256: str
    uploaded_at: datetime
    is_in_force: bool
    is_publishable: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A kind of document with everything about its templates."""

    kind: str
    title: str
    document_type: str
    version_in_force: UUID | None
    placeholders: tuple[Placeholder, ...]
    versions: tuple[TemplateVersion, ...]


ASSEMBLE = Operation("POST", "/jobs", Job)
JOB = Operation("GET", "/jobs/{job_id}", Job)
RETRY = Operation("POST", "/jobs/{job_id}/retry", Job)
ASK_BATCH = Operation("POST", "/batches", Batch)
BATCH = Operation("GET", "/batches/{batch_id}", Batch)
ITEMS = Operation("GET", "/batches/{batch_id}/items", BatchItem, is_paged=True, cursor="next_after")
RETRY_BATCH = Operation("POST", "/batches/{batch_id}/retry", Batch)
ASK_PDF = Operation("POST", "/batches/{batch_id}/pdf", Batch)
ZIP = Operation("GET", "/batches/{batch_id}/documents.zip", bytes)
MERGED = Operation("GET", "/batches/{batch_id}/merged.docx", bytes)
MERGED_PDF = Operation("GET", "/batches/{batch_id}/merged.pdf", bytes)
ITEM = Operation("GET", "/batches/{batch_id}/items/{position}.docx", bytes)
TEMPLATES = Operation("GET", "/templates", tuple[TemplateKind, ...])
TEMPLATE = Operation("GET", "/templates/{kind}", Template)
UPLOAD = Operation("POST", "/templates/{kind}/versions", TemplateVersion)
TEMPLATE_VERSION = Operation("GET", "/templates/versions/{version_id}", TemplateVersion)
PUBLISH = Operation("POST", "/templates/versions/{version_id}/publish", TemplateVersion)
RESTORE = Operation("POST", "/templates/{kind}/restore-shipped", Template)


class Assembler(Area):
    """What is made of what was collected."""

    service: ClassVar[str] = "assembler"

    def assemble(self, period_id: UUID, kind: str, on: date, *, key: str | None = None) -> Job:
        """Freeze the dossier and queue the making of a document, dated that day."""
        body = {"period_id": str(period_id), "kind": kind, "on": on.isoformat()}
        return self.call(ASSEMBLE, json=body, key=key)

    def job(self, job_id: UUID) -> Job:
        """Return a job as it is now."""
        return self.call(JOB, at={"job_id": job_id})

    def retry(self, job_id: UUID, *, key: str | None = None) -> Job:
        """Queue a failed job again."""
        return self.call(RETRY, at={"job_id": job_id}, key=key)

    def certificates(
        self, period_id: UUID, wanted: Certificates, *, key: str | None = None
    ) -> Batch:
        """Queue the certificates of all awardees of a period."""
        body = {
            **asdict(wanted),
            "subject": "certificates",
            "period_id": str(period_id),
            "on": wanted.on.isoformat(),
        }
        return self.call(ASK_BATCH, json=body, key=key)

    def decisions(self, period_id: UUID, on: date, *, key: str | None = None) -> Batch:
        """Queue all decisions of a period."""
        body = {"subject": "decisions", "period_id": str(period_id), "on": on.isoformat()}
        return self.call(ASK_BATCH, json=body, key=key)

    def batch(self, batch_id: UUID) -> Batch:
        """Return a batch as it is now."""
        return self.call(BATCH, at={"batch_id": batch_id})

    def items(self, batch_id: UUID) -> Iterator[BatchItem]:
        """Yield the items of a batch, in their order."""
        return self.pages(ITEMS, at={"batch_id": batch_id})

    def retry_batch(self, batch_id: UUID, *, key: str | None = None) -> Batch:
        """Queue the items that failed again."""
        return self.call(RETRY_BATCH, at={"batch_id": batch_id}, key=key)

    def ask_pdf(self, batch_id: UUID, *, key: str | None = None) -> Batch:
        """Queue the making of one PDF of all certificates."""
        return self.call(ASK_PDF, at={"batch_id": batch_id}, key=key)

    def zip_file(self, batch_id: UUID) -> bytes:
        """Download all documents of a batch."""
        return self.call(ZIP, at={"batch_id": batch_id})

    def merged_docx(self, batch_id: UUID) -> bytes:
        """Download all certificates as one Word file."""
        return self.call(MERGED, at={"batch_id": batch_id})

    def merged_pdf(self, batch_id: UUID) -> bytes:
        """Download all certificates as one PDF."""
        return self.call(MERGED_PDF, at={"batch_id": batch_id})

    def item_docx(self, batch_id: UUID, position: int) -> bytes:
        """Download the document of one item."""
        return self.call(ITEM, at={"batch_id": batch_id, "position": position})

    def templates(self) -> tuple[TemplateKind, ...]:
        """Return every kind of document that a template makes."""
        return self.call(TEMPLATES)

    def template(self, kind: str) -> Template:
        """Return a kind with its placeholders and the office's versions, the newest first."""
        return self.call(TEMPLATE, at={"kind": kind})

    def upload_template(
        self, kind: str, name: str, docx: bytes, *, key: str | None = None
    ) -> TemplateVersion:
        """Keep a .docx as a version, with what its check found; it is not in force yet."""
        return self.call(UPLOAD, at={"kind": kind}, files={"file": (name, docx)}, key=key)

    def template_version(self, version_id: UUID) -> TemplateVersion:
        """Return a version with everything that its check found."""
        return self.call(TEMPLATE_VERSION, at={"version_id": version_id})

    def publish(self, version_id: UUID, *, key: str | None = None) -> TemplateVersion:
        """Put a version in force."""
        return self.call(PUBLISH, at={"version_id": version_id}, key=key)

    def restore_shipped(self, kind: str, *, key: str | None = None) -> Template:
        """Use the template that came with the system again."""
        return self.call(RESTORE, at={"kind": kind}, key=key)
