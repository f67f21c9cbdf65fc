"""The frozen values in which use cases speak of rows, without the rows."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.intake.domain.receipts import Receipt, receipt_code
from services.intake.domain.validity import Former, text_on
from services.intake.persistence.models import (
    MoveRow,
    OfficeRow,
    PeriodRow,
    RoundRow,
    SubmissionRow,
    UnitRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodOutline:
    """A period without its form."""

    id: UUID
    code: str
    title: str
    year: int
    due_on: date
    status: str
    needs_second: bool = False

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
        needs_second=row.needs_second,
    )


def unit_outline(row: UnitRow, *, on: date | None = None) -> UnitOutline:
    """Return the unit as a value, under the name that it bore on the day; today's without one."""
    return UnitOutline(id=row.id, code=row.code, name=unit_name(row, on))


def unit_name(row: UnitRow, on: date | None) -> str:
    """Return the name that the unit bore on the day."""
    former = [Former(text=it.name, valid_to=it.valid_to) for it in row.former_names]
    return text_on(row.name, former, on)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeNames:
    """What an office is called, and where it sits, for a day."""

    name: str
    short_name: str
    place: str


def office_names(row: OfficeRow, on: date | None = None) -> OfficeNames:
    """Return the names that the office bore on the day; today's without one."""
    still = [it for it in row.former_names if on is not None and on <= it.valid_to]
    bearer = min(still, key=lambda it: it.valid_to) if still else row
    return OfficeNames(name=bearer.name, short_name=bearer.short_name, place=bearer.place)


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
