"""On which page of a PDF the marked rows and sections begin."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from pypdf import PdfReader

from services.assembler.rendering.pdf.splitting.pieces import (
    END_MARK,
    ROW_MARK,
    SECTION_MARK,
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A page, counted from 0, and how far up on it (points)."""

    page: int
    top: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """Where things begin in the PDF of a piece."""

    pages: int
    rows: Mapping[int, Spot]
    sections: Mapping[int, int]
    ends: Mapping[int, int]
    """The page on which a row ends, for rows that may break over pages."""

    def ends_before(self, row: int, page: int) -> bool:
        """Tell whether nothing of the row is on this page."""
        return self.ends.get(row, page - 1) < page

    def rows_on(self, page: int) -> dict[int, float]:
        """Return the rows that begin on this page, with their tops."""
        return {row: spot.top for row, spot in self.rows.items() if spot.page == page}


def read_paging(pdf: bytes) -> Paging:
    """Return what the named destinations of a PDF say."""
    reader = PdfReader(BytesIO(pdf))
    numbers = {
        page.indirect_reference.idnum: number
        for number, page in enumerate(reader.pages)
        if page.indirect_reference is not None
    }
    rows: dict[int, Spot] = {}
    sections: dict[int, int] = {}
    ends: dict[int, int] = {}
    for name, target in reader.named_destinations.items():
        page = numbers[target.page.idnum]  # type: ignore[union-attr]
        plain = name.removeprefix("/")
        if plain.startswith(ROW_MARK):
            rows[int(plain.removeprefix(ROW_MARK))] = Spot(page, float(target.top or 0))
        elif plain.startswith(END_MARK):
            row = int(plain.removeprefix(END_MARK).partition("x")[0])
            ends[row] = max(page, ends.get(row, 0))
        elif plain.startswith(SECTION_MARK):
            sections[int(plain.removeprefix(SECTION_MARK))] = page
    return Paging(pages=len(numbers), rows=rows, sections=sections, ends=ends)
