"""The pieces of a document with a long table: each begins where a page begins, and says its number.

A piece that begins inside a table repeats the table's header rows, as a page there shows them.
"""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from ooxml.xml import w

LONG_ROWS = 1_000
"""So many rows LibreOffice lays out as fast in one table as in two."""
ROW_MARK, END_MARK, SECTION_MARK = "thiduarow", "thiduaend", "thiduasection"
_FIRST_ID = 1_000_000  # far above the ids of the document's own bookmarks
_NUMBER = re.compile(r"[0-9]{1,9}")
_OFF = {"0", "false", "off"}
_REFERENCES = (w("headerReference"), w("footerReference"))
# What stands before w:pgNumType in the properties of a section.
_BEFORE_NUMBER = {
    *_REFERENCES,
    *(w(name) for name in ("footnotePr", "endnotePr", "type", "pgSz", "pgMar", "paperSrc")),
    *(w(name) for name in ("pgBorders", "lnNumType")),
}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A block of the body, and a row of it where the block is a table."""

    block: int
    row: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """The blocks up to and without `end`; the properties say everything that it inherits."""

    end: int
    properties: etree._Element

    @property
    def first_number(self) -> int | None:
        """Return the number that its first page is given, if it does not just count on."""
        numbering = self.properties.find(w("pgNumType"))
        start = "" if numbering is None else numbering.get(w("start"), "")
        return int(start) if _NUMBER.fullmatch(start) else None


class LongDocument:
    """The body of a document, to be copied piece by piece.

    A table with more than `long_rows` rows is a long one.
    """

    def __init__(self, root: etree._Element, long_rows: int = LONG_ROWS) -> None:
        """Take over the tree, which is not for anybody else from now on."""
        self._root, self.long_rows, body = root, long_rows, root[-1]
        self.blocks = [child for child in body if child.tag != w("sectPr")]
        self.sections = tuple(self._sections(body.find(w("sectPr"))))

    def rows(self, block: int) -> Sequence[etree._Element]:
        """Return the rows of a block that is a table; none of any other."""
        found = self.blocks[block]
        return found.findall(w("tr")) if found.tag == w("tbl") else ()

    def section_at(self, block: int) -> int:
        """Return the section that this block belongs to."""
        return next(n for n, section in enumerate(self.sections) if block < section.end)

    def long_tables(self, start: Place = Place(0)) -> Iterator[int]:
        """Return the tables with more than so many rows from here on."""
        for block in range(start.block, len(self.blocks)):
            left = len(self.rows(block)) - (start.row if block == start.block else 0)
            if left > self.long_rows:
                yield block

    def piece(self, start: Place, number: int | None, end: Place | None) -> etree._Element:
        """Return the document from `start`, whose page has this number, to before `end`.

        Sections, and the rows of a table of which only some are here, are marked by bookmarks.
        """
        root = etree.Element(self._root.tag, nsmap=dict(self._root.nsmap))
        body = etree.SubElement(root, w("body"))
        last = len(self.blocks) - 1 if end is None else end.block
        for block in range(start.block, last + 1):
            first_row = start.row if block == start.block else 0
            to_row = end.row if end is not None and block == end.block else None
            body.append(self._copied(block, first_row, to_row))
        body.append(deepcopy(self.sections[self.section_at(last)].properties))
        if number is not None:
            _begin_with_number(next(body.iter(w("sectPr"))), number)
        return root

    def _sections(self, last: etree._Element | None) -> Iterator[Section]:
        known: dict[tuple[str, str], etree._Element] = {}
        for at, block in enumerate(self.blocks, 1):
            properties = block.find(f"{w('pPr')}/{w('sectPr')}")
            if properties is not None:
                _inherit(properties, known)
                yield Section(at, properties)
        last = etree.Element(w("sectPr")) if last is None else last
        _inherit(last, known)
        yield Section(len(self.blocks) + 1, last)

    def _copied(self, block: int, first_row: int, to_row: int | None) -> etree._Element:
        original = self.blocks[block]
        if first_row or to_row is not None:
            copied = self._copied_rows(block, first_row, to_row)
        else:
            copied = deepcopy(original)
        section = self.section_at(block)
        if section and block == self.sections[section - 1].end:
            _mark(copied, f"{SECTION_MARK}{section}", _FIRST_ID - section)
        return copied

    def _copied_rows(self, block: int, first_row: int, to_row: int | None) -> etree._Element:
        original, rows = self.blocks[block], self.rows(block)
        copied = etree.Element(original.tag, dict(original.attrib))
        copied.extend([deepcopy(child) for child in original if child.tag != w("tr")])
        if first_row:
            copied.extend([deepcopy(row) for row in rows[: header_count(rows)]])
        for number, row in enumerate(rows[first_row:to_row], first_row):
            copied.append(deepcopy(row))
            _mark(copied[-1], f"{ROW_MARK}{number}", _FIRST_ID + number)
            _mark_ends(copied[-1], number)
        return copied


def header_count(rows: Sequence[etree._Element]) -> int:
    """Return how many first rows are repeated on every page."""
    for count, row in enumerate(rows):
        repeated = row.find(f"{w('trPr')}/{w('tblHeader')}")
        if repeated is None or repeated.get(w("val")) in _OFF:
            return count
    return len(rows)


def _inherit(properties: etree._Element, known: dict[tuple[str, str], etree._Element]) -> None:
    """Add the headers and footers that a section takes over from those before it."""
    own = {
        (child.tag, child.get(w("type"), "default")): child
        for child in properties
        if child.tag in _REFERENCES
    }
    for which, reference in known.items():
        if which not in own:
            properties.insert(0, deepcopy(reference))
    known.update(own)


def _begin_with_number(properties: etree._Element, number: int) -> None:
    """Make a section whose first page is one of its later pages, with this number."""
    for title_page in properties.findall(w("titlePg")):
        properties.remove(title_page)
    numbering = properties.find(w("pgNumType"))
    if numbering is None:
        numbering = etree.Element(w("pgNumType"))
        before = [child for child in properties if child.tag in _BEFORE_NUMBER]
        properties.insert(len(before), numbering)
    numbering.set(w("start"), str(number))


def _mark_ends(row: etree._Element, number: int) -> None:
    """Mark where each cell ends, unless the row is on one page for certain."""
    unbroken = row.find(f"{w('trPr')}/{w('cantSplit')}")
    if unbroken is not None and unbroken.get(w("val")) not in _OFF:
        return
    for place, cell in enumerate(row.findall(w("tc"))):
        paragraph = cell[-1] if len(cell) else None
        if paragraph is not None and paragraph.tag == w("p"):
            name = f"{END_MARK}{number}x{place}"
            paragraph.extend(_bookmark(name, 10 * _FIRST_ID + 100 * number + place))


def _mark(block: etree._Element, name: str, identity: int) -> None:
    paragraph = block if block.tag == w("p") else next(block.iter(w("p")), None)
    if paragraph is None:
        return
    at = 1 if len(paragraph) and paragraph[0].tag == w("pPr") else 0
    paragraph[at:at] = _bookmark(name, identity)


def _bookmark(name: str, identity: int) -> list[etree._Element]:
    start = etree.Element(w("bookmarkStart"), {w("id"): str(identity), w("name"): name})
    return [start, etree.Element(w("bookmarkEnd"), {w("id"): str(identity)})]
