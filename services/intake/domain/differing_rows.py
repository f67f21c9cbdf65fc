"""Rows of two lists matched by what they are about, and what differs between them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from services.intake.domain.marked_words import Change, Words

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDifference:
    """One field of a row: as readers see it before and after.

    Figures keep their exact values beside; prose has its words marked.
    """

    name: str
    label: str
    old: str
    new: str
    old_figure: Decimal | None = None
    new_figure: Decimal | None = None
    is_prose: bool = False
    words: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RowDifference:
    """One row that was added, removed or changed; `key` says which it is."""

    key: str
    title: str
    change: Change
    fields: tuple[FieldDifference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartDifference:
    """What differs in one part; `part` is a Part, or "attachments" for the files."""

    part: str
    label: str
    rows: tuple[RowDifference, ...]


def _differs(it: FieldDifference) -> bool:
    return (it.old, it.old_figure) != (it.new, it.new_figure)


def text_field(name: str, label: str, old: str, new: str) -> FieldDifference:
    """Return a field whose value is short."""
    return FieldDifference(name=name, label=label, old=old, new=new)


def prose_field(name: str, label: str, old: str, new: str) -> FieldDifference:
    """Return a field in whose text words will be marked."""
    return FieldDifference(name=name, label=label, old=old, new=new, is_prose=True)


def rows_of(
    old: Sequence[Row],
    new: Sequence[Row],
    key_of: Callable[[Row], str],
    title_of: Callable[[Row], str],
    fields_of: Callable[[Row | None, Row | None], Iterator[FieldDifference]],
) -> Iterator[RowDifference]:
    """Return the differences in the order of the new rows, and after them what is gone."""
    for before, after in _matched(old, new, key_of):
        row = after if after is not None else before
        fields = tuple(it for it in fields_of(before, after) if _differs(it))
        if row is None or (before is not None and after is not None and not fields):
            continue
        change = Change.CHANGED
        if before is None or after is None:
            change = Change.ADDED if before is None else Change.REMOVED
        yield RowDifference(key=key_of(row), title=title_of(row), change=change, fields=fields)


def _matched(
    old: Sequence[Row], new: Sequence[Row], key_of: Callable[[Row], str]
) -> Iterator[tuple[Row | None, Row | None]]:
    """Pair rows of one identity; where several share it, equal ones first, then by place."""
    left: dict[str, list[Row]] = {}
    for row in old:
        left.setdefault(key_of(row), []).append(row)
    unmatched = []
    for row in new:
        same = left.get(key_of(row), [])
        if row in same:
            same.remove(row)
        else:
            unmatched.append(row)
    for row in unmatched:
        same = left.get(key_of(row), [])
        yield (same.pop(0) if same else None), row
    for same in left.values():
        yield from ((row, None) for row in same)
