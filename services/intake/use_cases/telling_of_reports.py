"""What is told when a report moves, and when a period opens."""

from sqlalchemy.orm import Session

from kernel.auth.principal import Person, Role
from services.intake.domain.comments import Thread
from services.intake.domain.moves import ACCEPT, CONFIRM, PROPOSE, REOPEN, RETURN, Move
from services.intake.domain.notices import Notice, NoticeKind, Subject, SubjectKind
from services.intake.persistence.models import PeriodRow, SubmissionRow, UnitRow
from services.intake.persistence.offices import Units
from services.intake.use_cases.notifying import (
    tell_clerks,
    tell_officers,
    tell_roles,
    tell_unit,
)

_WORDS = {
    ACCEPT: (NoticeKind.ACCEPTED, "Báo cáo đã được duyệt"),
    CONFIRM: (NoticeKind.ACCEPTED, "Báo cáo đã được duyệt"),
    RETURN: (NoticeKind.RETURNED, "Báo cáo bị trả lại để sửa"),
    REOPEN: (NoticeKind.REOPENED, "Báo cáo được mở lại để sửa"),
}


def tell_of_submission(
    session: Session, row: SubmissionRow, *, period: PeriodRow, unit: UnitRow, by: Person
) -> None:
    """Tell the clerks that a report waits for them."""
    notice = Notice(
        office_id=row.office_id,
        kind=NoticeKind.SUBMITTED,
        subject=Subject(kind=SubjectKind.SUBMISSION, id=row.id),
        title=f"{unit.name} đã nộp báo cáo: {period.title}",
        detail="" if row.round == 1 else f"Nộp lại, lượt {row.round}.",
        key=_move_key(row),
        at=row.updated_at,
        by=by.account_id,
    )
    tell_clerks(session, notice)


def tell_of_review(
    session: Session, row: SubmissionRow, move: Move, *, period: PeriodRow, reason: str, by: Person
) -> None:
    """Tell the unit what was decided about its report, and why."""
    if move is PROPOSE:
        _tell_of_proposal(session, row, period=period, by=by)
        return
    kind, title = _WORDS[move]
    is_final = move in {ACCEPT, CONFIRM}
    notice = Notice(
        office_id=row.office_id,
        kind=kind,
        subject=Subject(
            kind=SubjectKind.SUBMISSION if is_final else SubjectKind.REPORT,
            id=row.id if is_final else period.id,
        ),
        title=f"{title}: {period.title}",
        detail=reason,
        key=_move_key(row),
        at=row.updated_at,
        by=by.account_id,
    )
    tell_unit(session, row.unit_id, notice)


def _tell_of_proposal(
    session: Session, row: SubmissionRow, *, period: PeriodRow, by: Person
) -> None:
    """Tell those who may confirm; the unit is told once the report is accepted."""
    unit = Units(session, office_id=row.office_id).get(row.unit_id)
    notice = Notice(
        office_id=row.office_id,
        kind=NoticeKind.PROPOSED,
        subject=Subject(kind=SubjectKind.SUBMISSION, id=row.id),
        title=f"Chờ xác nhận duyệt báo cáo của {unit.name}: {period.title}",
        detail=f"{by.name} đề nghị duyệt.",
        key=_move_key(row),
        at=row.updated_at,
        by=by.account_id,
    )
    tell_roles(session, (Role.CLERK, Role.LEADER), notice)


def tell_of_comment(session: Session, row: SubmissionRow, thread: Thread, *, by: Person) -> None:
    """Tell the other side what was said about a report: the unit, or the clerks."""
    said = thread.comments[-1]
    notice = Notice(
        office_id=row.office_id,
        kind=NoticeKind.COMMENTED,
        subject=Subject(kind=SubjectKind.SUBMISSION, id=row.id),
        title=f"{by.name} có ý kiến về phần {thread.part_label}",
        detail=said.text,
        key=f"comment:{said.id}",
        at=said.at,
        by=by.account_id,
    )
    if by.role is Role.SECTOR_OFFICER:
        tell_clerks(session, notice)
    else:
        tell_unit(session, row.unit_id, notice)


def tell_of_opening(session: Session, period: PeriodRow) -> None:
    """Tell the officers of every unit that a period waits for their reports."""
    notice = Notice(
        office_id=period.office_id,
        kind=NoticeKind.PERIOD_OPENED,
        subject=Subject(kind=SubjectKind.REPORT, id=period.id),
        title=f"Mở kỳ báo cáo: {period.title}",
        detail=f"Hạn nộp {period.due_on:%d/%m/%Y}.",
        key=f"period-opened:{period.id}",
        at=period.opened_at,
    )
    tell_officers(session, notice)


def _move_key(row: SubmissionRow) -> str:
    """Return the key of the move that brought the submission to this version."""
    return f"move:{row.id}:{row.version}"
