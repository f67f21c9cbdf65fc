"""What an award asks for beside its own criteria: another title, and an achievement of its own."""

from dataclasses import dataclass
from datetime import date

from vnadmin.editions.reading import Entry, read
from vnadmin.validity import Source


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """Danh hiệu phải có trước: a title that asks for one of some others in the same year."""

    award: str
    needs: tuple[str, ...]
    source: Source


def prerequisites(on: date) -> tuple[Prerequisite, ...]:
    """Return what titles ask for on that day."""
    return tuple(
        Prerequisite(entry.text("award"), entry.texts("needs"), source)
        for entry, source in _covering("prerequisites", on)
    )


def single_award_rule(on: date) -> Source | None:
    """Return what forbids several forms of commendation for one achievement on that day."""
    return next((source for _, source in _covering("single_award", on)), None)


def _covering(key: str, on: date) -> list[tuple[Entry, Source]]:
    whole = read("commendation").source()
    found = [(entry, entry.source(whole)) for entry in read("commendation").entries(key)]
    return [(entry, source) for entry, source in found if source.covers(on)]
