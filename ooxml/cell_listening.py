"""Hears the part of a sheet: cells as the file says them, and nothing else is kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from ooxml.cell_places import LAST_COLUMN, LAST_ROW, Area, area_of, column_of
from ooxml.faults import Fault, PackageRefused
from ooxml.xml import Listener

_MOST_MERGED = 20_000


@dataclass(slots=True)
class RawCell:
    """A cell as the file says it."""

    column: int
    kind: str
    style: str | None
    value: str = ""
    has_formula: bool = False

    @property
    def is_blank(self) -> bool:
        """Say whether nothing stands in it."""
        return not self.value and not self.has_formula


class HeardCells(Listener):
    """Takes in rows until there are more than asked for, then merged areas."""

    def __init__(self, *, most_rows: int) -> None:
        self.is_done = False
        self.rows: dict[int, list[RawCell]] = {}
        self.merged: list[Area] = []
        self.hidden: list[int] = []
        self._most_rows = most_rows
        self._row, self._is_hidden = 0, False
        self._cells: dict[int, RawCell] = {}
        self._cell: RawCell | None = None
        self._column = 0
        self._text: list[str] | None = None
        self._in_phonetics = False

    @property
    def strings_used(self) -> frozenset[int]:
        """Return the places of the shared strings that the cells name."""
        return frozenset(
            int(raw.value)
            for raws in self.rows.values()
            for raw in raws
            if raw.kind == "s" and raw.value.isdecimal() and len(raw.value) < 9
        )

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take in what an element says of itself."""
        name = tag.rpartition("}")[2]
        if name == "row":
            self._begin_row(attributes)
        elif name == "c":
            self._begin_cell(attributes)
        elif name == "rPh":
            self._in_phonetics = True
        elif name in {"v", "t"} and self._cell is not None and not self._in_phonetics:
            self._text = []
        elif name == "f" and self._cell is not None:
            self._cell.has_formula = True
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def data(self, text: str) -> None:
        """Take in a piece of a text or a number."""
        if self._text is not None:
            self._text.append(text)

    def end(self, tag: str) -> None:
        """Put away what has ended."""
        name = tag.rpartition("}")[2]
        if name in {"v", "t"} and self._text is not None:
            if self._cell is not None:
                self._cell.value += "".join(self._text)
            self._text = None
        elif name == "rPh":
            self._in_phonetics = False
        elif name == "c":
            self._cell = None
        elif name == "row":
            self._end_row()

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        self._row = _within(attributes.get("r"), self._row + 1, LAST_ROW)
        self._is_hidden = attributes.get("hidden") in {"1", "true"}
        self._column, self._cells = 0, {}

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        self._column = column_of(attributes.get("r", "")) or self._column + 1
        if self._column > LAST_COLUMN or self._column in self._cells:
            raise PackageRefused(Fault.DAMAGED, attributes.get("r", ""))
        kind, style = attributes.get("t", "n"), attributes.get("s")
        self._cell = RawCell(column=self._column, kind=kind, style=style)
        self._cells[self._column] = self._cell

    def _end_row(self) -> None:
        cells = [raw for _, raw in sorted(self._cells.items()) if not raw.is_blank]
        self._cells = {}
        if not cells:
            return
        if self._row in self.rows:
            raise PackageRefused(Fault.DAMAGED, str(self._row))
        self.rows[self._row] = cells
        if self._is_hidden:
            self.hidden.append(self._row)
        self.is_done = len(self.rows) > self._most_rows

    def _merge(self, reference: str) -> None:
        if len(self.merged) >= _MOST_MERGED:
            raise PackageRefused(Fault.DAMAGED, reference[:40])
        self.merged.append(area_of(reference))


def _within(said: str | None, otherwise: int, last: int) -> int:
    """Return the row number that the file says, or the one that follows; a wild one is refused."""
    if said is None:
        number = otherwise
    elif said.isdecimal() and len(said) <= 7:
        number = int(said)
    else:
        number = 0
    if not 1 <= number <= last:
        raise PackageRefused(Fault.DAMAGED, str(said)[:40])
    return number
