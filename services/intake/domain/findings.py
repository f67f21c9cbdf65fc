"""What checking figures finds (phát hiện): how grave, by which rule, where, in a sentence."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What follows: refused, asked to be explained, or only said."""

    ERROR = "error"
    REASON = "reason"
    HINT = "hint"

    @property
    def label(self) -> str:
        """The Vietnamese words."""
        return _LABELS[self]


_LABELS = {
    Severity.ERROR: "Số liệu chưa khớp",
    Severity.REASON: "Cần nêu lý do",
    Severity.HINT: "Lưu ý",
}


class Rule(StrEnum):
    """Which rule of the form it is about."""

    PARTS = "parts"
    WITHIN_BASE = "within_base"
    PERCENT = "percent"
    JUMP = "jump"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding about an indicator; `pointer` is the place in the report's content."""

    severity: Severity
    rule: Rule
    code: str
    field: str
    pointer: str
    name: str
    message: str

    @property
    def is_open(self) -> bool:
        """Say whether somebody must still do something about it."""
        return self.severity is not Severity.HINT


def open_among(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings that still ask for something."""
    return tuple(it for it in findings if it.is_open)
