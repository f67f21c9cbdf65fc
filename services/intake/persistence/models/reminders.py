"""Tables of reminders: which unit was reminded on which day, and what is to go out by itself."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.intake.persistence.models.declarative import Base


class ReminderRow(Base):
    """One unit reminded (nhắc nộp) of one period on one day; the key decides between two clicks."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("period_id", "unit_id", "day"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    period_id: Mapped[UUID] = mapped_column(ForeignKey("period.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    day: Mapped[date]
    at: Mapped[datetime]
    text: Mapped[str]
    sent_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    sent_by_name: Mapped[str]
    people: Mapped[int]


class ReminderPlanRow(Base):
    """How many days before its deadline a period reminds by itself, and when it did."""

    __tablename__ = "reminder_plan"

    period_id: Mapped[UUID] = mapped_column(ForeignKey("period.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    days_before: Mapped[int]
    done_on: Mapped[date | None]
    changed_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    changed_at: Mapped[datetime]
