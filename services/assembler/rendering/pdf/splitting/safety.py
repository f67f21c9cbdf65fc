"""Whether a document may be cut at all: what counts or refers across pages forbids it."""

import re
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from ooxml.package import Package
from ooxml.xml import w
from services.assembler.rendering.pdf.splitting.pieces import (
    END_MARK,
    ROW_MARK,
    SECTION_MARK,
    LongDocument,
    header_count,
)

_PRINTED = ("document", "header", "footer")
_NOTES = (w("footnoteReference"), w("endnoteReference"))
_FIELDS = (w("instrText"), w("fldSimple"), w("hyperlink"))
# A number that a piece can be told. Every other field may count or quote other pages.
_PAGE_FIELD = re.compile(r"\s*PAGE\s*(\\\*\s*\w+\s*)*", re.IGNORECASE)
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_IN_TABLE = {w("tblPr"), w("tblGrid"), w("tr")}


class Indivisible(Exception):
    """The pages of the pieces would not be those of the whole."""


def check_may_be_cut(package: Package, document: LongDocument, table: int) -> None:
    """Raise Indivisible, with the reason, where something stands in the way of cutting this table.

    `table` is the first one that would be cut.
    """
    parts = [package.tree(name) for name in package.parts_of_kind(*_PRINTED)]
    elements = [element for root in parts for element in _telling(root)]
    found = {
        "notes": any(element.tag in _NOTES for element in elements),
        "a field or link": not all(map(_is_harmless, elements)),
        "a mark like ours": any(map(_is_like_a_mark, parts)),
        "facing pages": _has_facing_pages(package),
        "a kind of section": not all(_is_plain(one.properties) for one in document.sections),
        "automatic numbers": _counts_from(document, table, _numbered_styles(package)),
        "a table": not all(_is_plain_table(document, block) for block in document.long_tables()),
    }
    obstacles = [name for name, is_there in found.items() if is_there]
    if obstacles:
        raise Indivisible(f"there is {', '.join(obstacles)}")


def may_begin_page(row: etree._Element) -> bool:
    """Tell whether a piece may begin with this row: no cell of it goes on from the row before."""
    return not any(merge.get(w("val")) != "restart" for merge in row.iter(w("vMerge")))


def _telling(root: etree._Element) -> Iterator[etree._Element]:
    return root.iter(*_NOTES, *_FIELDS)


def _is_harmless(element: etree._Element) -> bool:
    if element.tag == w("hyperlink"):
        return element.get(w("anchor")) is None
    instruction = element.text if element.tag == w("instrText") else element.get(w("instr"))
    return element.tag in _NOTES or bool(_PAGE_FIELD.fullmatch(instruction or ""))


def _is_like_a_mark(root: etree._Element) -> bool:
    names = (start.get(w("name"), "") for start in root.iter(w("bookmarkStart")))
    return any(name.startswith((ROW_MARK, END_MARK, SECTION_MARK)) for name in names)


def _has_facing_pages(package: Package) -> bool:
    settings = (package.tree(name) for name in package.parts_of_kind("settings"))
    return any(
        root.find(w(name)) is not None
        for root in settings
        for name in ("evenAndOddHeaders", "mirrorMargins")
    )


def _is_plain(properties: etree._Element | None) -> bool:
    if properties is None:
        return False
    kind, columns = properties.find(w("type")), properties.find(w("cols"))
    return (
        (kind is None or kind.get(w("val")) == "nextPage")
        and (columns is None or columns.get(w("num"), "1") == "1")
        and all(properties.find(w(name)) is None for name in ("lnNumType", "vAlign", "bidi"))
    )


def _numbered_styles(package: Package) -> frozenset[str]:
    """Return the styles that number their paragraphs, by themselves or by inheritance."""
    found: set[str] = set()
    for name in package.parts_of_kind("styles"):
        styles = {
            style.get(w("styleId"), ""): style for style in package.tree(name).iter(w("style"))
        }
        found |= {key for key in styles if _is_numbered(key, styles)}
    return frozenset(found)


def _is_numbered(key: str, styles: Mapping[str, etree._Element]) -> bool:
    for _ in styles:  # as often as a chain without a circle can be long
        style = styles.get(key)
        if style is None:
            return False
        if style.find(f"{w('pPr')}/{w('numPr')}") is not None:
            return True
        parent = style.find(w("basedOn"))
        key = "" if parent is None else parent.get(w("val"), "")
    return False


def _counts_from(document: LongDocument, block: int, numbered: frozenset[str]) -> bool:
    """Tell whether paragraphs from this block on are numbered by the program that shows them."""
    after = document.blocks[block:]
    return any(
        element.tag == w("numPr") or element.get(w("val")) in numbered
        for element in _each(after, "numPr", "pStyle")
    )


def _is_plain_table(document: LongDocument, block: int) -> bool:
    table, rows = document.blocks[block], document.rows(block)
    return (
        all(child.tag in _IN_TABLE for child in table)
        and table.find(f"{w('tblPr')}/{w('tblpPr')}") is None
        and header_count(rows) < len(rows)
        and next(_each(rows, "tbl", "framePr", "pict", "object", "altChunk"), None) is None
        and next(table.iter(f"{_DRAWING}anchor"), None) is None
    )


def _each(elements: Iterable[etree._Element], *names: str) -> Iterator[etree._Element]:
    for element in elements:
        yield from element.iter(*map(w, names))
