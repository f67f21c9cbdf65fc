"""List what was begun or handed in, page by page."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from kernel.auth.principal import Person, Role
from kernel.contracts.paging import Page
from services.intake.domain.deadlines import days_late
from services.intake.domain.moves import HANDED_IN, State
from services.intake.persistence.offices import Units
from services.intake.persistence.submission_lists import Filters, Line, page_of
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.outlines import UnitOutline, unit_outline


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionLine:
    """One submission of the list; its content is read by itself."""

    id: UUID
    period_id: UUID
    unit: UnitOutline
    state: State
    round: int
    updated_at: datetime
    submitted_at: datetime | None
    days_late: int


def list_submissions(filters: Filters, *, by: Person, deps: Deps) -> Page[SubmissionLine]:
    """Return a page: an officer's own unit, or the whole office."""
    with deps.database.read() as session:
        if by.role is Role.SECTOR_OFFICER:
            own = Units(session, office_id=by.office_id).get(by.unit_id)
            filters = replace(filters, unit_id=own.id)
        page = page_of(session, filters, office_id=by.office_id)
        return Page(items=[_line(it, deps) for it in page.items], next=page.next)


def _line(line: Line, deps: Deps) -> SubmissionLine:
    row, period, unit = line
    is_in = State(row.state) in HANDED_IN
    late = days_late(
        period.due_on, submitted_at=row.submitted_at if is_in else None, today=deps.today()
    )
    return SubmissionLine(
        id=row.id,
        period_id=row.period_id,
        unit=unit_outline(unit),
        state=State(row.state),
        round=row.round,
        updated_at=row.updated_at,
        submitted_at=row.submitted_at,
        days_late=late,
    )
