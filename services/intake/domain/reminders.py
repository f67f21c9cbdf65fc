"""Reminders (nhắc nộp báo cáo): who would be reminded, and in which words."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.intake.domain.awaiting import time_left
from services.intake.domain.mails import MailState
from services.intake.domain.moves import State

DAYS_BEFORE = (1, 2, 3, 5, 7, 10)
"""So many days before the deadline a period may remind by itself."""
LONGEST_TEXT = 2_000
BY_ITSELF = "Hệ thống tự động"


class Channel(StrEnum):
    """How a person would be reached."""

    MAIL = "mail"
    NO_ADDRESS = "no_address"
    UNWANTED = "unwanted"
    MAIL_IS_OFF = "mail_is_off"

    @property
    def label(self) -> str:
        """What the preview says of it."""
        return _CHANNELS[self]


_CHANNELS = {
    Channel.MAIL: "thông báo và thư điện tử",
    Channel.NO_ADDRESS: "chỉ thông báo, chưa khai thư điện tử",
    Channel.UNWANTED: "chỉ thông báo, đã chọn không nhận thư",
    Channel.MAIL_IS_OFF: "chỉ thông báo, máy chủ chưa bật gửi thư",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Remindable:
    """One person of a unit."""

    account_id: UUID
    name: str
    address: str
    channel: Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class LateUnit:
    """A unit whose report the office does not have."""

    unit_id: UUID
    name: str
    state: State
    people: tuple[Remindable, ...]
    reminded_at: datetime | None
    """When it was reminded today."""

    @property
    def left_out(self) -> str:
        """Why it would not be reminded now; nothing when it would."""
        if self.reminded_at:
            return "hôm nay đã nhắc rồi"
        return "" if self.people else "chưa có tài khoản"


@dataclass(frozen=True, slots=True, kw_only=True)
class PastReminder:
    """One unit reminded once, and what became of the e-mails."""

    id: UUID
    unit_name: str
    at: datetime
    by: str
    text: str
    people: int
    mails: dict[MailState, int]


def usual_text(period_title: str, due_on: date, today: date) -> str:
    """Return the words that the clerk starts from."""
    days = (due_on - today).days
    wish = (
        "Đề nghị ngành nộp báo cáo ngay để văn phòng kịp tổng hợp."
        if days < 0
        else "Đề nghị ngành hoàn thành và nộp báo cáo đúng hạn."
    )
    return (
        f"Văn phòng chưa nhận được báo cáo của ngành cho kỳ “{period_title}”. "
        f"Hạn nộp là ngày {due_on:%d/%m/%Y}, {time_left(days)}. {wish}"
    )
