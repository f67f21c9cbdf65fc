"""What may happen to a period (kỳ báo cáo) after its form was made."""

from dataclasses import dataclass
from enum import StrEnum


class PeriodEventKind(StrEnum):
    """One kind of event."""

    OPENED = "opened"
    DEADLINE = "deadline"
    CLOSED = "closed"
    REOPENED = "reopened"
    EDITION = "edition"

    @property
    def label(self) -> str:
        """The Vietnamese words."""
        return _LABELS[self]


_LABELS = {
    PeriodEventKind.OPENED: "Mở kỳ",
    PeriodEventKind.DEADLINE: "Đổi hạn nộp",
    PeriodEventKind.CLOSED: "Đóng kỳ",
    PeriodEventKind.REOPENED: "Mở lại kỳ",
    PeriodEventKind.EDITION: "Đổi biểu mẫu",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodEvent:
    """One event: from what, to what, why; texts as their readers see them."""

    kind: PeriodEventKind
    before: str = ""
    after: str = ""
    reason: str = ""
