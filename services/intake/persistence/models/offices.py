"""Tables of offices, who stands above them, and their units; all with the days they held."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.intake.persistence.models.declarative import Base


class OfficeRow(Base):
    """An office (đơn vị): one tenant, or the superior of one. Its names are the newest ones."""

    __tablename__ = "office"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str]
    short_name: Mapped[str]
    place: Mapped[str]
    level: Mapped[str] = mapped_column(String(16))
    letterhead: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    former_names: Mapped[list["OfficeNameRow"]] = relationship(
        lazy="selectin", order_by="OfficeNameRow.valid_to"
    )


class OfficeNameRow(Base):
    """A name that an office bore until a day; the name after the last one is in its own row."""

    __tablename__ = "former_office_name"
    __table_args__ = (UniqueConstraint("office_id", "valid_to"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    name: Mapped[str]
    short_name: Mapped[str]
    place: Mapped[str]
    valid_to: Mapped[date]


class SuperiorRow(Base):
    """Which office stood above which, from which day to which."""

    __tablename__ = "superior_relation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    superior_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class UnitRow(Base):
    """A sector (ngành, đoàn thể) of an office; both days belong to the time that it reports."""

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("office_id", "code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    code: Mapped[str] = mapped_column(String(64))
    name: Mapped[str]
    position: Mapped[int]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    successor_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    former_names: Mapped[list["UnitNameRow"]] = relationship(
        lazy="selectin", order_by="UnitNameRow.valid_to"
    )


class UnitNameRow(Base):
    """A name that a unit bore until a day; the name after the last one is in its own row."""

    __tablename__ = "former_unit_name"
    __table_args__ = (UniqueConstraint("unit_id", "valid_to"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str]
    valid_to: Mapped[date]
