"""Daily jobs: which office has had which of them today."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.intake.persistence.insertion import try_insert
from services.intake.persistence.models import AccountRow, DailyRunRow

DIGEST = "digest"


def offices_without(session: Session, job: str, day: date) -> Sequence[UUID]:
    """Return the offices with accounts for which the job was not done on that day."""
    done = select(DailyRunRow.office_id).where(DailyRunRow.job == job, DailyRunRow.day == day)
    return session.scalars(
        select(AccountRow.office_id).where(AccountRow.office_id.not_in(done)).distinct()
    ).all()


def claim_run(session: Session, office_id: UUID, job: str, day: date, *, at: datetime) -> bool:
    """Note the job as done, with whatever else the transaction writes; False when it was done."""
    return try_insert(session, DailyRunRow(office_id=office_id, job=job, day=day, at=at))
