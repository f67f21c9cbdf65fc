"""The table of periods."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import Boolean, ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from services.intake.persistence.models.declarative import Base


class PeriodRow(Base):
    """A period (kỳ báo cáo) and the form edition that it asks of who has not begun yet.

    `needs_second` is chosen when it opens: two persons accept each report (four eyes).
    """

    __tablename__ = "period"
    __table_args__ = (UniqueConstraint("office_id", "code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    code: Mapped[str] = mapped_column(String(64))
    title: Mapped[str]
    year: Mapped[int]
    status: Mapped[str] = mapped_column(String(16))
    due_on: Mapped[date]
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("form_edition.id"))
    opened_at: Mapped[datetime]
    needs_second: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())


class PeriodEventRow(Base):
    """What happened to a period: who, when, from, to, why. The database refuses to change it."""

    __tablename__ = "period_event"
    __table_args__ = (UniqueConstraint("period_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    period_id: Mapped[UUID] = mapped_column(ForeignKey("period.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    from_value: Mapped[str]
    to_value: Mapped[str]
    reason: Mapped[str]
    at: Mapped[datetime]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    account_name: Mapped[str]
