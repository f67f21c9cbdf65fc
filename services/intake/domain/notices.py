"""Notices (thông báo): what somebody is told, about what, and where the page of it is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class NoticeKind(StrEnum):
    """What happened."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REOPENED = "reopened"
    PERIOD_OPENED = "period_opened"
    PERIOD_CHANGED = "period_changed"
    REMINDER = "reminder"
    COMMENTED = "commented"

    @property
    def label(self) -> str:
        """The Vietnamese word."""
        return _LABELS[self]


_LABELS = {
    NoticeKind.SUBMITTED: "Báo cáo mới nộp",
    NoticeKind.RETURNED: "Báo cáo bị trả lại",
    NoticeKind.PROPOSED: "Chờ xác nhận duyệt",
    NoticeKind.ACCEPTED: "Báo cáo đã duyệt",
    NoticeKind.REOPENED: "Báo cáo được mở lại",
    NoticeKind.PERIOD_OPENED: "Kỳ báo cáo mới",
    NoticeKind.PERIOD_CHANGED: "Kỳ báo cáo thay đổi",
    NoticeKind.REMINDER: "Nhắc nộp báo cáo",
    NoticeKind.COMMENTED: "Ý kiến về báo cáo",
}

URGENT = frozenset({NoticeKind.RETURNED, NoticeKind.REOPENED})
"""Of these an account may ask to be told by e-mail at once."""


class SubjectKind(StrEnum):
    """What a notice is about; each has one page within intake."""

    SUBMISSION = "submission"
    REPORT = "report"
    """The form of the reader's own unit; the id is the period's."""
    PERIOD = "period"
    """The board of a period, for the office."""


_PATHS = {
    SubjectKind.SUBMISSION: "/submissions/{id}",
    SubjectKind.REPORT: "/periods/{id}/report",
    SubjectKind.PERIOD: "/periods/{id}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The one thing that a notice is about."""

    kind: SubjectKind
    id: UUID

    @property
    def path(self) -> str:
        """Where its page is, within intake."""
        return _PATHS[self.kind].format(id=self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What is to be told. `key` is told once to each account, however often it is said.

    `by` is who did it: nobody is told of what he did himself.
    """

    office_id: UUID
    kind: NoticeKind
    subject: Subject
    title: str
    key: str
    at: datetime
    detail: str = ""
    by: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldNotice:
    """A notice as its reader finds it."""

    id: UUID
    kind: NoticeKind
    subject: Subject
    title: str
    detail: str
    created_at: datetime
    read_at: datetime | None
