"""Submissions of one office, their rounds and their moves."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kernel.errors import Conflict, NotFound
from services.intake.persistence.insertion import try_insert
from services.intake.persistence.models import (
    MoveRow,
    PeriodRow,
    RoundRow,
    SubmissionRow,
    UnitRow,
)

CHANGED = "Báo cáo vừa được thay đổi ở nơi khác. Hãy xem lại rồi thử lại."


class ChangedMeanwhile(Conflict):
    """Somebody else's change came first; the same work may succeed on what he left."""

    def __init__(self) -> None:
        super().__init__(CHANGED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who makes a move."""

    account_id: UUID
    name: str


class Submissions:
    """Another office's submissions cannot be reached from here."""

    def __init__(self, session: Session, *, office_id: UUID) -> None:
        self._session, self._office_id = session, office_id

    def get(self, submission_id: UUID) -> SubmissionRow:
        """Return the submission; absent and foreign give the same NotFound."""
        row = self._session.scalar(
            select(SubmissionRow).where(
                SubmissionRow.office_id == self._office_id, SubmissionRow.id == submission_id
            )
        )
        if row is None:
            raise NotFound("Không có báo cáo này.")
        return row

    def find(self, period_id: UUID, unit_id: UUID) -> SubmissionRow | None:
        """Return what the unit has handed in for the period, if it has begun."""
        return self._session.scalar(
            select(SubmissionRow).where(
                SubmissionRow.office_id == self._office_id,
                SubmissionRow.period_id == period_id,
                SubmissionRow.unit_id == unit_id,
            )
        )

    def hold(self, period_id: UUID, unit_id: UUID | None) -> None:
        """Let nobody else change the unit's report or its files until this transaction ends."""
        self._session.execute(
            select(SubmissionRow.id)
            .where(
                SubmissionRow.office_id == self._office_id,
                SubmissionRow.period_id == period_id,
                SubmissionRow.unit_id == unit_id,
            )
            .with_for_update()
        )

    def begin(self, period: PeriodRow, unit_id: UUID, *, state: str, at: datetime) -> SubmissionRow:
        """Return the one submission of the unit, made now where there was none.

        A new one keeps the form edition that the period asks today.
        """
        fresh = SubmissionRow(
            office_id=self._office_id,
            period_id=period.id,
            unit_id=unit_id,
            edition_id=period.edition_id,
            state=state,
            round=0,
            version=0,
            updated_at=at,
        )
        if try_insert(self._session, fresh):
            return fresh
        existing = self.find(period.id, unit_id)
        if existing is None:  # lost to another writer, and gone again before it could be read
            raise ChangedMeanwhile
        return existing

    def change(
        self, row: SubmissionRow, *, state: str, round_number: int, at: datetime
    ) -> SubmissionRow:
        """Set state and round if nobody changed the row since it was read; else Conflict."""
        submitted_at = at if state == "submitted" else row.submitted_at
        changed = self._session.execute(
            update(SubmissionRow)
            .where(
                SubmissionRow.id == row.id,
                SubmissionRow.version == row.version,
                SubmissionRow.state == row.state,
            )
            .values(
                state=state,
                round=round_number,
                version=row.version + 1,
                updated_at=at,
                submitted_at=submitted_at,
            )
            .returning(SubmissionRow.id)
            .execution_options(synchronize_session=False)
        ).all()
        if not changed:
            raise ChangedMeanwhile
        self._session.refresh(row)
        return row

    def record_move(
        self, row: SubmissionRow, *, came_from: str, by: Author, reason: str, at: datetime
    ) -> None:
        """Write down the move that brought the submission to where it is."""
        self._session.add(
            MoveRow(
                office_id=self._office_id,
                submission_id=row.id,
                number=row.version,
                round=row.round,
                at=at,
                account_id=by.account_id,
                account_name=by.name,
                from_state=came_from,
                to_state=row.state,
                reason=reason,
            )
        )
        self._session.flush()

    def moves(self, submission_id: UUID) -> Sequence[MoveRow]:
        """Return every move, the first one first."""
        return self._session.scalars(
            select(MoveRow)
            .where(MoveRow.office_id == self._office_id, MoveRow.submission_id == submission_id)
            .order_by(MoveRow.number)
        ).all()

    def among(self, ids: Collection[UUID]) -> Sequence[SubmissionRow]:
        """Return those of these submissions that are there."""
        return self._session.scalars(
            select(SubmissionRow).where(
                SubmissionRow.office_id == self._office_id, SubmissionRow.id.in_(ids)
            )
        ).all()

    def proposer(self, row: SubmissionRow) -> UUID | None:
        """Return who proposed to accept what waits for a second person."""
        return self._session.scalar(
            select(MoveRow.account_id).where(
                MoveRow.office_id == self._office_id,
                MoveRow.submission_id == row.id,
                MoveRow.number == row.version,
                MoveRow.to_state == "proposed",
            )
        )

    def of_period(self, period_id: UUID) -> Sequence[SubmissionRow]:
        """Return what has been begun for the period."""
        return self._session.scalars(
            select(SubmissionRow).where(
                SubmissionRow.office_id == self._office_id, SubmissionRow.period_id == period_id
            )
        ).all()

    def waiting(self, period_id: UUID) -> list[tuple[UUID, UnitRow]]:
        """Return what waits for a decision of the office, in office order."""
        rows = self._session.execute(
            select(SubmissionRow.id, UnitRow)
            .join(UnitRow, UnitRow.id == SubmissionRow.unit_id)
            .where(
                SubmissionRow.office_id == self._office_id,
                SubmissionRow.period_id == period_id,
                SubmissionRow.state.in_(("submitted", "proposed")),
            )
            .order_by(UnitRow.position, UnitRow.code)
        )
        return [(row[0], row[1]) for row in rows]

    def position_of(self, row: SubmissionRow) -> tuple[int, str]:
        """Return where its unit stands in the order of the office."""
        found = self._session.execute(
            select(UnitRow.position, UnitRow.code).where(UnitRow.id == row.unit_id)
        ).one()
        return found[0], found[1]

    def of_unit(self, unit_id: UUID) -> Sequence[SubmissionRow]:
        """Return the submissions of a unit for every period."""
        return self._session.scalars(
            select(SubmissionRow).where(
                SubmissionRow.office_id == self._office_id, SubmissionRow.unit_id == unit_id
            )
        ).all()

    def accepted(self, period_id: UUID) -> list[tuple[SubmissionRow, RoundRow, UnitRow]]:
        """Return the accepted submissions with the round that was accepted, in office order."""
        rows = self._session.execute(
            select(SubmissionRow, RoundRow, UnitRow)
            .join(
                RoundRow,
                (RoundRow.submission_id == SubmissionRow.id)
                & (RoundRow.number == SubmissionRow.round),
            )
            .join(UnitRow, UnitRow.id == SubmissionRow.unit_id)
            .where(
                SubmissionRow.office_id == self._office_id,
                SubmissionRow.period_id == period_id,
                SubmissionRow.state == "accepted",
            )
            .order_by(UnitRow.position, UnitRow.code)
        ).all()
        return [(row[0], row[1], row[2]) for row in rows]
