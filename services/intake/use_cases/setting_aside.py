"""Texts that were set aside: look at both sides, decide, take back; nothing is thrown away."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.auth.principal import Person
from kernel.errors import Conflict, NotFound
from services.intake.domain.content import ReportContent
from services.intake.domain.forms import Part, PeriodForm
from services.intake.domain.merging import RowPair, Side, merged, pairs_of
from services.intake.domain.moves import EDITABLE
from services.intake.domain.parts import only
from services.intake.domain.receipts import Call
from services.intake.persistence.documents import content_from
from services.intake.persistence.models import SetAsideRow
from services.intake.persistence.part_drafts import PartDrafts
from services.intake.persistence.set_asides import SetAsides
from services.intake.persistence.submissions import CHANGED, Submissions
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.drafting import SAVINGS, PartSaving, SavePart, write_part
from services.intake.use_cases.once import remembered
from services.intake.use_cases.outlines import (
    PeriodOutline,
    UnitOutline,
    period_outline,
    unit_outline,
)
from services.intake.use_cases.storing import Binder, Pen, open_binder, retried


@dataclass(frozen=True, slots=True, kw_only=True)
class AsideOutline:
    """A text that was set aside, without its words."""

    id: UUID
    part: Part
    why: str
    by: str
    is_mine: bool
    at: datetime
    settled_at: datetime | None
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoTexts:
    """Both texts of a part; `version` is that of the one that stands in the report now."""

    period: PeriodOutline
    unit: UnitOutline
    form: PeriodForm
    aside: AsideOutline
    mine: ReportContent
    theirs: ReportContent
    version: int
    saved_by: str
    saved_at: datetime | None
    may_be_edited: bool

    @property
    def pairs(self) -> tuple[RowPair, ...]:
        """Return both texts row by row."""
        return pairs_of(self.aside.part, self.mine, self.theirs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle:
    """What is to stand in the report: mine, theirs, or row by row.

    `seen_version` is that of their text which was looked at. `content` is what a person made of
    both by hand.
    """

    set_aside_id: UUID
    side: Side
    seen_version: int
    call: Call
    rows: Mapping[str, Side] = field(default_factory=dict)
    content: ReportContent | None = None


def list_set_asides(period_id: UUID, *, by: Person, deps: Deps) -> tuple[AsideOutline, ...]:
    """Return everything that is kept beside the report of the unit, the newest first."""
    with deps.database.read() as session:
        binder = open_binder(session, period_id, by=by)
        if binder.row is None:
            return ()
        rows = SetAsides(session, office_id=by.office_id).of_submission(binder.row.id)
        return tuple(_outline(row, by=by) for row in rows)


def show_set_aside(set_aside_id: UUID, *, by: Person, deps: Deps) -> TwoTexts:
    """Return the text beside the one that stands in the report now."""
    with deps.database.read() as session:
        row, binder = _reached(session, set_aside_id, by=by)
        part = Part(row.part)
        draft = PartDrafts(session, binder.row).find(part) if binder.row else None
        outline = period_outline(binder.period)
        return TwoTexts(
            period=outline,
            unit=unit_outline(binder.unit),
            form=binder.form,
            aside=_outline(row, by=by),
            mine=content_from(row.content),
            theirs=only(binder.content, part),
            version=draft.version if draft else 0,
            saved_by=draft.saved_by_name if draft else "",
            saved_at=draft.saved_at if draft else None,
            may_be_edited=outline.is_open and binder.state in EDITABLE,
        )


def settle(command: Settle, *, by: Person, deps: Deps) -> PartSaving:
    """Put into the report what was chosen; what it replaces is kept too."""
    at = deps.now()
    return retried(
        deps,
        lambda session: remembered(
            session,
            command.call,
            lambda: _settle(session, command, Pen(by=by, at=at, keeps_replaced=True)),
            SAVINGS,
            office_id=by.office_id,
            at=at,
        ),
    )


def _settle(session: Session, command: Settle, pen: Pen) -> PartSaving:
    asides = SetAsides(session, office_id=pen.by.office_id)
    row, binder = _reached(session, command.set_aside_id, by=pen.by)
    part = Part(row.part)
    draft = PartDrafts(session, binder.row).find(part) if binder.row else None
    if draft is not None and draft.version != command.seen_version:
        raise Conflict(CHANGED)
    asides.settle(row, outcome=command.side, at=pen.at)
    if command.side is Side.THEIRS:
        return PartSaving(
            part=part,
            version=command.seen_version,
            saved_at=draft.saved_at if draft else pen.at,
            saved_by=draft.saved_by_name if draft else "",
        )
    theirs = only(binder.content, part)
    save = SavePart(
        period_id=binder.period.id,
        part=part,
        content=command.content or _chosen(command, part, content_from(row.content), theirs),
        seen_version=command.seen_version,
    )
    return write_part(session, save, pen)


def _chosen(
    command: Settle, part: Part, mine: ReportContent, theirs: ReportContent
) -> ReportContent:
    if command.side is Side.MINE:
        return mine
    return merged(part, mine, theirs, command.rows)


def _reached(session: Session, set_aside_id: UUID, *, by: Person) -> tuple[SetAsideRow, Binder]:
    """Return the text and the report that it lies beside, if it is of this person's unit."""
    row = SetAsides(session, office_id=by.office_id).get(set_aside_id)
    submission = Submissions(session, office_id=by.office_id).get(row.submission_id)
    if submission.unit_id != by.unit_id:
        raise NotFound("Không có bản để riêng này.")
    return row, open_binder(session, submission.period_id, by=by)


def _outline(row: SetAsideRow, *, by: Person) -> AsideOutline:
    return AsideOutline(
        id=row.id,
        part=Part(row.part),
        why=row.why,
        by=row.account_name,
        is_mine=row.account_id == by.account_id,
        at=row.at,
        settled_at=row.settled_at,
        outcome=row.outcome,
    )
