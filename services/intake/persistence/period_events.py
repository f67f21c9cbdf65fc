"""What happened to a period; and its changes, each only where nobody came between."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from services.intake.domain.period_events import PeriodEvent
from services.intake.persistence.insertion import try_insert
from services.intake.persistence.models import PeriodEventRow, PeriodRow


@dataclass(frozen=True, slots=True, kw_only=True)
class EventAuthor:
    """Who did it, and when."""

    account_id: UUID
    name: str
    at: datetime


class PeriodEvents:
    """The events of one period; it was reached through its office."""

    def __init__(self, session: Session, period: PeriodRow) -> None:
        self._session, self._period = session, period

    def record(self, event: PeriodEvent, author: EventAuthor) -> int:
        """Write the event down as the next one; return its number."""
        while True:
            row = self._row(event, author)
            if try_insert(self._session, row):  # else another writer took the number
                return row.number

    def all(self) -> Sequence[PeriodEventRow]:
        """Return every event, the newest first."""
        return self._session.scalars(
            select(PeriodEventRow)
            .where(PeriodEventRow.period_id == self._period.id)
            .order_by(PeriodEventRow.number.desc())
        ).all()

    def change(self, **new: Any) -> bool:
        """Change the period where nobody changed the same since it was read; else return False."""
        unchanged = [getattr(PeriodRow, name) == getattr(self._period, name) for name in new]
        changed = self._session.execute(
            update(PeriodRow)
            .where(PeriodRow.id == self._period.id, *unchanged)
            .values(**new)
            .returning(PeriodRow.id)
            .execution_options(synchronize_session=False)
        ).all()
        if changed:
            self._session.refresh(self._period)
        return bool(changed)

    def _row(self, event: PeriodEvent, author: EventAuthor) -> PeriodEventRow:
        last = self._session.scalar(
            select(func.max(PeriodEventRow.number)).where(
                PeriodEventRow.period_id == self._period.id
            )
        )
        return PeriodEventRow(
            office_id=self._period.office_id,
            period_id=self._period.id,
            number=(last or 0) + 1,
            kind=event.kind.value,
            from_value=event.before,
            to_value=event.after,
            reason=event.reason,
            at=author.at,
            account_id=author.account_id,
            account_name=author.name,
        )
