"""The cells of a sheet as they stand in the file, row by row; the file may be hostile.

Numbers are taken from their digits in the file, never by way of a binary float. A formula is told
apart from a value, and its cached result is not read. A hundred thousand rows cost no tree.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, InvalidOperation
from enum import Enum

from ooxml.cell_listening import HeardCells, RawCell
from ooxml.cell_places import Area, column_letters
from ooxml.faults import Fault, PackageRefused
from ooxml.number_formats import NumberFormats, Shown, number_formats
from ooxml.serial_dates import Moment, moment_of
from ooxml.shared_strings import shared_strings, unescaped
from ooxml.workbooks import Sheet, Workbook
from ooxml.xml import stream_xml

__all__ = ["Area", "Cell", "CellKind", "Worksheet", "column_letters", "read_worksheet"]

MOST_ELEMENTS = 4_000_000
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
    heard = HeardCells(most_rows=rows)
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


def _count_rows(data: bytes) -> int:
    """Return how many rows hold something, without reading what."""
    starts = [match.start() for match in _ROW.finditer(data)]
    ends = [*starts[1:], len(data)]
    return sum(1 for at, end in zip(starts, ends, strict=True) if _VALUE.search(data, at, end))


@dataclass(frozen=True, slots=True)
class _Reading:
    """Turns what the file says into what stands in the cell."""

    strings: Mapping[int, str]
    formats: NumberFormats
    counts_from_1904: bool

    def cell(self, row: int, raw: RawCell) -> Cell:
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

    def _text(self, row: int, raw: RawCell) -> Cell:
        text = raw.value
        if raw.kind == "s":
            place = int(text) if text.isdecimal() and len(text) < 9 else -1
            if place not in self.strings:
                raise PackageRefused(Fault.DAMAGED, f"{column_letters(raw.column)}{row}")
            return Cell(row=row, column=raw.column, kind=CellKind.TEXT, text=self.strings[place])
        return Cell(row=row, column=raw.column, kind=CellKind.TEXT, text=unescaped(text))

    def _number(self, row: int, raw: RawCell) -> Cell:
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
