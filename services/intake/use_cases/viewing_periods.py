"""Look at a period as the one who runs it: who is asked what, what happened to it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kernel.errors import Located
from services.intake.domain.form_differences import Difference, differences
from services.intake.domain.form_faults import faults_of
from services.intake.domain.forms import Part
from services.intake.domain.moves import EDITABLE, State
from services.intake.domain.period_events import PeriodEvent, PeriodEventKind
from services.intake.persistence.documents import form_from
from services.intake.persistence.form_editions import FormEditions
from services.intake.persistence.models import PeriodEventRow
from services.intake.persistence.offices import Units
from services.intake.persistence.period_events import PeriodEvents
from services.intake.persistence.periods import Periods
from services.intake.persistence.submissions import Submissions
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.form_outlines import (
    EditionOutline,
    edition_outlines,
    unit_names,
)
from services.intake.use_cases.outlines import (
    PeriodOutline,
    UnitOutline,
    period_outline,
    unit_outline,
)
from services.intake.use_cases.scheduling import OpenPeriod, code_taken, edition_to_open


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedUnit:
    """What a period asks of one unit."""

    unit: UnitOutline
    parts: tuple[Part, ...]
    indicators: int
    prompts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningPlan:
    """What opening a period would do; `faults` forbid it."""

    edition: EditionOutline
    asked: tuple[AskedUnit, ...]
    faults: tuple[Located, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HappenedEvent:
    """One event of a period, as it is told."""

    event: PeriodEvent
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BegunReport:
    """A report that was begun, and the edition that it is filled in under."""

    unit: UnitOutline
    submission_id: UUID
    state: State
    edition: EditionOutline
    is_behind: bool

    @property
    def may_move(self) -> bool:
        """Say whether it may be moved to the edition that the period asks now."""
        return self.is_behind and self.state in EDITABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodSettings:
    """A period, the edition that it asks, who began under which, and what happened."""

    period: PeriodOutline
    opened_at: datetime
    edition: EditionOutline
    begun: tuple[BegunReport, ...]
    waiting: tuple[UnitOutline, ...]
    events: tuple[HappenedEvent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionChange:
    """What changing the edition of a period would mean."""

    settings: PeriodSettings
    after: EditionOutline
    differences: tuple[Difference, ...]
    faults: tuple[Located, ...]


def plan_opening(command: OpenPeriod, *, office_id: UUID, deps: Deps) -> OpeningPlan:
    """Return who would be asked what, before anything is opened."""
    with deps.database.read() as session:
        if Periods(session, office_id=office_id).find_by_code(command.code) is not None:
            raise code_taken(command.code)
        edition = edition_to_open(session, command, office_id=office_id)
        form = form_from(edition.form)
        units = Units(session, office_id=office_id).reporting(command.due_on)
        (outline,) = edition_outlines(session, [edition], office_id=office_id)
        return OpeningPlan(
            edition=outline,
            asked=tuple(
                AskedUnit(
                    unit=unit_outline(unit),
                    parts=form.parts_of(unit.code),
                    indicators=len(form.indicators_of(unit.code)),
                    prompts=len(form.prompts_of(unit.code)),
                )
                for unit in units
            ),
            faults=tuple(faults_of(form, [unit.code for unit in units])),
        )


def view_settings(period_id: UUID, *, office_id: UUID, deps: Deps) -> PeriodSettings:
    """Return the period with all that may be changed about it."""
    with deps.database.read() as session:
        period = Periods(session, office_id=office_id).get(period_id)
        submissions = Submissions(session, office_id=office_id).of_period(period.id)
        editions = FormEditions(session, office_id=office_id)
        used = {it.edition_id for it in submissions} | {period.edition_id}
        outlines = {
            it.id: it
            for it in edition_outlines(
                session, [editions.get(one) for one in used], office_id=office_id
            )
        }
        units = Units(session, office_id=office_id).reporting(period.due_on)
        by_unit = {it.unit_id: it for it in submissions}
        return PeriodSettings(
            period=period_outline(period),
            opened_at=period.opened_at,
            edition=outlines[period.edition_id],
            begun=tuple(
                BegunReport(
                    unit=unit_outline(unit),
                    submission_id=row.id,
                    state=State(row.state),
                    edition=outlines[row.edition_id],
                    is_behind=row.edition_id != period.edition_id,
                )
                for unit in units
                if (row := by_unit.get(unit.id))
            ),
            waiting=tuple(unit_outline(unit) for unit in units if unit.id not in by_unit),
            events=tuple(map(_happened, PeriodEvents(session, period).all())),
        )


def plan_edition_change(
    period_id: UUID, edition_id: UUID, *, office_id: UUID, deps: Deps
) -> EditionChange:
    """Return what would be asked otherwise, and of whom."""
    settings = view_settings(period_id, office_id=office_id, deps=deps)
    with deps.database.read() as session:
        editions = FormEditions(session, office_id=office_id)
        row = editions.get(edition_id)
        before, after = editions.form(settings.edition.id), form_from(row.form)
        units = Units(session, office_id=office_id).reporting(settings.period.due_on)
        (outline,) = edition_outlines(session, [row], office_id=office_id)
        return EditionChange(
            settings=settings,
            after=outline,
            differences=differences(before, after, unit_names(units)),
            faults=tuple(faults_of(after, [unit.code for unit in units])),
        )


def _happened(row: PeriodEventRow) -> HappenedEvent:
    event = PeriodEvent(
        kind=PeriodEventKind(row.kind),
        before=row.from_value,
        after=row.to_value,
        reason=row.reason,
    )
    return HappenedEvent(event=event, at=row.at, by=row.account_name)
