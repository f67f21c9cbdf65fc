"""Open the report of a unit: what it asks, what it holds, how far each part has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.auth.principal import Person
from kernel.errors import Located, NotFound
from services.intake.domain.checking import errors_in, gaps_in, gaps_of
from services.intake.domain.comments import Thread, open_among
from services.intake.domain.content import ReportContent
from services.intake.domain.deadlines import days_late
from services.intake.domain.findings import Finding
from services.intake.domain.forms import Part, PeriodForm
from services.intake.domain.moves import EDITABLE, State
from services.intake.domain.parts import PartState, errors_of, state_of
from services.intake.domain.receipts import sha256_of
from services.intake.domain.reconciling import findings_in
from services.intake.domain.validity import day_of_period
from services.intake.persistence.comments import Comments
from services.intake.persistence.documents import content_json
from services.intake.persistence.models import PartDraftRow, TypedPartRow
from services.intake.persistence.part_drafts import PartDrafts
from services.intake.persistence.set_asides import SetAsides
from services.intake.persistence.submissions import Submissions
from services.intake.persistence.typed_parts import TypedParts
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.last_year import figures_of
from services.intake.use_cases.outlines import (
    PeriodOutline,
    UnitOutline,
    period_outline,
    unit_outline,
)
from services.intake.use_cases.reconciling import with_findings
from services.intake.use_cases.storing import Binder, open_binder


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What somebody typed into a part and could not save; the fields are for himself alone."""

    by: str
    is_mine: bool
    at: datetime
    seen_version: int
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPart:
    """One part of an open report."""

    part: Part
    help: str
    state: PartState
    version: int
    saved_at: datetime | None
    saved_by: str
    copied_from: str
    errors: tuple[Located, ...]
    gaps: tuple[str, ...]
    conflicts: tuple[UUID, ...]
    typed: tuple[Typed, ...]
    threads: tuple[Thread, ...]

    @property
    def my_typed(self) -> Typed | None:
        """Return what waits here of the one who looks."""
        return next((it for it in self.typed if it.is_mine), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenReport:
    """The report of a unit with what it holds so far; `errors` forbid to hand it in."""

    period: PeriodOutline
    unit: UnitOutline
    form: PeriodForm
    state: State
    content: ReportContent
    sha256: str
    version: int
    saved_at: datetime | None
    submission_id: UUID | None
    reason: str
    gaps: tuple[str, ...]
    last_year: Mapping[str, Decimal]
    findings: tuple[Finding, ...]
    errors: tuple[Located, ...]
    parts: tuple[OpenPart, ...]
    days_left: int
    days_late: int
    is_behind: bool

    @property
    def may_be_edited(self) -> bool:
        """Say whether the unit may still change it."""
        return self.period.is_open and self.state in EDITABLE

    @property
    def done(self) -> int:
        """Return of how many parts nothing more is expected."""
        return sum(it.state.is_done for it in self.parts)

    @property
    def obstacles(self) -> bool:
        """Say whether something must be put in order before the report can be handed in."""
        return any(it.errors or it.my_typed or it.conflicts for it in self.parts)

    @property
    def begun(self) -> bool:
        """Say whether anything was saved."""
        return self.saved_at is not None

    def part(self, part: Part) -> OpenPart:
        """Return one part; NotFound where it is not asked of this unit."""
        found = next((it for it in self.parts if it.part is part), None)
        if found is None:
            raise NotFound("Biểu mẫu của ngành không có phần này.")
        return found

    def after(self, part: Part) -> Part | None:
        """Return the part that follows in the form."""
        order = [it.part for it in self.parts]
        place = order.index(part) + 1
        return order[place] if place < len(order) else None


def open_report(period_id: UUID, *, by: Person, deps: Deps) -> OpenReport:
    """Return the report as the unit last left it, or as it begins."""
    with deps.database.read() as session:
        binder = open_binder(session, period_id, by=by)
        row, latest, code = binder.row, binder.latest, binder.unit.code
        moves = Submissions(session, office_id=by.office_id).moves(row.id) if row else ()
        last_year = figures_of(session, binder.unit.id, binder.period, binder.form)
        findings = findings_in(binder.content, binder.form, code, last_year)
        errors = with_findings(
            errors_in(binder.content, binder.form, code, is_final=True), findings
        )
        due_on = binder.period.due_on
        return OpenReport(
            period=period_outline(binder.period),
            unit=unit_outline(binder.unit, on=day_of_period(due_on, deps.today())),
            form=binder.form,
            state=binder.state,
            content=binder.content,
            sha256=latest.sha256 if latest else sha256_of(content_json(binder.content)),
            version=row.version if row else 0,
            saved_at=latest.saved_at if latest else None,
            submission_id=row.id if row else None,
            reason=moves[-1].reason if moves and binder.state is State.RETURNED else "",
            gaps=gaps_in(binder.content, binder.form, code),
            last_year=last_year,
            findings=findings,
            errors=errors,
            parts=_parts(session, binder, errors, by=by),
            days_left=max(0, (due_on - deps.today()).days),
            days_late=days_late(due_on, submitted_at=None, today=deps.today()),
            is_behind=row is not None and row.edition_id != binder.period.edition_id,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Aside:
    """What lies beside a part: other texts, unsaved typing, what the office asks about it."""

    conflicts: tuple[UUID, ...]
    typed: tuple[Typed, ...]
    threads: tuple[Thread, ...]


def _parts(
    session: Session, binder: Binder, errors: tuple[Located, ...], *, by: Person
) -> tuple[OpenPart, ...]:
    drafts = PartDrafts(session, binder.row).by_part() if binder.row else {}
    conflicts = _conflicts(session, binder)
    comments = Comments(session, office_id=by.office_id)
    threads = open_among(comments.threads(binder.row.id)) if binder.row else ()
    waiting = TypedParts(session, office_id=by.office_id).of_report(
        binder.period.id, binder.unit.id
    )
    return tuple(
        _part(
            part,
            binder,
            errors_of(part, errors, binder.content),
            drafts.get(part),
            aside=_Aside(
                conflicts=conflicts.get(part, ()),
                typed=tuple(_typed(row, by=by) for row in waiting if row.part == part.value),
                threads=tuple(it for it in threads if it.part == part.value),
            ),
        )
        for part in binder.form.parts_of(binder.unit.code)
    )


def _part(
    part: Part,
    binder: Binder,
    errors: tuple[Located, ...],
    draft: PartDraftRow | None,
    *,
    aside: _Aside,
) -> OpenPart:
    content, form, code = binder.content, binder.form, binder.unit.code
    gaps = gaps_of(part, content, form, code)
    faults = errors_of(part, errors_in(content, form, code, is_final=False), content)
    return OpenPart(
        part=part,
        help=form.guide(part).help,
        state=state_of(part, content, faults=(*faults, *aside.typed), lacks=(*errors, *gaps)),
        version=draft.version if draft else 0,
        saved_at=draft.saved_at if draft else None,
        saved_by=draft.saved_by_name if draft else "",
        copied_from=draft.copied_from if draft else "",
        errors=errors,
        gaps=gaps,
        conflicts=aside.conflicts,
        typed=aside.typed,
        threads=aside.threads,
    )


def _conflicts(session: Session, binder: Binder) -> Mapping[str, tuple[UUID, ...]]:
    """Return what still waits for somebody to decide, part by part."""
    if binder.row is None:
        return {}
    found: dict[str, tuple[UUID, ...]] = {}
    for row in SetAsides(session, office_id=binder.row.office_id).of_submission(binder.row.id):
        if row.settled_at is None:
            found[row.part] = (*found.get(row.part, ()), row.id)
    return found


def _typed(row: TypedPartRow, *, by: Person) -> Typed:
    is_mine = row.account_id == by.account_id
    fields = row.typed["fields"] if is_mine else ()
    return Typed(
        by=row.account_name,
        is_mine=is_mine,
        at=row.at,
        seen_version=row.seen_version,
        fields=tuple((str(name), str(value)) for name, value in fields),
    )
