"""Rows of the assembler: jobs, batches, pulses by which it is seen to be alive, templates."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kernel.clock import utc_now
from kernel.database import UtcDateTime, named_metadata


class Base(DeclarativeBase):
    """Rows of the assembler's own database."""

    metadata = named_metadata()


class JobRow(Base):
    """One job (việc): its request, its place in the protocol, its result.

    `wake_at` is when the reconciler sends a wake-up call (again): after the last call stayed
    unanswered, after the pause of a retry, or when the lease of a lost worker is over.
    """

    __tablename__ = "job"
    __table_args__ = (
        UniqueConstraint("office_id", "idempotency_key"),
        UniqueConstraint("office_id", "version_id"),
        CheckConstraint("sort IN ('assemble', 'convert', 'batch', 'print')", name="sort"),
        CheckConstraint("state IN ('queued', 'running', 'done', 'failed')", name="state"),
        CheckConstraint("progress BETWEEN 0 AND 100", name="progress"),
        Index(None, "state", "wake_at"),
        Index(None, "office_id", "created_at"),
        Index(None, "batch_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID]
    sort: Mapped[str] = mapped_column(String(16))
    idempotency_key: Mapped[str] = mapped_column(String(100))
    created_by: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)

    kind: Mapped[str] = mapped_column(String(64), default="")
    title: Mapped[str] = mapped_column(Text, default="")
    period_id: Mapped[UUID | None]
    period_title: Mapped[str] = mapped_column(Text, default="")
    dossier_id: Mapped[UUID | None]
    dossier_sha256: Mapped[str] = mapped_column(String(64), default="")
    intended_on: Mapped[date | None]
    version_id: Mapped[UUID | None]
    version_sha256: Mapped[str] = mapped_column(String(64), default="")
    batch_id: Mapped[UUID | None]

    state: Mapped[str] = mapped_column(String(16), default="queued")
    progress: Mapped[int] = mapped_column(default=0)
    step: Mapped[str] = mapped_column(String(100), default="")
    attempt: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str] = mapped_column(String(200), default="")
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    not_before: Mapped[datetime | None] = mapped_column(UtcDateTime)
    wake_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    publications: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text, default="")
    retry_key: Mapped[str | None] = mapped_column(String(100))

    document_id: Mapped[UUID | None]
    result_version_id: Mapped[UUID | None]
    result_version: Mapped[int | None]
    result_sha256: Mapped[str] = mapped_column(String(64), default="")
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    is_failure_told: Mapped[bool] = mapped_column(default=True)
    """False while the archive has not yet heard that a conversion failed."""


class BatchRow(Base):
    """What a job of sort `batch` was asked to make; each of its items is a row of its own."""

    __tablename__ = "batch"

    job_id: Mapped[UUID] = mapped_column(ForeignKey("job.id"), primary_key=True)
    subject: Mapped[str] = mapped_column(String(16))
    award: Mapped[str] = mapped_column(String(64), default="")
    decision_number: Mapped[str] = mapped_column(String(100), default="")
    first_entry: Mapped[int | None]
    on_stock: Mapped[bool] = mapped_column(default=False)


class BatchItemRow(Base):
    """One document of a batch; `docx` is a working copy, forgotten after some time.

    `key` names it in the dossier. `attempt` counts how often its making began and did not end.
    `kind` and `template_sha256` are those of the template that it is made with.
    """

    __tablename__ = "batch_item"
    __table_args__ = (
        UniqueConstraint("job_id", "key"),
        CheckConstraint("state IN ('queued', 'done', 'failed')", name="state"),
        Index(None, "job_id", "state", "position"),
    )

    job_id: Mapped[UUID] = mapped_column(ForeignKey("batch.job_id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    label: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(64), default="")
    template_sha256: Mapped[str] = mapped_column(String(64), default="")
    state: Mapped[str] = mapped_column(String(16), default="queued")
    attempt: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(Text, default="")
    warning: Mapped[str] = mapped_column(Text, default="")
    sha256: Mapped[str] = mapped_column(String(64), default="")
    docx: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    document_id: Mapped[UUID | None]
    result_version_id: Mapped[UUID | None]
    result_version: Mapped[int | None]
    blockers: Mapped[int] = mapped_column(default=0)


class BatchPdfRow(Base):
    """A PDF of some items of a batch, or, as part 0, of all; made by a job of sort `print`."""

    __tablename__ = "batch_pdf"

    job_id: Mapped[UUID] = mapped_column(ForeignKey("job.id"), primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    pages: Mapped[int]
    converter: Mapped[str] = mapped_column(String(100))
    is_quick_view: Mapped[bool]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PulseRow(Base):
    """When something that must happen again and again happened last."""

    __tablename__ = "pulse"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    beat_at: Mapped[datetime] = mapped_column(UtcDateTime)


class TemplateVersionRow(Base):
    """One template (mẫu) as an office uploaded it; never updated."""

    __tablename__ = "template_version"
    __table_args__ = (
        UniqueConstraint("office_id", "kind", "number"),
        UniqueConstraint("office_id", "kind", "sha256"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(String(64))
    number: Mapped[int]
    file_name: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    docx: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    uploaded_by: Mapped[UUID]
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class TemplatePublicationRow(Base):
    """One entry of the log of what was put in force; the newest of a kind counts."""

    __tablename__ = "template_publication"
    __table_args__ = (Index(None, "office_id", "kind", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(String(64))
    version_id: Mapped[UUID | None] = mapped_column(ForeignKey("template_version.id"))
    published_by: Mapped[UUID]
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
