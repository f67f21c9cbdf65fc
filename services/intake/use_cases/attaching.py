"""A unit adds files to its report, takes them away and brings them back."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import IO
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.auth.principal import Person
from kernel.errors import Conflict, InvalidInput, Located, NotFound
from kernel.files import FileTooLarge, Incoming
from services.intake.domain.attachments import (
    AttachmentLimits,
    FileKind,
    KeptFile,
    kept_name,
    shown_name,
)
from services.intake.domain.content import ReportContent
from services.intake.domain.moves import EDITABLE, State, refuse_unless_editable
from services.intake.domain.receipts import Call
from services.intake.gateways.file_inspection import inspect
from services.intake.persistence.answered_calls import AnsweredCalls
from services.intake.persistence.attachments import Attachments, current_files
from services.intake.persistence.documents import content_from
from services.intake.persistence.models import AttachmentRow, SubmissionRow
from services.intake.persistence.offices import Units
from services.intake.persistence.periods import Periods
from services.intake.persistence.rounds import Rounds, Saving
from services.intake.persistence.submissions import Submissions
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.outlines import (
    PeriodOutline,
    UnitOutline,
    period_outline,
    unit_outline,
)

CLOSED = "Kỳ báo cáo này đã đóng, không nhận thêm tài liệu."


@dataclass(frozen=True, slots=True, kw_only=True)
class AddFile:
    """One file as it was sent; `part` and `note` say what it belongs to."""

    period_id: UUID
    name: str
    stream: IO[bytes]
    part: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFiles:
    """The files of a unit's report."""

    period: PeriodOutline
    unit: UnitOutline
    state: State
    may_be_edited: bool
    files: tuple[KeptFile, ...]
    removed: tuple[KeptFile, ...]
    limits: AttachmentLimits

    @property
    def free_places(self) -> int:
        """Return how many more files the report may have."""
        return max(0, self.limits.max_count - len(self.files))


def list_files(period_id: UUID, *, by: Person, deps: Deps) -> ReportFiles:
    """Return the files that the unit's report has, and those that were taken away."""
    with deps.database.read() as session:
        unit = Units(session, office_id=by.office_id).get(by.unit_id)
        period = Periods(session, office_id=by.office_id).get(period_id)
        row = Submissions(session, office_id=by.office_id).find(period.id, unit.id)
        found = Attachments(session, office_id=by.office_id).of_submission(row.id) if row else ()
        state = State(row.state) if row else State.NOT_BEGUN
        outline = period_outline(period)
        return ReportFiles(
            period=outline,
            unit=unit_outline(unit),
            state=state,
            may_be_edited=outline.is_open and state in EDITABLE,
            files=tuple(it for it in found if it.removed_at is None),
            removed=tuple(it for it in found if it.removed_at is not None),
            limits=deps.attachment_limits,
        )


def add_file(command: AddFile, *, by: Person, deps: Deps, call: Call | None = None) -> KeptFile:
    """Keep the file and write it down; the same file under the same name is added once.

    The bytes come first: a row never names what is not kept. What is kept without a row is
    found by `intake collect-files`.
    """
    limit = deps.attachment_limits.max_bytes
    shown = shown_name(command.name)
    try:
        with deps.files.receiving(command.stream, limit=limit) as incoming:
            kind = inspect(incoming.path.read_bytes(), shown)
            deps.files.keep(incoming)
    except FileTooLarge as exc:
        raise FileTooLarge(limit, shown) from exc
    with deps.database.begin() as session:
        if call is None:
            return _added(session, command, incoming, kind, by=by, deps=deps)
        calls = AnsweredCalls(session, office_id=by.office_id)
        earlier = calls.claim(call, at=deps.now())
        if earlier is not None:
            return _of_id(session, UUID(earlier["id"]), by=by)
        added = _added(session, command, incoming, kind, by=by, deps=deps)
        calls.answer(call, {"id": str(added.id)})
        return added


def remove_file(attachment_id: UUID, *, by: Person, deps: Deps) -> KeptFile:
    """Take a file away from the report; a round that was handed in keeps it."""
    return _change(attachment_id, removed_at=deps.now(), by=by, deps=deps)


def restore_file(attachment_id: UUID, *, by: Person, deps: Deps) -> KeptFile:
    """Bring back a file that was taken away."""
    return _change(attachment_id, removed_at=None, by=by, deps=deps)


def with_attachments(
    session: Session, submission: SubmissionRow, content: ReportContent
) -> ReportContent:
    """Return the content with the files that the report has: what a client says does not count."""
    return replace(content, attachments=current_files(session, submission))


def _added(
    session: Session,
    command: AddFile,
    incoming: Incoming,
    kind: FileKind,
    *,
    by: Person,
    deps: Deps,
) -> KeptFile:
    submission = _submission_to_change(session, command.period_id, by=by, at=deps.now())
    attachments = Attachments(session, office_id=by.office_id)
    present = [it for it in attachments.of_submission(submission.id) if it.removed_at is None]
    name = kept_name(command.name, kind)
    same = [it for it in present if it.file.sha256 == incoming.sha256 and it.file.name == name]
    if same:
        return same[0]
    if len(present) >= deps.attachment_limits.max_count:
        raise _too_many(deps.attachment_limits)
    row = attachments.add(
        AttachmentRow(
            submission_id=submission.id,
            part=command.part,
            note=command.note,
            name=kept_name(command.name, kind, taken=[it.file.name for it in present]),
            media_type=kind.media_type,
            size=incoming.size,
            sha256=incoming.sha256,
            added_by=by.account_id,
            added_at=deps.now(),
            removed_at=None,
        )
    )
    _take_over(session, submission, by=by, at=deps.now())
    return _of_id(session, row.id, by=by)


def _change(
    attachment_id: UUID, *, removed_at: datetime | None, by: Person, deps: Deps
) -> KeptFile:
    with deps.database.begin() as session:
        attachments = Attachments(session, office_id=by.office_id)
        row = attachments.get(attachment_id)
        submission = Submissions(session, office_id=by.office_id).get(row.submission_id)
        if submission.unit_id != by.unit_id:
            raise NotFound("Không có tài liệu này.")
        _refuse_closed(session, submission.period_id, by=by)
        attachments.lock(submission)
        refuse_unless_editable(State(submission.state))
        session.refresh(row)
        if (row.removed_at is None) == (removed_at is None):
            return _of_id(session, row.id, by=by)  # done before: twice is once
        if removed_at is None:
            _refuse_too_many(session, submission, deps.attachment_limits)
        row.removed_at = removed_at
        session.flush()
        _take_over(session, submission, by=by, at=deps.now())
        return _of_id(session, row.id, by=by)


def _submission_to_change(
    session: Session, period_id: UUID, *, by: Person, at: datetime
) -> SubmissionRow:
    """Return the unit's report, begun where there was none, locked, and still to be changed."""
    unit = Units(session, office_id=by.office_id).get(by.unit_id)
    period = Periods(session, office_id=by.office_id).get(period_id)
    _refuse_closed(session, period_id, by=by)
    submissions = Submissions(session, office_id=by.office_id)
    row = submissions.find(period.id, unit.id) or submissions.begin(
        period, unit.id, state=State.NOT_BEGUN, at=at
    )
    Attachments(session, office_id=by.office_id).lock(row)
    refuse_unless_editable(State(row.state))
    return row


def _take_over(session: Session, submission: SubmissionRow, *, by: Person, at: datetime) -> None:
    """Let the draft say which files the report has now, so that what is checked is handed in.

    The version of the report stays: whoever is typing into a part of it is in nobody's way. A
    report without a draft learns of its files when its first draft is saved.
    """
    rounds = Rounds(session, submission)
    latest = rounds.latest()
    if latest is None:
        return
    content = with_attachments(session, submission, content_from(latest.content))
    rounds.save(Saving(content=content, account_id=by.account_id, at=at, is_submitted=False))


def _refuse_closed(session: Session, period_id: UUID, *, by: Person) -> None:
    if not period_outline(Periods(session, office_id=by.office_id).get(period_id)).is_open:
        raise Conflict(CLOSED)


def _refuse_too_many(session: Session, submission: SubmissionRow, limits: AttachmentLimits) -> None:
    if len(current_files(session, submission)) >= limits.max_count:
        raise _too_many(limits)


def _too_many(limits: AttachmentLimits) -> InvalidInput:
    detail = (
        f"Báo cáo đã có {limits.max_count} tài liệu, là số nhiều nhất được nhận. "
        "Hãy gỡ tài liệu không cần nữa rồi thêm."
    )
    return InvalidInput(detail, errors=[Located("#/file", detail)])


def _of_id(session: Session, attachment_id: UUID, *, by: Person) -> KeptFile:
    attachments = Attachments(session, office_id=by.office_id)
    row = attachments.get(attachment_id)
    return next(it for it in attachments.of_submission(row.submission_id) if it.id == row.id)
