"""The table of form editions."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.intake.persistence.models.declarative import Base


class FormEditionRow(Base):
    """An edition (phiên bản) of an office's form; from `pinned_at` on the database refuses changes.

    `version` guards every change of a draft. `based_on_id` is the edition that it was copied from.
    """

    __tablename__ = "form_edition"
    __table_args__ = (UniqueConstraint("office_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    number: Mapped[int]
    title: Mapped[str]
    form: Mapped[dict[str, Any]]
    sha256: Mapped[str] = mapped_column(String(64))
    based_on_id: Mapped[UUID | None] = mapped_column(ForeignKey("form_edition.id"))
    version: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    updated_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    pinned_at: Mapped[datetime | None]


class FormRevisionRow(Base):
    """A draft as it stood before it was saved again: for undoing, and for two who write at once."""

    __tablename__ = "form_revision"
    __table_args__ = (UniqueConstraint("edition_id", "version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("form_edition.id"))
    version: Mapped[int]
    title: Mapped[str]
    form: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
    saved_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))


class EditionMoveRow(Base):
    """A report that moved to another edition, with what lost its place: written once.

    Rounds up to `last_round` were handed in under `from_edition_id` and are read under it.
    """

    __tablename__ = "edition_move"
    __table_args__ = (UniqueConstraint("submission_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id"))
    number: Mapped[int]
    last_round: Mapped[int]
    from_edition_id: Mapped[UUID] = mapped_column(ForeignKey("form_edition.id"))
    to_edition_id: Mapped[UUID] = mapped_column(ForeignKey("form_edition.id"))
    displaced: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    account_name: Mapped[str]
