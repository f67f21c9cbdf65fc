"""The cells of a sheet as they stand in the file, row by row; the file may be hostile.

Numbers are taken from their digits in the file, never by way of a binary float. A formula is told
apart from a value, and its cached result is not read. A hundred thousand rows cost no tree.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, InvalidOperation
from enum import Enum

from ooxml.faults import Fault, PackageRefused
from ooxml.number_formats import NumberFormats, Shown, number_formats
from ooxml.serial_dates import Moment, moment_of
from ooxml.shared_strings import shared_strings, unescaped
from ooxml.workbooks import Sheet, Workbook
from ooxml.xml import Listener, stream_xml

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
MOST_ELEMENTS = 4_000_000
_MOST_MERGED = 20_000
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ROW = re.compile(rb"<(?:[A-Za-z][\w.-]*:)?row[\s>]")
_VALUE = re.compile(rb"<(?:[A-Za-z][\w.-]*:)?(?:v|is|f)[\s>]")
# Excel itself shows 15 digits: 0.1 + 0.2 is kept as 0.30000000000000004 and shown as 0.3.
_SHOWN_DIGITS = Context(prec=15)
_LARGEST_EXPONENT = 308
_NUMBER = re.compile(r"[+-]?[0-9]*\.?[0-9]*(?:[eE][+-]?[0-9]{1,4})?")


class CellKind(Enum):
    """What stands in a cell."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    MOMENT = "moment"
    TRUTH = "truth"
    FORMULA = "formula"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell that holds something; a percentage holds its number as stored: 92% is 0.92."""

    row: int
    column: int
    kind: CellKind
    text: str = ""
    number: Decimal | None = None
    moment: Moment | None = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Worksheet:
    """The rows that hold something, by their number; `row_count` also counts those not read."""

    rows: Mapping[int, tuple[Cell, ...]]
    row_count: int
    merged: tuple[Area, ...] = ()
    hidden_rows: tuple[int, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Say whether every row was read."""
        return self.row_count == len(self.rows)


def read_worksheet(workbook: Workbook, sheet: Sheet, *, rows: int) -> Worksheet:
    """Return at most so many rows with something in them; of more, only the number is told."""
    data = workbook.parts[sheet.part]
    heard = _Heard(most_rows=rows)
    stream_xml(data, sheet.part, heard, elements=MOST_ELEMENTS)
    if heard.is_done:
        return Worksheet(rows={}, row_count=max(_count_rows(data), rows + 1))
    strings = shared_strings(workbook, heard.strings_used)
    reading = _Reading(strings, number_formats(workbook), workbook.counts_from_1904)
    return Worksheet(
        rows={
            number: tuple(reading.cell(number, raw) for raw in raws)
            for number, raws in heard.rows.items()
        },
        row_count=len(heard.rows),
        merged=tuple(heard.merged),
        hidden_rows=tuple(heard.hidden),
    )


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


def _count_rows(data: bytes) -> int:
    """Return how many rows hold something, without reading what."""
    starts = [match.start() for match in _ROW.finditer(data)]
    ends = [*starts[1:], len(data)]
    return sum(1 for at, end in zip(starts, ends, strict=True) if _VALUE.search(data, at, end))


@dataclass(slots=True)
class _Raw:
    """A cell as the file says it."""

    column: int
    kind: str
    style: str | None
    value: str = ""
    has_formula: bool = False

    @property
    def is_blank(self) -> bool:
        return not self.value and not self.has_formula


class _Heard(Listener):
    """Takes in rows until there are more than asked for, then merged areas."""

    def __init__(self, *, most_rows: int) -> None:
        self.is_done = False
        self.rows: dict[int, list[_Raw]] = {}
        self.merged: list[Area] = []
        self.hidden: list[int] = []
        self._most_rows = most_rows
        self._row, self._is_hidden = 0, False
        self._cells: dict[int, _Raw] = {}
        self._cell: _Raw | None = None
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
        if self._text is not None:
            self._text.append(text)

    def end(self, tag: str) -> None:
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
        place = _PLACE.fullmatch(attributes.get("r", ""))
        self._column = column_number(place[1]) if place else self._column + 1
        if self._column > LAST_COLUMN or self._column in self._cells:
            raise PackageRefused(Fault.DAMAGED, attributes.get("r", ""))
        kind, style = attributes.get("t", "n"), attributes.get("s")
        self._cell = _Raw(column=self._column, kind=kind, style=style)
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
        first, _, last = reference.partition(":")
        begin, end = _PLACE.fullmatch(first), _PLACE.fullmatch(last or first)
        if begin is None or end is None or len(self.merged) >= _MOST_MERGED:
            raise PackageRefused(Fault.DAMAGED, reference[:40])
        self.merged.append(
            Area(
                first_row=int(begin[2]),
                first_column=column_number(begin[1]),
                last_row=int(end[2]),
                last_column=column_number(end[1]),
            )
        )


@dataclass(frozen=True, slots=True)
class _Reading:
    """Turns what the file says into what stands in the cell."""

    strings: Mapping[int, str]
    formats: NumberFormats
    counts_from_1904: bool

    def cell(self, row: int, raw: _Raw) -> Cell:
        if raw.has_formula:
            return Cell(row=row, column=raw.column, kind=CellKind.FORMULA)
        if raw.kind in {"s", "inlineStr", "str"}:
            return self._text(row, raw)
        if raw.kind == "b":
            text = "TRUE" if raw.value == "1" else "FALSE"
            return Cell(row=row, column=raw.column, kind=CellKind.TRUTH, text=text)
        if raw.kind == "n":
            return self._number(row, raw)
        if raw.kind == "d":
            moment = Moment.from_iso(raw.value)
            if moment is not None:
                return Cell(row=row, column=raw.column, kind=CellKind.MOMENT, moment=moment)
        return Cell(row=row, column=raw.column, kind=CellKind.ERROR, text=raw.value[:40])

    def _text(self, row: int, raw: _Raw) -> Cell:
        text = raw.value
        if raw.kind == "s":
            place = int(text) if text.isdecimal() and len(text) < 9 else -1
            if place not in self.strings:
                raise PackageRefused(Fault.DAMAGED, f"{column_letters(raw.column)}{row}")
            return Cell(row=row, column=raw.column, kind=CellKind.TEXT, text=self.strings[place])
        return Cell(row=row, column=raw.column, kind=CellKind.TEXT, text=unescaped(text))

    def _number(self, row: int, raw: _Raw) -> Cell:
        number = exact_number(raw.value)
        if number is None:
            return Cell(row=row, column=raw.column, kind=CellKind.ERROR, text=raw.value[:40])
        shown = self.formats.shown(raw.style)
        if shown is Shown.DATE:
            moment = moment_of(number, counts_from_1904=self.counts_from_1904)
            if moment is not None:
                return Cell(
                    row=row,
                    column=raw.column,
                    kind=CellKind.MOMENT,
                    number=number,
                    moment=moment,
                )
        kind = CellKind.PERCENT if shown is Shown.PERCENT else CellKind.NUMBER
        return Cell(row=row, column=raw.column, kind=kind, number=number)


def exact_number(digits: str) -> Decimal | None:
    """Return the number with the 15 digits that Excel shows, in its shortest form."""
    typed = digits.strip()
    if len(typed) > 400 or not _NUMBER.fullmatch(typed):
        return None
    try:
        number = _SHOWN_DIGITS.create_decimal(typed)
    except InvalidOperation:
        return None
    if abs(number.adjusted()) > _LARGEST_EXPONENT:
        return None
    return Decimal(format(number.normalize(), "f")) if number else Decimal(0)


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
