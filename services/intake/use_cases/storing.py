"""Where every writer of a report comes through: who may, what stands there, and how it is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.auth.principal import Person
from kernel.errors import Conflict, Failure, InvalidInput, Located
from services.intake.domain.content import ReportContent, prefilled, tidied
from services.intake.domain.forms import Part, PeriodForm
from services.intake.domain.moves import State
from services.intake.domain.parts import changed_parts, only
from services.intake.domain.validity import covers
from services.intake.persistence.documents import content_from
from services.intake.persistence.form_editions import FormEditions
from services.intake.persistence.models import (
    PartDraftRow,
    PeriodRow,
    RoundRow,
    SubmissionRow,
    UnitRow,
)
from services.intake.persistence.offices import Units
from services.intake.persistence.part_drafts import PartDrafts
from services.intake.persistence.periods import Periods
from services.intake.persistence.rounds import Rounds, Saving
from services.intake.persistence.set_asides import Aside, SetAsides
from services.intake.persistence.submissions import Author, ChangedMeanwhile, Submissions
from services.intake.use_cases.attaching import with_attachments
from services.intake.use_cases.deps import Deps

CLOSED = "Kỳ báo cáo này đã đóng, không nhận thêm báo cáo."
REPLACED = "replaced"
# Every loser of a race means a winner: as many colleagues would have to save at the same moment.
_TRIES = 20

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Binder:
    """The report of one unit for one period, as a transaction finds it (`row`: if begun)."""

    unit: UnitRow
    period: PeriodRow
    row: SubmissionRow | None
    latest: RoundRow | None
    form: PeriodForm
    content: ReportContent

    @property
    def state(self) -> State:
        """Return where the report stands."""
        return State(self.row.state) if self.row else State.NOT_BEGUN


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """Who writes, when, and from which period the words were copied, if they were.

    What a colleague had saved is kept anyway; `keeps_replaced` keeps the writer's own words too.
    """

    by: Person
    at: datetime
    copied_from: str = ""
    keeps_replaced: bool = False


def open_binder(session: Session, period_id: UUID, *, by: Person) -> Binder:
    """Return what stands in the report, or what a unit finds that has not begun."""
    unit = Units(session, office_id=by.office_id).get(by.unit_id)
    period = Periods(session, office_id=by.office_id).get(period_id)
    refuse_unit_of_another_time(unit, period)
    row = Submissions(session, office_id=by.office_id).find(period.id, unit.id)
    latest = Rounds(session, row).latest() if row else None
    # Of a report that was begun the form is the one under which it was begun.
    form = FormEditions(session, office_id=by.office_id).form(
        row.edition_id if row else period.edition_id
    )
    return Binder(
        unit=unit,
        period=period,
        row=row,
        latest=latest,
        form=form,
        content=content_from(latest.content) if latest else prefilled(form, unit.code),
    )


class UnitOfAnotherTime(Failure):
    """The unit has no report for this period at all: there is nothing to lead back to."""

    status, code, title = 409, "conflict", "Ngành không báo cáo kỳ này"


def refuse_unit_of_another_time(unit: UnitRow, period: PeriodRow) -> None:
    """Raise where the unit did not exist on the day on which reports are due."""
    if not covers(unit.valid_from, unit.valid_to, period.due_on):
        raise UnitOfAnotherTime(
            f"{unit.name} không báo cáo kỳ này: hạn nộp nằm ngoài thời gian hoạt động của ngành."
        )


def refuse_closed(period: PeriodRow) -> None:
    """Raise Conflict where the period takes no more reports."""
    if period.status != "open":
        raise Conflict(CLOSED)


def author(by: Person) -> Author:
    """Return the person as one who leaves a trace."""
    return Author(account_id=by.account_id, name=by.name)


def retried(deps: Deps, work: Callable[[Session], T]) -> T:
    """Carry out the work in one transaction, again where somebody else's came first."""
    for _ in range(_TRIES - 1):
        try:
            with deps.database.begin() as session:
                return work(session)
        except ChangedMeanwhile:
            continue
    with deps.database.begin() as session:
        return work(session)


def store_draft(
    session: Session,
    binder: Binder,
    content: ReportContent,
    pen: Pen,
) -> tuple[SubmissionRow, RoundRow]:
    """Write the draft and count every part of it that changed.

    The compare-and-set comes first: whoever loses the race has written nothing.
    """
    submissions = Submissions(session, office_id=pen.by.office_id)
    row = begun(session, binder, pen)
    came_from = State(row.state)
    target = State.DRAFT if came_from is State.NOT_BEGUN else came_from
    submissions.change(row, state=target, round_number=max(1, row.round), at=pen.at)
    note_parts(session, row, binder, tidied(content), pen)
    saving = Saving(
        content=with_attachments(session, row, tidied(content)),
        account_id=pen.by.account_id,
        at=pen.at,
        is_submitted=False,
    )
    saved = Rounds(session, row).save(saving)
    if target is not came_from:
        submissions.record_move(row, came_from=came_from, by=author(pen.by), reason="", at=pen.at)
    return row, saved


def begun(session: Session, binder: Binder, pen: Pen) -> SubmissionRow:
    """Return the submission, made now where there was none when the report was opened."""
    if binder.row is not None:
        return binder.row
    row = Submissions(session, office_id=pen.by.office_id).begin(
        binder.period, binder.unit.id, state=State.NOT_BEGUN, at=pen.at
    )
    if row.version:  # a colleague began it meanwhile: what was read before is not what stands
        raise ChangedMeanwhile
    return row


def note_parts(
    session: Session,
    row: SubmissionRow,
    binder: Binder,
    content: ReportContent,
    pen: Pen,
) -> None:
    """Count the parts that change, and keep what a colleague had saved in them."""
    before, drafts = binder.content, PartDrafts(session, row)
    for part in changed_parts(before, content):
        kept = drafts.find(part)
        if kept is not None and _is_worth_keeping(kept, binder, pen):
            _keep_replaced(session, row, part, only(before, part), kept)
        drafts.note(part, by=author(pen.by), at=pen.at, copied_from=pen.copied_from)


def refuse_faulty(errors: tuple[Located, ...], root: str = "#") -> None:
    """Raise InvalidInput for errors, told where the content stands in the request."""
    if errors:
        located = [Located(root + it.pointer.removeprefix("#"), it.detail) for it in errors]
        raise InvalidInput(f"Có {len(located)} chỗ cần sửa.", errors=located)


def _is_worth_keeping(kept: PartDraftRow, binder: Binder, pen: Pen) -> bool:
    if binder.latest is None or binder.latest.submitted_at is not None:
        return False  # what was handed in stays in its round anyway
    return pen.keeps_replaced or kept.saved_by != pen.by.account_id


def _keep_replaced(
    session: Session,
    row: SubmissionRow,
    part: Part,
    content: ReportContent,
    draft: PartDraftRow,
) -> None:
    aside = Aside(
        part=part,
        content=content,
        why=REPLACED,
        seen_version=draft.version,
        by=Author(account_id=draft.saved_by, name=draft.saved_by_name),
        at=draft.saved_at,
        outcome=REPLACED,
    )
    SetAsides(session, office_id=row.office_id).keep(row, aside)
