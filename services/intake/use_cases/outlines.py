"""The frozen values in which use cases speak of rows, without the rows."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.intake.domain.receipts import Receipt, receipt_code
from services.intake.persistence.models import MoveRow, PeriodRow, RoundRow, SubmissionRow, UnitRow


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodOutline:
    """A period without its form."""

    id: UUID
    code: str
    title: str
    year: int
    due_on: date
    status: str

    @property
    def is_open(self) -> bool:
        """Say whether units may still report."""
        return self.status == "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitOutline:
    """A unit."""

    id: UUID
    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveOutline:
    """One move of a submission."""

    at: datetime
    by: str
    from_state: str
    to_state: str
    round: int
    reason: str


def period_outline(row: PeriodRow) -> PeriodOutline:
    """Return the period as a value."""
    return PeriodOutline(
        id=row.id,
        code=row.code,
        title=row.title,
        year=row.year,
        due_on=row.due_on,
        status=row.status,
    )


def unit_outline(row: UnitRow) -> UnitOutline:
    """Return the unit as a value."""
    return UnitOutline(id=row.id, code=row.code, name=row.name)


def move_outline(row: MoveRow) -> MoveOutline:
    """Return the move as a value."""
    return MoveOutline(
        at=row.at,
        by=row.account_name,
        from_state=row.from_state,
        to_state=row.to_state,
        round=row.round,
        reason=row.reason,
    )


def receipt_of(
    submission: SubmissionRow, round_: RoundRow, period: PeriodRow, unit: UnitRow
) -> Receipt:
    """Return what stands recorded."""
    return Receipt(
        submission_id=submission.id,
        state=submission.state,
        round=round_.number,
        code=receipt_code(period.code, unit.code, round_.number, round_.sha256),
        sha256=round_.sha256,
        submitted_at=round_.submitted_at,
    )
