"""What the officers are told when something happens to a period."""

from datetime import datetime

from sqlalchemy.orm import Session

from kernel.auth.principal import Person
from services.intake.domain.notices import Notice, NoticeKind, Subject, SubjectKind
from services.intake.domain.period_events import PeriodEvent, PeriodEventKind
from services.intake.persistence.models import PeriodRow
from services.intake.use_cases.notifying import tell_officers

_TITLES = {
    PeriodEventKind.DEADLINE: "Đổi hạn nộp",
    PeriodEventKind.CLOSED: "Đã đóng kỳ báo cáo",
    PeriodEventKind.REOPENED: "Mở lại kỳ báo cáo",
    PeriodEventKind.EDITION: "Đổi biểu mẫu",
}


def tell_of_event(
    session: Session,
    period: PeriodRow,
    event: PeriodEvent,
    *,
    number: int,
    by: Person,
    at: datetime,
) -> None:
    """Tell the officers of every unit."""
    notice = Notice(
        office_id=period.office_id,
        kind=NoticeKind.PERIOD_CHANGED,
        subject=Subject(kind=SubjectKind.REPORT, id=period.id),
        title=f"{_TITLES[event.kind]}: {period.title}",
        detail=" ".join(filter(None, (_what(event, period), event.reason))),
        key=f"period-event:{period.id}:{number}",
        at=at,
        by=by.account_id,
    )
    tell_officers(session, notice)


def _what(event: PeriodEvent, period: PeriodRow) -> str:
    if event.kind is PeriodEventKind.DEADLINE:
        return f"Hạn nộp mới {event.after} (trước là {event.before})."
    if event.kind is PeriodEventKind.REOPENED:
        return f"Hạn nộp {period.due_on:%d/%m/%Y}."
    if event.kind is PeriodEventKind.EDITION:
        return "Ngành chưa bắt đầu sẽ điền theo biểu mẫu mới; báo cáo đã bắt đầu giữ nguyên."
    return ""
