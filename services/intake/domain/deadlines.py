"""Lateness, counted in days on a Vietnamese calendar."""

from datetime import date, datetime

from kernel.clock import in_hanoi


def days_late(due_on: date, *, submitted_at: datetime | None, today: date) -> int:
    """Return by how many days a report is late, or was when it came; 0 when in time."""
    day = in_hanoi(submitted_at).date() if submitted_at else today
    return max(0, (day - due_on).days)
