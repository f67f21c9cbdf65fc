"""Tables of offices, who stands above them, and their units."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.intake.persistence.models.base import Base


class OfficeRow(Base):
    """An office (đơn vị): one tenant, or the superior of one."""

    __tablename__ = "office"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str]
    short_name: Mapped[str]
    place: Mapped[str]
    level: Mapped[str] = mapped_column(String(16))
    letterhead: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class SuperiorRow(Base):
    """Which office stood above which, from which day to which."""

    __tablename__ = "superior_relation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    superior_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class UnitRow(Base):
    """A sector (ngành, đoàn thể) of an office."""

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("office_id", "code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    code: Mapped[str] = mapped_column(String(64))
    name: Mapped[str]
    position: Mapped[int]
    is_active: Mapped[bool]
