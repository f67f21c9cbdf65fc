"""The time, in the two forms that the system uses."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def utc_now() -> datetime:
    """Return the moment, aware, in UTC; what `*_at` columns hold."""
    return datetime.now(UTC)


def hanoi_today() -> date:
    """Return the calendar day in Viet Nam; what documents are dated by."""
    return datetime.now(HANOI).date()


def in_hanoi(moment: datetime) -> datetime:
    """Return the same moment on a Vietnamese clock."""
    return moment.astimezone(HANOI)
