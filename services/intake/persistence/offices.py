"""Offices, who stands above them, and their units."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from kernel.contracts.identity import office_id_for
from kernel.errors import NotFound
from services.intake.domain.office import OfficeProfile
from services.intake.domain.validity import covers
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
            UnitRow(office_id=row.id, code=unit.code, name=unit.name, position=place)
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

    def find(self, code: str) -> OfficeRow | None:
        """Return the office with that code."""
        return self._session.scalar(select(OfficeRow).where(OfficeRow.code == code))

    def lock(self, office_id: UUID) -> OfficeRow:
        """Return the office; whoever else changes its accounts or units waits."""
        return self._session.get_one(OfficeRow, office_id, with_for_update=True)

    def superior_on(self, office_id: UUID, on: date) -> OfficeRow | None:
        """Return the superior of that day; the last one known where none covers the day."""
        relations = Superiors(self._session, office_id=office_id).all()
        covering = [office for it, office in relations if covers(it.valid_from, it.valid_to, on)]
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


class Superiors:
    """Who stood above one office, and when."""

    def __init__(self, session: Session, *, office_id: UUID) -> None:
        self._session, self._office_id = session, office_id

    def all(self) -> Sequence[tuple[SuperiorRow, OfficeRow]]:
        """Return every relation with the superior, the oldest first."""
        rows = self._session.execute(
            select(SuperiorRow, OfficeRow)
            .join(OfficeRow, OfficeRow.id == SuperiorRow.superior_id)
            .where(SuperiorRow.office_id == self._office_id)
        ).all()
        return sorted(
            ((row[0], row[1]) for row in rows), key=lambda it: it[0].valid_from or date.min
        )

    def get(self, relation_id: UUID) -> SuperiorRow:
        """Return one relation; absent and foreign give the same NotFound."""
        row = self._session.scalar(
            select(SuperiorRow).where(
                SuperiorRow.office_id == self._office_id, SuperiorRow.id == relation_id
            )
        )
        if row is None:
            raise NotFound("Không có cơ quan cấp trên này.")
        return row

    def add(
        self, superior_id: UUID, *, valid_from: date | None, valid_to: date | None
    ) -> SuperiorRow:
        """Write down that this office stands above from one day to the other."""
        row = SuperiorRow(
            office_id=self._office_id,
            superior_id=superior_id,
            valid_from=valid_from,
            valid_to=valid_to,
        )
        self._session.add(row)
        self._session.flush()
        return row


class Units:
    """Units of one office."""

    def __init__(self, session: Session, *, office_id: UUID) -> None:
        self._session, self._office_id = session, office_id

    def all(self) -> Sequence[UnitRow]:
        """Return every unit that there ever was, in the order of the office."""
        return self._session.scalars(
            select(UnitRow)
            .where(UnitRow.office_id == self._office_id)
            .order_by(UnitRow.position, UnitRow.code)
        ).all()

    def reporting(self, on: date) -> Sequence[UnitRow]:
        """Return the units that report in a period due on that day, in the order of the office."""
        return self._session.scalars(
            select(UnitRow)
            .where(
                UnitRow.office_id == self._office_id,
                or_(UnitRow.valid_from.is_(None), UnitRow.valid_from <= on),
                or_(UnitRow.valid_to.is_(None), UnitRow.valid_to >= on),
            )
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

    def merged_into(self, unit_id: UUID) -> Sequence[UnitRow]:
        """Return the units whose successor this unit is."""
        return self._session.scalars(
            select(UnitRow)
            .where(UnitRow.office_id == self._office_id, UnitRow.successor_id == unit_id)
            .order_by(UnitRow.position, UnitRow.code)
        ).all()

    def add(self, row: UnitRow) -> bool:
        """Store a new unit behind the others; return False where its code is taken."""
        row.office_id, row.position = self._office_id, self._last_position() + 1
        return try_insert(self._session, row)

    def _last_position(self) -> int:
        last = self._session.scalar(
            select(func.max(UnitRow.position)).where(UnitRow.office_id == self._office_id)
        )
        return -1 if last is None else last
