"""The last report of a unit before a period."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.intake.persistence.models import PeriodRow, RoundRow, SubmissionRow, UnitRow


def last_report(
    session: Session, period: PeriodRow, unit: UnitRow
) -> tuple[PeriodRow, RoundRow] | None:
    """Return what the unit handed in for the newest period due before this one."""
    row = session.execute(
        select(PeriodRow, RoundRow)
        .join(SubmissionRow, SubmissionRow.period_id == PeriodRow.id)
        .join(
            RoundRow,
            (RoundRow.submission_id == SubmissionRow.id)
            & (RoundRow.submitted_at.is_not(None))
            & (RoundRow.number <= SubmissionRow.round),
        )
        .where(
            SubmissionRow.office_id == period.office_id,
            SubmissionRow.unit_id == unit.id,
            PeriodRow.id != period.id,
            PeriodRow.due_on < period.due_on,
        )
        .order_by(PeriodRow.due_on.desc(), RoundRow.number.desc())
        .limit(1)
    ).first()
    return (row[0], row[1]) if row else None
