"""Which earlier period a period is compared with."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar

# Half a year and a whole one are no measure of each other.
_FARTHEST_DAYS = 92


class Dated(Protocol):
    """A period, as far as this matters."""

    year: int
    due_on: date


Found = TypeVar("Found", bound=Dated)


def counterpart(period: Dated, others: Iterable[Found]) -> Found | None:
    """Return last year's period that was due about the same day, if there was one."""
    near = [(abs(_days(it) - _days(period)), it) for it in others if it.year == period.year - 1]
    near = [it for it in near if it[0] <= _FARTHEST_DAYS]
    return min(near, key=lambda it: it[0])[1] if near else None


def _days(period: Dated) -> int:
    """Return on which day, counted from the end of its own year, a period is due."""
    return (period.due_on - date(period.year, 12, 31)).days
