"""Begin with the report of last period: shown before it is done, and taken back by one press."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.auth.principal import Person
from kernel.errors import Conflict
from services.intake.domain.content import ReportContent
from services.intake.domain.copying import with_copied
from services.intake.domain.forms import Part, PeriodForm
from services.intake.domain.moves import refuse_unless_editable
from services.intake.domain.parts import only, replaced
from services.intake.domain.receipts import Call
from services.intake.persistence.documents import content_from
from services.intake.persistence.last_reports import last_report
from services.intake.persistence.models import PeriodRow
from services.intake.persistence.part_drafts import PartDrafts
from services.intake.persistence.set_asides import Aside, SetAsides
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.once import Memory, remembered
from services.intake.use_cases.outlines import (
    PeriodOutline,
    UnitOutline,
    period_outline,
    unit_outline,
)
from services.intake.use_cases.storing import (
    Binder,
    Pen,
    author,
    open_binder,
    refuse_closed,
    retried,
    store_draft,
)

BEFORE_COPY = "before_copy"
NOTHING_OLDER = "Ngành chưa nộp báo cáo nào cho kỳ trước nên chưa có gì để lấy lại."


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedPart:
    """A part as it stands, and as it would stand."""

    part: Part
    before: ReportContent
    after: ReportContent


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyPreview:
    """What would be copied, part by part; empty where nothing would change."""

    period: PeriodOutline
    unit: UnitOutline
    form: PeriodForm
    source: PeriodOutline | None
    parts: tuple[CopiedPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyParts:
    """Copy these parts."""

    period_id: UUID
    parts: tuple[Part, ...]
    call: Call


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """The parts that were filled; by the ids of what they held before, each is taken back."""

    source: str
    parts: tuple[Part, ...]
    before: tuple[UUID, ...]


def preview_copy(period_id: UUID, *, by: Person, deps: Deps) -> CopyPreview:
    """Return what the last report would give to this one."""
    with deps.database.read() as session:
        binder = open_binder(session, period_id, by=by)
        found = last_report(session, binder.period, binder.unit)
        return CopyPreview(
            period=period_outline(binder.period),
            unit=unit_outline(binder.unit),
            form=binder.form,
            source=period_outline(found[0]) if found else None,
            parts=_copied(binder, content_from(found[1].content)) if found else (),
        )


def copy_parts(command: CopyParts, *, by: Person, deps: Deps) -> Copied:
    """Fill the blanks of the parts, mark them as copied, keep what they held before."""
    at = deps.now()
    return retried(
        deps,
        lambda session: remembered(
            session,
            command.call,
            lambda: _copy(session, command, by=by, deps=deps),
            COPIES,
            office_id=by.office_id,
            at=at,
        ),
    )


def _copy(session: Session, command: CopyParts, *, by: Person, deps: Deps) -> Copied:
    binder = open_binder(session, command.period_id, by=by)
    refuse_closed(binder.period)
    refuse_unless_editable(binder.state)
    found = last_report(session, binder.period, binder.unit)
    if found is None:
        raise Conflict(NOTHING_OLDER)
    source, last = found
    wanted = [it for it in _copied(binder, content_from(last.content)) if it.part in command.parts]
    if not wanted:
        return Copied(source=source.title, parts=(), before=())
    return _fill(session, binder, tuple(wanted), source, Pen(by=by, at=deps.now()))


def _fill(
    session: Session,
    binder: Binder,
    wanted: tuple[CopiedPart, ...],
    source: PeriodRow,
    pen: Pen,
) -> Copied:
    content = binder.content
    for it in wanted:
        content = replaced(content, it.part, it.after)
    copying = Pen(by=pen.by, at=pen.at, copied_from=source.title)
    row, _ = store_draft(session, binder, content, copying)
    drafts = PartDrafts(session, row).by_part()
    asides = SetAsides(session, office_id=pen.by.office_id)
    kept = [
        asides.keep(
            row,
            Aside(
                part=it.part,
                content=it.before,
                why=BEFORE_COPY,
                seen_version=drafts[it.part].version,
                by=author(pen.by),
                at=pen.at,
                outcome=BEFORE_COPY,
            ),
        )
        for it in wanted
    ]
    return Copied(
        source=source.title,
        parts=tuple(it.part for it in wanted),
        before=tuple(it.id for it in kept),
    )


def _copied(binder: Binder, last: ReportContent) -> tuple[CopiedPart, ...]:
    content, code = binder.content, binder.unit.code
    found = [
        CopiedPart(
            part=part,
            before=only(content, part),
            after=only(with_copied(part, content, last, binder.form, code), part),
        )
        for part in binder.form.parts_of(code)
    ]
    return tuple(it for it in found if it.before != it.after)


COPIES: Memory[Copied] = Memory(
    lambda copied: {
        "source": copied.source,
        "parts": [it.value for it in copied.parts],
        "before": [str(it) for it in copied.before],
    },
    lambda kept: Copied(
        source=kept["source"],
        parts=tuple(map(Part, kept["parts"])),
        before=tuple(map(UUID, kept["before"])),
    ),
)
