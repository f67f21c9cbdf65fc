"""Days between which something holds; both ends belong, None is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """A name, or another text, that held until a day."""

    text: str
    valid_to: date


def covers(valid_from: date | None, valid_to: date | None, day: date) -> bool:
    """Say whether the day lies between the two."""
    begun = valid_from is None or valid_from <= day
    return begun and (valid_to is None or day <= valid_to)


def overlap(
    first: tuple[date | None, date | None], second: tuple[date | None, date | None]
) -> bool:
    """Say whether the two intervals share a day."""
    begins = max(first[0] or date.min, second[0] or date.min)
    ends = min(first[1] or date.max, second[1] or date.max)
    return begins <= ends


def text_on(current: str, former: Iterable[Former], day: date | None) -> str:
    """Return what held on the day: the first former text that had not ended yet, or the current."""
    if day is None:
        return current
    still = [it for it in former if day <= it.valid_to]
    return min(still, key=lambda it: it.valid_to).text if still else current


def day_of_period(due_on: date, today: date) -> date:
    """Return the day whose names and superiors a period goes by: never a later successor's."""
    return min(due_on, today)
