"""Two texts of one part side by side, and the one that somebody makes of them row by row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from services.intake.domain.content import ReportContent
from services.intake.domain.forms import Part
from services.intake.domain.parts import only
from vnadmin.text_folding import fold

Row = tuple[Any, ...]


class Side(StrEnum):
    """Whose row is taken: mine was set aside, theirs stands in the report."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPair:
    """The same thing in two texts; empty where one of them does not speak of it."""

    key: str
    mine: Row
    theirs: Row

    @property
    def is_same(self) -> bool:
        """Say whether both texts say the same."""
        return self.mine == self.theirs

    @property
    def usual(self) -> Side:
        """Return what is suggested: nothing that anybody wrote is left out."""
        if not self.mine:
            return Side.THEIRS
        return Side.MINE


def pairs_of(part: Part, mine: ReportContent, theirs: ReportContent) -> tuple[RowPair, ...]:
    """Return what either text speaks of: in their order, then what is only in mine."""
    our_rows, their_rows = _by_key(part, mine), _by_key(part, theirs)
    return tuple(
        RowPair(key=key, mine=our_rows.get(key, ()), theirs=their_rows.get(key, ()))
        for key in dict.fromkeys([*their_rows, *our_rows])
    )


def merged(
    part: Part, mine: ReportContent, theirs: ReportContent, chosen: Mapping[str, Side]
) -> ReportContent:
    """Return the part with the chosen side of each row; unchosen rows as is usual."""
    rows = [
        row
        for pair in pairs_of(part, mine, theirs)
        for row in _taken(pair, chosen.get(pair.key, pair.usual))
    ]
    declared = () if rows else tuple({*mine.nothing_to_report, *theirs.nothing_to_report} & {part})
    return only(
        replace(ReportContent(), **{part.value: tuple(rows), "nothing_to_report": declared}), part
    )


def _taken(pair: RowPair, side: Side) -> Row:
    if side is Side.MINE:
        return pair.mine
    if side is Side.THEIRS:
        return pair.theirs
    if side is Side.NEITHER:
        return ()
    return (*pair.theirs, *(row for row in pair.mine if row not in pair.theirs))


def _by_key(part: Part, content: ReportContent) -> dict[str, Row]:
    """Group the rows of a part by what they are about."""
    found: dict[str, Row] = {}
    for key, row in _keyed(part, content):
        if part is Part.ACHIEVEMENTS:  # several lines answer one question
            found[key] = (*found.get(key, ()), row)
        else:
            found[_free(key, found)] = (row,)
    return found


def _free(key: str, taken: Mapping[str, Row]) -> str:
    number, free = 1, key
    while free in taken:
        number += 1
        free = f"{key} ({number})"
    return free


def _keyed(part: Part, content: ReportContent) -> Iterator[tuple[str, Any]]:
    rows = getattr(content, part.value)
    if part is Part.MOVEMENTS:
        return ((fold(it.name), it) for it in rows)
    if part is Part.INDICATORS:
        return ((it.code, it) for it in rows)
    if part is Part.ACHIEVEMENTS:
        return ((it.prompt or it.field, it) for it in rows)
    if part is Part.NOMINATIONS:
        return ((f"{fold(it.name)} · {fold(it.unit)}", it) for it in rows)
    return ((it, it) for it in rows)
