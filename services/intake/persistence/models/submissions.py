"""Tables of submissions, their rounds and their moves."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.intake.persistence.models.declarative import Base


class SubmissionRow(Base):
    """The submission (bài nộp) of one unit for one period; `version` guards every change.

    `edition_id` is the form edition under which it is filled in: a later one does not change it.
    """

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("period_id", "unit_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    period_id: Mapped[UUID] = mapped_column(ForeignKey("period.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("form_edition.id"))
    state: Mapped[str] = mapped_column(String(16))
    round: Mapped[int]
    version: Mapped[int]
    updated_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]


class RoundRow(Base):
    """One round (lượt nộp): what the unit said that time. Submitted rounds stay as they were."""

    __tablename__ = "submission_round"
    __table_args__ = (UniqueConstraint("submission_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))
    content: Mapped[dict[str, Any]]
    sha256: Mapped[str] = mapped_column(String(64))
    saved_at: Mapped[datetime]
    saved_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    submitted_at: Mapped[datetime | None]


class MoveRow(Base):
    """One move of a submission: who, when, from, to, why. The database refuses to change it."""

    __tablename__ = "submission_move"
    __table_args__ = (UniqueConstraint("submission_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id"))
    number: Mapped[int]
    round: Mapped[int]
    at: Mapped[datetime]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    account_name: Mapped[str]
    from_state: Mapped[str] = mapped_column(String(16))
    to_state: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str]
