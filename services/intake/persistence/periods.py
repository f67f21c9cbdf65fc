"""Periods of one office."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kernel.errors import NotFound
from services.intake.persistence.insertion import try_insert
from services.intake.persistence.models import PeriodRow, SubmissionRow


class Periods:
    """Another office's periods cannot be reached from here."""

    def __init__(self, session: Session, *, office_id: UUID) -> None:
        self._session, self._office_id = session, office_id

    def add(self, row: PeriodRow) -> bool:
        """Store a new period; return False where its code is taken."""
        row.office_id = self._office_id
        return try_insert(self._session, row)

    def get(self, period_id: UUID) -> PeriodRow:
        """Return the period; absent and foreign give the same NotFound."""
        row = self._session.scalar(
            select(PeriodRow).where(
                PeriodRow.office_id == self._office_id, PeriodRow.id == period_id
            )
        )
        if row is None:
            raise NotFound("Không có kỳ báo cáo này.")
        return row

    def find_by_code(self, code: str) -> PeriodRow | None:
        """Return the period with that code, if there is one."""
        return self._session.scalar(
            select(PeriodRow).where(PeriodRow.office_id == self._office_id, PeriodRow.code == code)
        )

    def get_by_code(self, code: str) -> PeriodRow:
        """Return the period with that code; absent and foreign give the same NotFound."""
        row = self.find_by_code(code)
        if row is None:
            raise NotFound("Không có kỳ báo cáo này.")
        return row

    def newest_first(self) -> Sequence[PeriodRow]:
        """Return every period."""
        return self._session.scalars(
            select(PeriodRow)
            .where(PeriodRow.office_id == self._office_id)
            .order_by(PeriodRow.year.desc(), PeriodRow.due_on.desc(), PeriodRow.code)
        ).all()

    def counts_by_state(self) -> dict[UUID, dict[str, int]]:
        """Return for each period how many submissions stand in which state."""
        rows = self._session.execute(
            select(SubmissionRow.period_id, SubmissionRow.state, func.count())
            .where(SubmissionRow.office_id == self._office_id)
            .group_by(SubmissionRow.period_id, SubmissionRow.state)
        )
        counts: dict[UUID, dict[str, int]] = {}
        for period_id, state, count in rows:
            counts.setdefault(period_id, {})[state] = count
        return counts
