"""The archive's tables; dumb rows. What guards them against change is in the migrations."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kernel.database import UtcDateTime, named_metadata


class Base(DeclarativeBase):
    """Holds the metadata of every table here."""

    metadata = named_metadata()
    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: JSON, list[str]: JSON}


class OfficeRow(Base):
    """An office whose documents are kept here, with the name it had when they were made."""

    __tablename__ = "office"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]


class RegisterRow(Base):
    """Sổ đăng ký văn bản đi."""

    __tablename__ = "register"
    __table_args__ = (
        UniqueConstraint("office_id", "code"),
        UniqueConstraint("office_id", "symbol"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID]
    code: Mapped[str]
    title: Mapped[str]
    issuing_body: Mapped[str]
    symbol: Mapped[str]
    document_types: Mapped[list[str]]


class RegisterYearRow(Base):
    """The counter of one year: the row that issuing locks."""

    __tablename__ = "register_year"
    __table_args__ = (UniqueConstraint("register_id", "year"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    register_id: Mapped[UUID] = mapped_column(ForeignKey("register.id"))
    year: Mapped[int]
    next_number: Mapped[int]
    last_issued_on: Mapped[date | None]


class DocumentRow(Base):
    """Văn bản. Once issued, a trigger refuses every change that matters."""

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("office_id", "document_key"),
        UniqueConstraint("office_id", "symbol", "issue_year", "number"),
        UniqueConstraint("office_id", "issue_key"),
        Index(None, "office_id", "updated_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID]
    office_name: Mapped[str]
    document_key: Mapped[str]
    document_type: Mapped[str]
    subject: Mapped[str] = mapped_column(Text)
    year: Mapped[int]
    facts: Mapped[dict[str, Any]]
    state: Mapped[str]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    register_id: Mapped[UUID | None] = mapped_column(ForeignKey("register.id"))
    number: Mapped[int | None]
    symbol: Mapped[str | None]
    issue_year: Mapped[int | None]
    issued_on: Mapped[date | None]
    issued_version_id: Mapped[UUID | None]
    issued_at: Mapped[datetime | None]
    issued_by_id: Mapped[UUID | None]
    issued_by: Mapped[str] = mapped_column(default="")
    backdating_reason: Mapped[str] = mapped_column(Text, default="")
    issue_key: Mapped[str | None]


class VersionRow(Base):
    """Phiên bản. Rows are added, never changed: a trigger refuses."""

    __tablename__ = "version"
    __table_args__ = (
        UniqueConstraint("document_id", "ordinal"),
        UniqueConstraint("office_id", "deposit_key"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID]
    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"))
    ordinal: Mapped[int]
    origin: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    author_id: Mapped[UUID | None]
    author: Mapped[str]
    created_at: Mapped[datetime]
    facts: Mapped[dict[str, Any]]
    template: Mapped[str]
    template_sha256: Mapped[str]
    dossier_id: Mapped[UUID | None]
    dossier_sha256: Mapped[str]
    source_version_id: Mapped[UUID | None] = mapped_column(ForeignKey("version.id"))
    deposit_key: Mapped[str | None]


class RenditionRow(Base):
    """Bản PDF of a version, or why there is none."""

    __tablename__ = "rendition"

    version_id: Mapped[UUID] = mapped_column(ForeignKey("version.id"), primary_key=True)
    state: Mapped[str]
    sha256: Mapped[str | None]
    pages: Mapped[int]
    converter: Mapped[str]
    failure: Mapped[str] = mapped_column(Text)
    notice: Mapped[str] = mapped_column(Text, server_default="")
    made_at: Mapped[datetime]


class RecipientRow(Base):
    """Kính gửi, Nơi nhận or Lưu, in the order printed; frozen at issue by a trigger."""

    __tablename__ = "recipient"
    __table_args__ = (UniqueConstraint("document_id", "ordinal"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"))
    ordinal: Mapped[int]
    label: Mapped[str]
    office_id: Mapped[UUID | None]
    is_addressee: Mapped[bool]
    is_file_copy: Mapped[bool]


class DeliveryRow(Base):
    """An issued document at one receiving office, with the first time of each step."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("document_id", "recipient_office_id"),
        UniqueConstraint("recipient_office_id", "acknowledge_key"),
        Index(None, "recipient_office_id", "sent_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"))
    version_id: Mapped[UUID] = mapped_column(ForeignKey("version.id"))
    recipient_office_id: Mapped[UUID]
    recipient: Mapped[str]
    sent_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    opened_by: Mapped[str] = mapped_column(default="")
    downloaded_at: Mapped[datetime | None]
    downloaded_by: Mapped[str] = mapped_column(default="")
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[str] = mapped_column(default="")
    acknowledge_key: Mapped[str | None]


class DeliveryEventRow(Base):
    """One access; added, never changed. A person opens a document once, in this log."""

    __tablename__ = "delivery_event"
    __table_args__ = (
        Index(
            "uq_delivery_event_opened_once",
            "delivery_id",
            "account_id",
            unique=True,
            sqlite_where=text("kind = 'opened'"),
            postgresql_where=text("kind = 'opened'"),
        ),
        Index(None, "delivery_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("delivery.id"))
    version_id: Mapped[UUID] = mapped_column(ForeignKey("version.id"))
    kind: Mapped[str]
    account_id: Mapped[UUID | None]
    person: Mapped[str]
    at: Mapped[datetime]


class LedgerRow(Base):
    """One link of a register's hash chain; added, never changed."""

    __tablename__ = "ledger"
    __table_args__ = (UniqueConstraint("register_id", "sequence"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    register_id: Mapped[UUID] = mapped_column(ForeignKey("register.id"))
    sequence: Mapped[int]
    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"))
    prev_hash: Mapped[str]
    hash: Mapped[str]
    entry: Mapped[str] = mapped_column(Text)


class OutboxRow(Base):
    """Something to tell another service, written in the transaction that it tells of."""

    __tablename__ = "outbox"
    __table_args__ = (UniqueConstraint("kind", "version_id"), Index(None, "sent_at", "created_at"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[str]
    office_id: Mapped[UUID]
    version_id: Mapped[UUID] = mapped_column(ForeignKey("version.id"))
    sha256: Mapped[str]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(Text, default="")
