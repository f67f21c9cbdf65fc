"""What was typed and could not be saved, of one office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from services.intake.domain.forms import Part
from services.intake.persistence.insertion import try_insert
from services.intake.persistence.models import TypedPartRow
from services.intake.persistence.submissions import Author

Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Which part of whose report for which period."""

    period_id: UUID
    unit_id: UUID
    part: Part


class TypedParts:
    """Another office's typing cannot be reached from here."""

    def __init__(self, session: Session, *, office_id: UUID) -> None:
        self._session, self._office_id = session, office_id

    def keep(
        self, desk: Desk, fields: Fields, *, seen_version: int, by: Author, at: datetime
    ) -> None:
        """Keep the fields as they were typed, in place of what this account typed before."""
        fresh = TypedPartRow(
            office_id=self._office_id,
            period_id=desk.period_id,
            unit_id=desk.unit_id,
            part=desk.part.value,
            account_id=by.account_id,
            account_name=by.name,
            typed={"fields": [list(it) for it in fields]},
            seen_version=seen_version,
            at=at,
        )
        if try_insert(self._session, fresh):
            return
        row = self.find(desk, by.account_id)
        if row is not None:
            row.typed, row.seen_version, row.at = fresh.typed, seen_version, at
            self._session.flush()

    def find(self, desk: Desk, account_id: UUID) -> TypedPartRow | None:
        """Return what this account typed into that part, if anything waits there."""
        return self._session.scalar(
            select(TypedPartRow).where(
                TypedPartRow.office_id == self._office_id,
                TypedPartRow.period_id == desk.period_id,
                TypedPartRow.unit_id == desk.unit_id,
                TypedPartRow.part == desk.part.value,
                TypedPartRow.account_id == account_id,
            )
        )

    def of_report(self, period_id: UUID, unit_id: UUID) -> Sequence[TypedPartRow]:
        """Return everything that waits in the report of a unit."""
        return self._session.scalars(
            select(TypedPartRow).where(
                TypedPartRow.office_id == self._office_id,
                TypedPartRow.period_id == period_id,
                TypedPartRow.unit_id == unit_id,
            )
        ).all()

    def drop(self, desk: Desk, account_id: UUID) -> None:
        """Forget what this account typed: it is saved, or it was given up."""
        self._session.execute(
            delete(TypedPartRow).where(
                TypedPartRow.office_id == self._office_id,
                TypedPartRow.period_id == desk.period_id,
                TypedPartRow.unit_id == desk.unit_id,
                TypedPartRow.part == desk.part.value,
                TypedPartRow.account_id == account_id,
            )
        )
