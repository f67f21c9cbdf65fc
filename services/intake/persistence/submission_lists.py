"""Submissions of one office as a list that is cut by key."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from kernel.contracts.paging import Cursor, Page
from services.intake.persistence.models import PeriodRow, SubmissionRow, UnitRow

PAGE_SIZE = 50

Line = tuple[SubmissionRow, PeriodRow, UnitRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What is asked for; empty means all."""

    period_id: UUID | None = None
    unit_id: UUID | None = None
    unit_code: str = ""
    state: str = ""
    after: Cursor | None = None


def page_of(session: Session, filters: Filters, *, office_id: UUID) -> Page[Line]:
    """Return a page of the submissions that match, last touched first."""
    rows = session.execute(
        select(SubmissionRow, PeriodRow, UnitRow)
        .join(PeriodRow, PeriodRow.id == SubmissionRow.period_id)
        .join(UnitRow, UnitRow.id == SubmissionRow.unit_id)
        .where(SubmissionRow.office_id == office_id, *_conditions(filters))
        .order_by(SubmissionRow.updated_at.desc(), SubmissionRow.id.desc())
        .limit(PAGE_SIZE + 1)
    ).all()
    lines: list[Line] = [(row[0], row[1], row[2]) for row in rows[:PAGE_SIZE]]
    last = lines[-1][0] if len(rows) > PAGE_SIZE else None
    return Page(items=lines, next=Cursor(at=last.updated_at, id=last.id) if last else None)


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    conditions = []
    if filters.period_id:
        conditions.append(SubmissionRow.period_id == filters.period_id)
    if filters.unit_id:
        conditions.append(SubmissionRow.unit_id == filters.unit_id)
    if filters.unit_code:
        conditions.append(UnitRow.code == filters.unit_code)
    if filters.state:
        conditions.append(SubmissionRow.state == filters.state)
    if filters.after:
        at, row_id = filters.after.at, filters.after.id
        same_moment = and_(SubmissionRow.updated_at == at, SubmissionRow.id < row_id)
        conditions.append(or_(SubmissionRow.updated_at < at, same_moment))
    return conditions
