"""Offices, who stands above them, and their units."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kernel.contracts.identity import office_id_for
from kernel.errors import NotFound
from services.intake.domain.office import OfficeProfile
from services.intake.persistence.documents import letterhead_json
from services.intake.persistence.insertion import try_insert
from services.intake.persistence.models import OfficeRow, SuperiorRow, UnitRow


class Offices:
    """All offices of the installation: the one thing that belongs to no tenant."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def found(self, profile: OfficeProfile, *, at: datetime) -> bool:
        """Create the office with its units; return False where it exists already."""
        row = _office_row(profile, at=at)
        if not try_insert(self._session, row):
            return False
        self._session.add_all(
            SuperiorRow(
                office_id=row.id,
                superior_id=office_id_for(superior.code),
                valid_from=superior.valid_from,
                valid_to=superior.valid_to,
            )
            for superior in profile.superiors
        )
        self._session.add_all(
            UnitRow(
                office_id=row.id, code=unit.code, name=unit.name, position=place, is_active=True
            )
            for place, unit in enumerate(profile.units)
        )
        self._session.flush()
        return True

    def get(self, office_id: UUID) -> OfficeRow:
        """Return the office."""
        row = self._session.get(OfficeRow, office_id)
        if row is None:
            raise NotFound("Không có đơn vị này.")
        return row

    def superior_on(self, office_id: UUID, on: date) -> OfficeRow | None:
        """Return the superior of that day; the last one known where none covers the day."""
        relations = self._session.execute(
            select(SuperiorRow, OfficeRow)
            .join(OfficeRow, OfficeRow.id == SuperiorRow.superior_id)
            .where(SuperiorRow.office_id == office_id)
        ).all()
        covering = [office for relation, office in relations if _covers(relation, on)]
        known = [
            office for _, office in sorted(relations, key=lambda it: it[0].valid_to or date.max)
        ]
        return next(iter(covering or reversed(known)), None)


def _office_row(profile: OfficeProfile, *, at: datetime) -> OfficeRow:
    return OfficeRow(
        id=office_id_for(profile.code),
        code=profile.code,
        name=profile.name,
        short_name=profile.short_name,
        place=profile.place,
        level=profile.level,
        letterhead=letterhead_json(profile.letterhead),
        created_at=at,
    )


def _covers(relation: SuperiorRow, on: date) -> bool:
    begun = relation.valid_from is None or relation.valid_from <= on
    return begun and (relation.valid_to is None or on <= relation.valid_to)


class Units:
    """Units of one office."""

    def __init__(self, session: Session, *, office_id: UUID) -> None:
        self._session, self._office_id = session, office_id

    def reporting(self) -> Sequence[UnitRow]:
        """Return the units that report, in the order of the office."""
        return self._session.scalars(
            select(UnitRow)
            .where(UnitRow.office_id == self._office_id, UnitRow.is_active)
            .order_by(UnitRow.position, UnitRow.code)
        ).all()

    def get(self, unit_id: UUID | None) -> UnitRow:
        """Return the unit; absent and foreign give the same NotFound."""
        row = self._session.scalar(
            select(UnitRow).where(UnitRow.office_id == self._office_id, UnitRow.id == unit_id)
        )
        if row is None:
            raise NotFound("Không có ngành này.")
        return row

    def find(self, code: str) -> UnitRow | None:
        """Return the unit with that code."""
        return self._session.scalar(
            select(UnitRow).where(UnitRow.office_id == self._office_id, UnitRow.code == code)
        )
