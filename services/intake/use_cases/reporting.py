"""A unit saves its whole report as a draft, or hands it in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.auth.principal import Person
from kernel.errors import Conflict, Located
from services.intake.domain.checking import errors_in
from services.intake.domain.content import ReportContent, tidied
from services.intake.domain.forms import Part
from services.intake.domain.moves import SUBMIT, State, refuse_unless_editable
from services.intake.domain.receipts import Call, Receipt
from services.intake.persistence.models import SubmissionRow
from services.intake.persistence.rounds import Rounds, Saving
from services.intake.persistence.set_asides import SetAsides
from services.intake.persistence.submissions import CHANGED, Submissions
from services.intake.use_cases.attaching import with_attachments
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.once import once
from services.intake.use_cases.outlines import receipt_of
from services.intake.use_cases.reconciling import findings_of_unit, with_findings
from services.intake.use_cases.storing import (
    Binder,
    Pen,
    author,
    begun,
    note_parts,
    open_binder,
    refuse_closed,
    refuse_faulty,
    store_draft,
)
from services.intake.use_cases.telling_of_reports import tell_of_submission


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteReport:
    """Save a draft, or hand in (`is_final`), what is given here.

    `is_checked` saves a draft only if it could be handed in as it is.
    `seen_version` is that of the form which the writer had before him; None does not ask.
    `root` is where the content stands in the request, for the pointers of errors.
    """

    period_id: UUID
    content: ReportContent
    is_final: bool
    is_checked: bool = False
    call: Call | None = None
    seen_version: int | None = None
    root: str = "#"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitSaved:
    """Hand in the draft whose sha256 was shown on the page of confirmation."""

    period_id: UUID
    seen_sha256: str
    call: Call


def write_report(command: WriteReport, *, by: Person, deps: Deps) -> Receipt:
    """Save the content; hand it in if it is final. The same call twice is done once."""
    at = deps.now()
    with deps.database.begin() as session:
        if command.call is None:
            return _write(session, command, by=by, at=at)
        return once(
            session,
            command.call,
            lambda: _write(session, command, by=by, at=at),
            office_id=by.office_id,
            at=at,
        )


def submit_saved(command: SubmitSaved, *, by: Person, deps: Deps) -> Receipt:
    """Hand in the saved draft if it is still the one that was seen."""
    at = deps.now()
    with deps.database.begin() as session:
        return once(
            session,
            command.call,
            lambda: _submit_saved(session, command, by=by, at=at),
            office_id=by.office_id,
            at=at,
        )


def _submit_saved(session: Session, command: SubmitSaved, *, by: Person, at: datetime) -> Receipt:
    # A file that is added or taken away leaves the version as it is: it is kept out meanwhile.
    Submissions(session, office_id=by.office_id).hold(command.period_id, by.unit_id)
    binder = open_binder(session, command.period_id, by=by)
    if binder.row is None or binder.latest is None:
        raise Conflict("Chưa có bản nháp nào để nộp. Hãy điền biểu mẫu trước.")
    SUBMIT.check(binder.state)
    if binder.latest.sha256 != command.seen_sha256:
        raise Conflict(CHANGED)
    _refuse_undecided(session, binder.row)
    final = WriteReport(
        period_id=command.period_id,
        content=binder.content,
        is_final=True,
        seen_version=binder.row.version,
    )
    return _write(session, final, by=by, at=at)


def _refuse_undecided(session: Session, row: SubmissionRow) -> None:
    """Raise Conflict where a part has two texts: after handing in nobody could choose any more."""
    for aside in SetAsides(session, office_id=row.office_id).of_submission(row.id):
        if aside.settled_at is None:
            raise Conflict(f"Phần {Part(aside.part).label} có hai bản; hãy chọn trước khi nộp.")


def _write(session: Session, command: WriteReport, *, by: Person, at: datetime) -> Receipt:
    binder = open_binder(session, command.period_id, by=by)
    refuse_closed(binder.period)
    refuse_faulty(_errors(session, command, binder), root=command.root)
    if command.is_final:
        SUBMIT.check(binder.state)
    else:
        refuse_unless_editable(binder.state)
    version = binder.row.version if binder.row else 0
    if command.seen_version not in {None, version}:
        raise Conflict(CHANGED)
    pen = Pen(by=by, at=at)
    if not command.is_final:
        row, saved = store_draft(session, binder, command.content, pen)
        return receipt_of(row, saved, binder.period, binder.unit)
    return _hand_in(session, binder, tidied(command.content), pen)


def _errors(session: Session, command: WriteReport, binder: Binder) -> tuple[Located, ...]:
    """Return what forbids to save it; a draft may hold figures that do not agree."""
    content, form, unit = command.content, binder.form, binder.unit
    is_strict = command.is_final or command.is_checked
    faulty = errors_in(content, form, unit.code, is_final=is_strict)
    if not is_strict:
        return faulty
    found = findings_of_unit(session, content, form, unit=unit, period=binder.period)
    return with_findings(faulty, found)


def _hand_in(session: Session, binder: Binder, content: ReportContent, pen: Pen) -> Receipt:
    submissions = Submissions(session, office_id=pen.by.office_id)
    row = begun(session, binder, pen)
    came_from, rounds = State(row.state), Rounds(session, row)
    # The compare-and-set comes first: whoever loses the race has written nothing.
    number = rounds.number_to_write()
    submissions.change(row, state=SUBMIT.target, round_number=number, at=pen.at)
    note_parts(session, row, binder, content, pen)
    content = with_attachments(session, row, content)
    saving = Saving(content=content, account_id=pen.by.account_id, at=pen.at, is_submitted=True)
    saved = rounds.save(saving)
    submissions.record_move(row, came_from=came_from, by=author(pen.by), reason="", at=pen.at)
    tell_of_submission(session, row, period=binder.period, unit=binder.unit, by=pen.by)
    return receipt_of(row, saved, binder.period, binder.unit)
