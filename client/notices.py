"""What waits for somebody and what he was told; reminders of a period; e-mails of the office."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from client.operations import Area, Operation


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """One thing to do; `path` is its page within intake."""

    title: str
    detail: str
    path: str
    is_pressing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that somebody was told (thông báo); `path` is its page within intake."""

    id: UUID
    kind: str
    subject_id: UUID
    path: str
    title: str
    detail: str
    created_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCount:
    """How many notices were marked as read."""

    read: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePreference:
    """Where and how often an account wants e-mail: `daily`, `at_once` or `none`."""

    email: str
    mode: str
    is_mail_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindablePerson:
    """One person who would be reminded, and how he would be reached."""

    name: str
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LateUnit:
    """A unit whose report the office does not have; `left_out` says why it is not reminded."""

    unit_id: UUID
    name: str
    state: str
    people: tuple[RemindablePerson, ...]
    reminded_at: datetime | None
    left_out: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderPreview:
    """What reminding would do, and the usual words for it."""

    units: tuple[LateUnit, ...]
    text: str
    days_before: int
    is_mail_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindersSent:
    """How many units were reminded, how many were left out, how many people and e-mails."""

    reminded: int
    left_out: int
    people: int
    mails: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One unit reminded once (nhắc nộp); `mails` counts its e-mails by state."""

    id: UUID
    unit_name: str
    at: datetime
    by: str
    text: str
    people: int
    mails: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderPlan:
    """So many days before its deadline a period reminds by itself; 0 for never."""

    days_before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MailLine:
    """One e-mail of the office, without what it says."""

    id: UUID
    to_name: str
    address: str
    subject: str
    state: str
    reason: str
    attempts: int
    created_at: datetime
    next_try_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedMails:
    """How many e-mails were queued again."""

    queued: int


AWAITED = Operation("GET", "/awaited", tuple[Awaited, ...])
NOTICES = Operation("GET", "/notices", Notice, is_paged=True)
READ_NOTICE = Operation("POST", "/notices/{notice_id}/read", Notice)
READ_NOTICES = Operation("POST", "/notices/read", ReadCount)
PREFERENCE = Operation("GET", "/notice-preference", NoticePreference)
CHANGE_PREFERENCE = Operation("PUT", "/notice-preference", NoticePreference)
PREVIEW_REMINDERS = Operation("GET", "/periods/{period_id}/reminder-preview", ReminderPreview)
REMINDERS = Operation("GET", "/periods/{period_id}/reminders", Reminder, is_paged=True)
REMIND = Operation("POST", "/periods/{period_id}/reminders", RemindersSent)
PLAN_REMINDERS = Operation("PUT", "/periods/{period_id}/reminder-plan", ReminderPlan)
MAILS = Operation("GET", "/mails", MailLine, is_paged=True)
SEND_MAIL_AGAIN = Operation("POST", "/mails/{mail_id}/send-again", QueuedMails)
SEND_MAILS_AGAIN = Operation("POST", "/mails/send-again", QueuedMails)


class Notices(Area):
    """The part of intake that tells people things."""

    service: ClassVar[str] = "intake"

    def awaited(self) -> tuple[Awaited, ...]:
        """Return what waits for the caller, the pressing things first."""
        return self.call(AWAITED)

    def notices(self, *, unread: bool = False) -> Iterator[Notice]:
        """Yield what the caller was told, the newest first."""
        return self.pages(NOTICES, query={"unread": "true" if unread else None})

    def read_notice(self, notice_id: UUID, *, key: str | None = None) -> Notice:
        """Mark one as read."""
        return self.call(READ_NOTICE, at={"notice_id": notice_id}, key=key)

    def read_notices(self, until: datetime, *, key: str | None = None) -> ReadCount:
        """Mark as read all that had come until then."""
        return self.call(READ_NOTICES, json={"until": until.isoformat()}, key=key)

    def notice_preference(self) -> NoticePreference:
        """Return where and how often the caller gets e-mail."""
        return self.call(PREFERENCE)

    def change_notice_preference(
        self, email: str, mode: str, *, key: str | None = None
    ) -> NoticePreference:
        """Set where and how often the caller gets e-mail."""
        return self.call(CHANGE_PREFERENCE, json={"email": email, "mode": mode}, key=key)

    def preview_reminders(self, period_id: UUID) -> ReminderPreview:
        """Return whom reminding would reach now."""
        return self.call(PREVIEW_REMINDERS, at={"period_id": period_id})

    def remind(
        self,
        period_id: UUID,
        text: str,
        *,
        units: Sequence[UUID] | None = None,
        key: str | None = None,
    ) -> RemindersSent:
        """Remind these units, or all that are late; none twice on one day."""
        chosen = None if units is None else [str(it) for it in units]
        body = {"text": text, "unit_ids": chosen}
        return self.call(REMIND, at={"period_id": period_id}, json=body, key=key)

    def reminders(self, period_id: UUID) -> Iterator[Reminder]:
        """Yield the reminders that were sent, the newest first."""
        return self.pages(REMINDERS, at={"period_id": period_id})

    def plan_reminders(
        self, period_id: UUID, days_before: int, *, key: str | None = None
    ) -> ReminderPlan:
        """Let a period remind by itself; 0 for never."""
        body = {"days_before": days_before}
        return self.call(PLAN_REMINDERS, at={"period_id": period_id}, json=body, key=key)

    def mails(self, *, state: str = "") -> Iterator[MailLine]:
        """Yield the e-mails of the office, the newest first."""
        return self.pages(MAILS, query={"state": state})

    def send_mail_again(self, mail_id: UUID, *, key: str | None = None) -> QueuedMails:
        """Queue an e-mail that was given up."""
        return self.call(SEND_MAIL_AGAIN, at={"mail_id": mail_id}, key=key)

    def send_mails_again(self, *, key: str | None = None) -> QueuedMails:
        """Queue all e-mails that were given up."""
        return self.call(SEND_MAILS_AGAIN, key=key)
