"""A unit opens its form, saves it as a draft, and hands it in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.auth.principal import Person
from kernel.errors import Conflict, InvalidInput, Located
from services.intake.domain.checking import errors_in, gaps_in
from services.intake.domain.content import ReportContent, prefilled, tidied
from services.intake.domain.findings import Finding
from services.intake.domain.forms import PeriodForm
from services.intake.domain.moves import EDITABLE, SUBMIT, State, refuse_unless_editable
from services.intake.domain.receipts import Call, Receipt, sha256_of
from services.intake.domain.reconciling import findings_in
from services.intake.domain.validity import covers, day_of_period
from services.intake.persistence.documents import content_from, content_json
from services.intake.persistence.form_editions import FormEditions
from services.intake.persistence.models import PeriodRow, SubmissionRow, UnitRow
from services.intake.persistence.offices import Units
from services.intake.persistence.periods import Periods
from services.intake.persistence.rounds import Rounds, Saving
from services.intake.persistence.submissions import CHANGED, Author, Submissions
from services.intake.use_cases.attaching import with_attachments
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.last_year import figures_of
from services.intake.use_cases.once import once
from services.intake.use_cases.outlines import (
    PeriodOutline,
    UnitOutline,
    period_outline,
    receipt_of,
    unit_outline,
)
from services.intake.use_cases.reconciling import errors_of, findings_of_unit
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


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenReport:
    """The form of a unit with what it holds so far."""

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

    @property
    def may_be_edited(self) -> bool:
        """Say whether the unit may still change it."""
        return self.period.is_open and self.state in EDITABLE


def open_report(period_id: UUID, *, by: Person, deps: Deps) -> OpenReport:
    """Return the form as the unit last left it, or as it begins."""
    with deps.database.read() as session:
        unit = Units(session, office_id=by.office_id).get(by.unit_id)
        period = Periods(session, office_id=by.office_id).get(period_id)
        _refuse_unit_of_another_time(unit, period)
        submissions = Submissions(session, office_id=by.office_id)
        row = submissions.find(period.id, unit.id)
        form = _form(session, period, row)
        latest = Rounds(session, row).latest() if row else None
        content = content_from(latest.content) if latest else prefilled(form, unit.code)
        moves = submissions.moves(row.id) if row else ()
        state = State(row.state) if row else State.NOT_BEGUN
        last_year = figures_of(session, unit.id, period, form)
        return OpenReport(
            period=period_outline(period),
            unit=unit_outline(unit, on=day_of_period(period.due_on, deps.today())),
            form=form,
            state=state,
            content=content,
            sha256=latest.sha256 if latest else sha256_of(content_json(content)),
            version=row.version if row else 0,
            saved_at=latest.saved_at if latest else None,
            submission_id=row.id if row else None,
            reason=moves[-1].reason if moves and state is State.RETURNED else "",
            gaps=gaps_in(content, form, unit.code),
            last_year=last_year,
            findings=findings_in(content, form, unit.code, last_year),
        )


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
    row = Submissions(session, office_id=by.office_id).find(
        command.period_id, Units(session, office_id=by.office_id).get(by.unit_id).id
    )
    latest = Rounds(session, row).latest() if row else None
    if row is None or latest is None:
        raise Conflict("Chưa có bản nháp nào để nộp. Hãy điền biểu mẫu trước.")
    SUBMIT.check(State(row.state))
    if latest.sha256 != command.seen_sha256:
        raise Conflict(CHANGED)
    final = WriteReport(
        period_id=command.period_id,
        content=content_from(latest.content),
        is_final=True,
        seen_version=row.version,
    )
    return _write(session, final, by=by, at=at)


def _write(session: Session, command: WriteReport, *, by: Person, at: datetime) -> Receipt:
    unit = Units(session, office_id=by.office_id).get(by.unit_id)
    period = Periods(session, office_id=by.office_id).get(command.period_id)
    if not period_outline(period).is_open:
        raise Conflict("Kỳ báo cáo này đã đóng, không nhận thêm báo cáo.")
    _refuse_unit_of_another_time(unit, period)
    submissions = Submissions(session, office_id=by.office_id)
    row = submissions.find(period.id, unit.id)
    form = _form(session, period, row)
    _refuse_faulty(command, form, unit.code, _findings(session, command, form, unit, period))
    row = row or submissions.begin(period, unit.id, state=State.NOT_BEGUN, at=at)
    came_from = State(row.state)
    target = _target(command, came_from, version=row.version)
    rounds = Rounds(session, row)
    # The compare-and-set comes first: whoever loses the race has written nothing.
    number = rounds.number_to_write() if command.is_final else max(1, row.round)
    submissions.change(row, state=target, round_number=number, at=at)
    saved = rounds.save(
        Saving(
            content=with_attachments(session, row, tidied(command.content)),
            account_id=by.account_id,
            at=at,
            is_submitted=command.is_final,
        )
    )
    if target is not came_from:
        author = Author(account_id=by.account_id, name=by.name)
        submissions.record_move(row, came_from=came_from, by=author, reason="", at=at)
    if command.is_final:
        tell_of_submission(session, row, period=period, unit=unit, by=by)
    return receipt_of(row, saved, period, unit)


def _form(session: Session, period: PeriodRow, row: SubmissionRow | None) -> PeriodForm:
    """Return what is asked: of a report that was begun, what it was begun under."""
    editions = FormEditions(session, office_id=period.office_id)
    return editions.form(row.edition_id if row else period.edition_id)


def _refuse_unit_of_another_time(unit: UnitRow, period: PeriodRow) -> None:
    if not covers(unit.valid_from, unit.valid_to, period.due_on):
        raise Conflict(
            f"{unit.name} không báo cáo kỳ này: hạn nộp nằm ngoài thời gian hoạt động của ngành."
        )


def _target(command: WriteReport, state: State, *, version: int) -> State:
    if command.is_final:
        SUBMIT.check(state)
    else:
        refuse_unless_editable(state)
    if command.seen_version is not None and command.seen_version != version:
        raise Conflict(CHANGED)
    if command.is_final:
        return SUBMIT.target
    return State.DRAFT if state is State.NOT_BEGUN else state


def _findings(
    session: Session, command: WriteReport, form: PeriodForm, unit: UnitRow, period: PeriodRow
) -> tuple[Finding, ...]:
    """Return what the rules find in figures that are to be handed in; a draft may hold anything."""
    if not (command.is_final or command.is_checked):
        return ()
    return findings_of_unit(session, command.content, form, unit=unit, period=period)


def _refuse_faulty(
    command: WriteReport, form: PeriodForm, unit_code: str, findings: tuple[Finding, ...]
) -> None:
    unreconciled = errors_of(findings)
    said = {it.pointer for it in unreconciled}
    faulty = errors_in(
        command.content, form, unit_code, is_final=command.is_final or command.is_checked
    )
    # The rule that knows both numbers speaks, where two speak of one field.
    found = (*unreconciled, *(it for it in faulty if it.pointer not in said))
    if found:
        errors = [
            Located(command.root + error.pointer.removeprefix("#"), error.detail) for error in found
        ]
        raise InvalidInput(f"Có {len(errors)} chỗ cần sửa.", errors=errors)
