"""Rows copied in Excel and pasted into a page: tabs between cells, quotes around several lines."""

from collections.abc import Iterator, Sequence

from kernel.errors import Located
from kernel.text import compose
from ooxml.worksheets import Cell, CellKind, Worksheet
from services.intake.domain import sheet_headings
from services.intake.domain.sheet_reading import rows_of, too_many_rows
from services.intake.domain.sheets import Column, SheetRows, refused


def read_pasted(text: str, columns: Sequence[Column], *, limit: int = 500) -> SheetRows:
    """Return the pasted rows; where no headings were copied, the cells are in our order."""
    rows: dict[int, tuple[Cell, ...]] = {}
    count = 0
    for number, cells in enumerate(_records(compose(text)), 1):
        filled = tuple(
            Cell(row=number, column=place, kind=CellKind.TEXT, text=cell)
            for place, cell in enumerate(cells, 1)
            if cell.strip()
        )
        if filled and count <= limit:
            rows[number] = filled
        count += bool(filled)
    if count > limit + 1:  # one more may be the headings
        raise too_many_rows(count, limit)
    sheet = Worksheet(rows=rows, row_count=count)
    row, score = sheet_headings.best_row(sheet, columns)
    if sheet_headings.is_enough(score, columns):
        return rows_of(sheet, sheet_headings.headings_in(sheet, row, columns), limit=limit)
    if not rows:
        raise refused([Located("#/text", "Chưa dán gì. Hãy chép các ô trong Excel rồi dán vào.")])
    return rows_of(sheet, sheet_headings.without_headings(columns), limit=limit)


def _records(text: str) -> Iterator[list[str]]:
    """Yield the cells of each row as Excel puts them on the clipboard.

    Only a cell that holds a line break, a tab or a quote at its beginning is quoted there; a
    quote in the middle of a cell is a quote.
    """
    at, cells = 0, list[str]()
    while at < len(text):
        cell, at = _quoted(text, at) if text[at] == '"' else _plain(text, at)
        cells.append(cell)
        separator = text[at : at + 1]
        at += 1
        if separator != "\t":
            yield cells
            cells = []
        elif at == len(text):
            cells.append("")
    if cells:
        yield cells


def _plain(text: str, at: int) -> tuple[str, int]:
    """Return the cell that begins here, and where it ends."""
    ends = [place for place in (text.find("\t", at), text.find("\n", at)) if place >= 0]
    end = min(ends, default=len(text))
    return text[at:end], end


def _quoted(text: str, at: int) -> tuple[str, int]:
    """Return the cell in quotes; what only begins with a quote is a plain one."""
    pieces: list[str] = []
    start = at + 1
    while (end := text.find('"', start)) >= 0:
        pieces.append(text[start:end])
        after = text[end + 1 : end + 2]
        if after in {"", "\t", "\n"}:
            return "".join(pieces), end + 1
        if after != '"':
            break
        pieces.append('"')
        start = end + 2
    return _plain(text, at)
