"""Where cells stand: rows by number, columns by letters, areas between two corners."""

import re
from dataclasses import dataclass

from ooxml.faults import Fault, PackageRefused

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Cells that are merged into one."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def __str__(self) -> str:
        first = f"{column_letters(self.first_column)}{self.first_row}"
        return f"{first}:{column_letters(self.last_column)}{self.last_row}"


def column_letters(column: int) -> str:
    """Return ``A`` for 1, ``AA`` for 27."""
    letters = ""
    while column > 0:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def column_number(letters: str) -> int:
    """Return 1 for ``A``, 27 for ``AA``."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_of(reference: str) -> int | None:
    """Return the column of ``B7``; None for what is no place."""
    place = _PLACE.fullmatch(reference)
    return column_number(place[1]) if place else None


def area_of(reference: str) -> Area:
    """Return the area ``B5:B7``, or refuse the sheet."""
    first, _, last = reference.partition(":")
    begin, end = _PLACE.fullmatch(first), _PLACE.fullmatch(last or first)
    if begin is None or end is None:
        raise PackageRefused(Fault.DAMAGED, reference[:40])
    return Area(
        first_row=int(begin[2]),
        first_column=column_number(begin[1]),
        last_row=int(end[2]),
        last_column=column_number(end[1]),
    )
