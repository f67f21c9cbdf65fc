"""Frozen dossiers of one office."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kernel.contracts.dossier import Dossier, DossierContent, DossierContentSchema
from kernel.errors import NotFound
from services.intake.domain.receipts import sha256_of
from services.intake.persistence.insertion import try_insert
from services.intake.persistence.models import DossierRow, FreezeRow


def dossier_sha256(content: DossierContent) -> str:
    """Return the sha256 that this content would have when frozen."""
    return sha256_of(_document(content))


class Dossiers:
    """Another office's dossiers cannot be reached from here."""

    def __init__(self, session: Session, *, office_id: UUID) -> None:
        self._session, self._office_id = session, office_id

    def freeze(self, content: DossierContent, *, actor: str, at: datetime) -> Dossier:
        """Return the dossier of this content: the same content is the same dossier for ever."""
        document = _document(content)
        row = DossierRow(
            office_id=self._office_id,
            period_id=content.period.id,
            sha256=sha256_of(document),
            content=document,
            frozen_at=at,
        )
        if not try_insert(self._session, row):
            row = self._session.scalars(
                self._visible().where(
                    DossierRow.period_id == content.period.id, DossierRow.sha256 == row.sha256
                )
            ).one()
        self._session.add(
            FreezeRow(dossier_id=row.id, period_id=content.period.id, at=at, actor=actor)
        )
        self._session.flush()
        return _value(row)

    def get(self, dossier_id: UUID) -> Dossier:
        """Return the dossier; absent and foreign give the same NotFound."""
        row = self._session.scalar(self._visible().where(DossierRow.id == dossier_id))
        if row is None:
            raise NotFound("Không có hồ sơ tổng hợp này.")
        return _value(row)

    def holding(self, submission_id: UUID, period_id: UUID) -> list[tuple[Dossier, int]]:
        """Return the dossiers that hold a report, and which round of it, the newest first."""
        rows = self._session.scalars(
            self._visible()
            .where(DossierRow.period_id == period_id)
            .order_by(DossierRow.frozen_at.desc(), DossierRow.id)
        )
        return [
            (dossier, report.round)
            for dossier in map(_value, rows)
            for report in dossier.content.sectors
            if report.submission_id == submission_id
        ]

    def last_frozen(self, period_id: UUID) -> Dossier | None:
        """Return the dossier that was frozen last, be it for the second time."""
        row = self._session.scalar(
            self._visible()
            .join(FreezeRow, FreezeRow.dossier_id == DossierRow.id)
            .where(DossierRow.period_id == period_id)
            .order_by(FreezeRow.at.desc(), DossierRow.frozen_at.desc())
            .limit(1)
        )
        return _value(row) if row else None

    def _visible(self) -> Any:
        return select(DossierRow).where(DossierRow.office_id == self._office_id)


def _document(content: DossierContent) -> dict[str, Any]:
    document: dict[str, Any] = DossierContentSchema().dump(content)
    return document


def _value(row: DossierRow) -> Dossier:
    return Dossier(
        id=row.id,
        sha256=row.sha256,
        frozen_at=row.frozen_at,
        content=DossierContentSchema().load(row.content),
    )
