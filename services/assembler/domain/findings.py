"""What a check found: the sentence that the clerk reads before a document may be issued."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: an error blocks issuing, a warning needs a click."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Lỗi hoặc điểm cần xem lại; `rule` is stable and names the check, the rest is Vietnamese."""

    severity: Severity
    rule: str
    place: str
    message: str
    suggestion: str = ""


def error(rule: str, place: str, message: str, suggestion: str = "") -> Finding:
    """Return a finding that blocks issuing."""
    return Finding(
        severity=Severity.ERROR, rule=rule, place=place, message=message, suggestion=suggestion
    )


def warning(rule: str, place: str, message: str, suggestion: str = "") -> Finding:
    """Return a finding that someone must have seen before issuing."""
    return Finding(
        severity=Severity.WARNING, rule=rule, place=place, message=message, suggestion=suggestion
    )


def notice(rule: str, place: str, message: str, suggestion: str = "") -> Finding:
    """Return a finding that only informs."""
    return Finding(
        severity=Severity.NOTICE, rule=rule, place=place, message=message, suggestion=suggestion
    )
