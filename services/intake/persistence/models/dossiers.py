"""Tables of frozen dossiers."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.intake.persistence.models.declarative import Base


class DossierRow(Base):
    """A frozen dossier (hồ sơ tổng hợp). The database refuses to change it."""

    __tablename__ = "dossier"
    __table_args__ = (UniqueConstraint("period_id", "sha256"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    period_id: Mapped[UUID] = mapped_column(ForeignKey("period.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[dict[str, Any]]
    frozen_at: Mapped[datetime]


class FreezeRow(Base):
    """One act of freezing: the same facts frozen again give the same dossier, and a new act."""

    __tablename__ = "dossier_freeze"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    dossier_id: Mapped[UUID] = mapped_column(ForeignKey("dossier.id"))
    period_id: Mapped[UUID] = mapped_column(ForeignKey("period.id"), index=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(80))
