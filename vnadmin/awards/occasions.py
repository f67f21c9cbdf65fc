"""Kinds of commendation: on what occasion somebody is commended."""

from dataclasses import dataclass
from datetime import date

from vnadmin.editions.reading import Entry, read
from vnadmin.place_and_date import numeric_date
from vnadmin.validity import Source


class UnknownOccasion(LookupError):
    """No kind of commendation has that code, or none had it on that day."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Loại hình khen thưởng; article 8 of the law of 2022.

    The code stays while laws give it other titles: `movement` is "Khen thưởng theo đợt (hoặc chuyên
    đề)" until 2023 and "Khen thưởng phong trào thi đua" afterwards.
    """

    code: str
    title: str
    source: Source


def occasions(on: date) -> tuple[Occasion, ...]:
    """Return the kinds of commendation of that day, in the order of the law."""
    return tuple(it for it in _all() if it.source.covers(on))


def occasion(code: str, on: date) -> Occasion:
    """Return the kind of commendation with that code, titled as on that day."""
    for known in occasions(on):
        if known.code == code:
            return known
    raise UnknownOccasion(f"Ngày {numeric_date(on)} không có loại hình khen thưởng {code!r}")


def occasion_codes() -> tuple[str, ...]:
    """Return every code that any law knows, each once."""
    return tuple(dict.fromkeys(it.code for it in _all()))


def _all() -> tuple[Occasion, ...]:
    return tuple(_occasion(entry) for entry in read("commendation").entries("occasions"))


def _occasion(entry: Entry) -> Occasion:
    return Occasion(
        code=entry.text("code"),
        title=entry.text("title"),
        source=entry.source(read("commendation").source()),
    )
