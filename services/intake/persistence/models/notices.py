"""Tables of notices, of how each account wants them, and of days on which a daily job was done."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.intake.persistence.models.declarative import Base


class NoticeRow(Base):
    """A notice (thông báo) to one account; the same key is told to it once."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("account_id", "dedupe_key"),
        Index("ix_notice_account_id_created_at", "account_id", "created_at"),
        Index("ix_notice_kind_created_at", "kind", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[str] = mapped_column(String(32))
    subject_kind: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[UUID]
    title: Mapped[str]
    detail: Mapped[str]
    dedupe_key: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class NoticePreferenceRow(Base):
    """Where an account wants notices by e-mail, and how often."""

    __tablename__ = "notice_preference"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    mode: Mapped[str] = mapped_column(String(16))
    changed_at: Mapped[datetime]


class DailyRunRow(Base):
    """A daily job that was done for an office on a day, in the transaction of what it wrote."""

    __tablename__ = "daily_run"
    __table_args__ = (UniqueConstraint("office_id", "job", "day"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    job: Mapped[str] = mapped_column(String(32))
    day: Mapped[date]
    at: Mapped[datetime]


class PulseRow(Base):
    """When something that must happen again and again happened last."""

    __tablename__ = "pulse"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    beat_at: Mapped[datetime]
