"""Tables of the parts of a draft: who saved which, what was set aside, what could not be saved."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.intake.persistence.models.declarative import Base


class PartDraftRow(Base):
    """One part of a submission: `version` counts its savings; its words stand in the round.

    `copied_from` is the title of the period whose words it still holds unchanged.
    """

    __tablename__ = "part_draft"
    __table_args__ = (UniqueConstraint("submission_id", "part"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id"))
    part: Mapped[str] = mapped_column(String(64))
    version: Mapped[int]
    saved_at: Mapped[datetime]
    saved_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    saved_by_name: Mapped[str]
    copied_from: Mapped[str]


class SetAsideRow(Base):
    """A text of one part that is not in the report, kept beside it (bản để riêng).

    `why` says how it came here; `editor` is the window that it was typed into, which may change
    its own text while nobody has decided. `settled_at` is set once somebody has.
    """

    __tablename__ = "set_aside_part"
    __table_args__ = (UniqueConstraint("submission_id", "part", "editor"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id"), index=True)
    part: Mapped[str] = mapped_column(String(64))
    editor: Mapped[str] = mapped_column(String(64))
    why: Mapped[str] = mapped_column(String(16))
    content: Mapped[dict[str, Any]]
    seen_version: Mapped[int]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    account_name: Mapped[str]
    at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(16))


class TypedPartRow(Base):
    """What an account typed into a part and could not save, field by field, as it was typed."""

    __tablename__ = "typed_part"
    __table_args__ = (UniqueConstraint("period_id", "unit_id", "part", "account_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    period_id: Mapped[UUID] = mapped_column(ForeignKey("period.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    part: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    account_name: Mapped[str]
    typed: Mapped[dict[str, Any]]
    seen_version: Mapped[int]
    at: Mapped[datetime]
