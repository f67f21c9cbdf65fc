"""An e-mail (thư điện tử) on its way: its states, and how long one tries to send it."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

LEASE = timedelta(seconds=150)
"""Longer than Celery's hard limit: who sent it is dead for certain before another one may."""
KEPT_FOR = timedelta(days=90)
URGENT_WITHIN = timedelta(days=1)
"""A returned report that could not be told by e-mail for so long is told in the next digest."""

_MINUTES_BETWEEN = (1, 5, 15, 60, 120, 240, 480, 480)
MAX_ATTEMPTS = len(_MINUTES_BETWEEN) + 1
"""About a day in all: a night without a mail server loses nothing."""

LOST = "Tiến trình gửi thư dừng đột ngột nhiều lần khi gửi thư này."

_LONGEST_ADDRESS = 254
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?P<local>{_LOCAL})@{_LABEL}(?:\.{_LABEL})*", re.ASCII)
_LONGEST_LOCAL = 64


class MailState(StrEnum):
    """Where an e-mail stands."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"

    @property
    def label(self) -> str:
        """The Vietnamese word."""
        return _LABELS[self]


_LABELS = {
    MailState.QUEUED: "Chờ gửi",
    MailState.SENDING: "Đang gửi",
    MailState.SENT: "Đã gửi",
    MailState.FAILED: "Không gửi được",
}


class MailMode(StrEnum):
    """How an account wants notices by e-mail."""

    DAILY = "daily"
    AT_ONCE = "at_once"
    NONE = "none"

    @property
    def label(self) -> str:
        """What one chooses."""
        return _MODES[self]


_MODES = {
    MailMode.DAILY: "Mỗi sáng một thư tổng hợp",
    MailMode.AT_ONCE: "Mỗi sáng một thư tổng hợp, và gửi ngay khi báo cáo bị trả lại, mở lại",
    MailMode.NONE: "Không gửi thư",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRoute:
    """By whose name e-mails go, and where their links lead."""

    sender: str
    public_url: str

    def link(self, path: str) -> str:
        """Return the full address of a page of intake."""
        return f"{self.public_url}/intake{path}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMail:
    """An e-mail to be sent; `key` is sent once, however often it is asked for."""

    office_id: UUID
    account_id: UUID
    address: str
    subject: str
    body: str
    key: str
    at: datetime
    notice_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """An e-mail that is being sent by `holder`."""

    id: UUID
    address: str
    subject: str
    body: str
    attempts: int
    holder: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MailOutline:
    """An e-mail as the administrator sees it: not what it says."""

    id: UUID
    to_name: str
    address: str
    subject: str
    state: MailState
    reason: str
    attempts: int
    created_at: datetime
    next_try_at: datetime
    sent_at: datetime | None


def next_try(attempts: int, now: datetime) -> datetime | None:
    """Return when to try again after so many attempts; None to give up."""
    if attempts >= MAX_ATTEMPTS:
        return None
    return now + timedelta(minutes=_MINUTES_BETWEEN[max(0, attempts - 1)])


def is_address(text: str) -> bool:
    """Say whether the text is one plain address to which any server would send."""
    found = _ADDRESS.fullmatch(text)
    if found is None or len(text) > _LONGEST_ADDRESS:
        return False
    return len(found["local"]) <= _LONGEST_LOCAL


def one_line(text: str, limit: int = 200) -> str:
    """Return the text as it may stand in a header: one line, no control character."""
    printable = "".join(it if unicodedata.category(it) != "Cc" else " " for it in text)
    line = " ".join(printable.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"
