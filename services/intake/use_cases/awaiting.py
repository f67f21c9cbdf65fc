"""What waits for somebody, found in the reports of the open periods of his office."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.auth.principal import Person
from services.intake.domain.awaiting import Awaited, OpenPeriod, Situation, awaited
from services.intake.domain.moves import State
from services.intake.persistence.mails import Mails
from services.intake.persistence.offices import Units
from services.intake.persistence.periods import Periods
from services.intake.persistence.submissions import Submissions
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.outlines import period_outline


def list_awaited(*, by: Person, deps: Deps) -> tuple[Awaited, ...]:
    """Return what waits for this person."""
    with deps.database.read() as session:
        situation = situation_of(session, by.office_id, today=deps.today())
    return awaited(situation, role=by.role, unit_id=by.unit_id)


def situation_of(session: Session, office_id: UUID, *, today: date) -> Situation:
    """Return where the office stands."""
    submissions = Submissions(session, office_id=office_id)
    units = Units(session, office_id=office_id)
    periods = tuple(
        OpenPeriod(
            id=it.id,
            title=it.title,
            due_on=it.due_on,
            unit_ids=tuple(unit.id for unit in units.reporting(it.due_on)),
        )
        for it in Periods(session, office_id=office_id).newest_first()
        if period_outline(it).is_open
    )
    return Situation(
        today=today,
        periods=periods,
        states={
            (row.period_id, row.unit_id): State(row.state)
            for period in periods
            for row in submissions.of_period(period.id)
        },
        failed_mails=Mails(session, office_id=office_id).failed(),
    )
