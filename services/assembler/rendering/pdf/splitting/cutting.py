"""Where a long document is cut, and the proof that each cut shows nowhere."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from services.assembler.rendering.pdf.splitting.paging import Paging, read_paging
from services.assembler.rendering.pdf.splitting.pieces import (
    LongDocument,
    Place,
    header_count,
)
from services.assembler.rendering.pdf.splitting.safety import Indivisible, may_begin_page

_SAME_POINTS = 0.1
# The page shared with the piece before, one that is kept, and the last one, which is not.
_PAGES_AT_LEAST = 3

Export = Callable[[etree._Element], bytes]


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the next piece begins.

    `pages` of the piece before are kept; `tops` says where the rows of the page after them stood.
    """

    place: Place
    pages: int
    number: int
    tops: Mapping[int, float]


def pages_in_pieces(document: LongDocument, export: Export) -> Iterator[tuple[bytes, int]]:
    """Yield each piece's PDF with how many of its first pages belong to the whole.

    Raises Indivisible where that cannot be done exactly.
    """
    cut = Cut(Place(0), 0, 0, {})
    for pdf, following in _cut_pieces(document, cut, export):
        yield pdf, following.pages
        cut = following
    if not cut.pages:
        raise Indivisible("no page begins with a row at which the table may be cut")
    pdf = export(document.piece(cut.place, cut.number, None))
    paging = read_paging(pdf)
    _check_seam(cut, paging)
    yield pdf, paging.pages


def _cut_pieces(document: LongDocument, cut: Cut, export: Export) -> Iterator[tuple[bytes, Cut]]:
    """Yield pieces, each with where the next one begins, for as long as there are long tables."""
    while (table := next(document.long_tables(cut.place), None)) is not None:
        cut_off = _cut_off(document, cut, table, export)
        if cut_off is None:
            return
        yield cut_off
        cut = cut_off[1]


def _cut_off(
    document: LongDocument, cut: Cut, table: int, export: Export
) -> tuple[bytes, Cut] | None:
    """Return the piece up to some page of this table, and where the next one begins."""
    first = cut.place.row if table == cut.place.block else 0
    count = max(document.long_rows // 2, _PAGES_AT_LEAST * len(cut.tops))
    while first + count < len(document.rows(table)):
        pdf = export(document.piece(cut.place, _number(cut), Place(table, first + count)))
        paging = read_paging(pdf)
        _check_seam(cut, paging)
        found = _next_cut(document, cut, table, paging)
        if found is not None:
            return pdf, found
        count *= 2  # rows so low, or merged over so many, that these fill no pages of their own
    return None


def _next_cut(document: LongDocument, cut: Cut, table: int, paging: Paging) -> Cut | None:
    """Return the last page that may begin a piece and has another one after it.

    What follows the piece can move rows of its last page, never of the page before that.
    """
    rows = document.rows(table)
    for page in range(paging.pages - 2, 0, -1):
        tops = paging.rows_on(page)
        row = min(tops, default=0)
        is_first = row > header_count(rows) and paging.ends_before(row - 1, page)
        if is_first and may_begin_page(rows[row]):
            number = _number_of(page, document, cut, table, paging)
            return Cut(Place(table, row), page, number, tops)
    return None


def _number_of(page: int, document: LongDocument, cut: Cut, table: int, paging: Paging) -> int:
    """Return the number printed on a page of the table's section."""
    first = document.section_at(cut.place.block)
    for section in range(document.section_at(table), first, -1):
        start = document.sections[section].first_number
        if start is not None:
            return start + page - paging.sections[section]
    known = cut.number if cut.pages else document.sections[first].first_number
    return (1 if known is None else known) + page


def _number(cut: Cut) -> int | None:
    return cut.number if cut.pages else None


def _check_seam(cut: Cut, paging: Paging) -> None:
    """Compare the page that two pieces share: each of its rows must stand where it stood."""
    for row, top in cut.tops.items():
        spot = paging.rows.get(row)
        if spot is None or spot.page != 0 or abs(spot.top - top) > _SAME_POINTS:
            raise Indivisible("a page would begin otherwise than in the whole")
