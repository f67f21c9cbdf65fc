"""What is done to a rendered part that could not be proved beforehand: it is parsed and mended."""

import re
from io import BytesIO

from docxtpl import DocxTemplate
from lxml import etree

from ooxml.package import PackageRefused
from ooxml.xml import NAMESPACES, parse_xml, serialize_xml, w
from services.assembler.rendering.balance import END_IN_PARAGRAPH
from services.assembler.rendering.breaks import cut_paragraphs
from services.assembler.rendering.complaints import Place, refusal
from services.assembler.rendering.context import RenderingFailed

_STRAY_TEXT = etree.XPath(
    "//text()[normalize-space() and parent::w:* and not(parent::w:t or parent::w:delText"
    " or parent::w:instrText or parent::w:delInstrText)]",
    namespaces=NAMESPACES,
)
_COLUMNS = etree.XPath("count(w:tblGrid/w:gridCol)", namespaces=NAMESPACES)
_WIDTH = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
_SPAN = re.compile(r"[0-9]{1,5}")
_HAS_LONGER_ROW = etree.XPath("boolean(w:tr[count(w:tc) > $columns])", namespaces=NAMESPACES)
_END_IN_PARAGRAPH = tuple(w(name.removeprefix("w:")) for name in END_IN_PARAGRAPH)
_BLOCKS = frozenset({w("p"), w("tbl"), w("sdt")})
_FIRST_DRAWING_ID = 1000


def repaired(xml: bytes, place: Place) -> bytes:
    """Return the part, well-formed and mended, or raise RenderingFailed."""
    try:
        root = parse_xml(xml, place.part)
    except PackageRefused as exc:
        raise refusal(exc, is_result=True) from exc
    stray = _STRAY_TEXT(root)
    if stray:
        raise RenderingFailed(
            f"Mẫu in “{stray[0].strip()[:80]}” ra ngoài đoạn văn; viết {{{{ … }}}} thay cho "
            f"{{{{r … }}}} hoặc {{{{p … }}}}. Xem {place}."
        )
    cut_paragraphs(root)
    _end_in_paragraphs(root)
    return serialize_xml(_with_docxtpls_repairs(root))


def _end_in_paragraphs(root: etree._Element) -> None:
    """Give a paragraph to each cell, header or note of which conditions left none at the end."""
    for holder in root.iter(*_END_IN_PARAGRAPH):
        blocks = [child for child in holder if child.tag in _BLOCKS]
        if not blocks or blocks[-1].tag == w("tbl"):
            etree.SubElement(holder, w("p"))


def has_longer_rows(root: etree._Element) -> bool:
    """Tell whether a row has more cells than its table's grid has columns."""
    return any(_HAS_LONGER_ROW(table, columns=_COLUMNS(table)) for table in root.iter(w("tbl")))


def _has_other_columns(root: etree._Element) -> bool:
    """Tell whether a table has not as many columns as its grid.

    False where docxtpl cannot mend them: it needs a grid with widths in every table, and numbers
    of columns that are numbers.
    """
    tables = list(root.iter(w("tbl")))
    spans = root.iter(w("gridSpan"))
    if not all(map(_has_widths, tables)) or not all(_is(_SPAN, it.get(w("val"))) for it in spans):
        return False
    return any(_COLUMNS(table) != _widest(table) for table in tables)


def _has_widths(table: etree._Element) -> bool:
    columns = table.findall(f"{w('tblGrid')}/{w('gridCol')}")
    return bool(columns) and all(_is(_WIDTH, column.get(w("w"))) for column in columns)


def _is(pattern: re.Pattern[str], value: str | None) -> bool:
    return pattern.fullmatch(value or "") is not None


def _widest(table: etree._Element) -> int:
    spans = ([_span(cell) for cell in row.findall(w("tc"))] for row in table.findall(w("tr")))
    return max((sum(row) for row in spans), default=0)


def _span(cell: etree._Element) -> int:
    span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
    return 1 if span is None else int(span.get(w("val"), "1"))


def _with_docxtpls_repairs(root: etree._Element) -> etree._Element:
    """Let docxtpl fit the grids of tables to their columns, and number the drawings anew."""
    docxtpl = DocxTemplate(BytesIO())
    docxtpl.docx_ids_index = _FIRST_DRAWING_ID
    if _has_other_columns(root):
        root = docxtpl.fix_tables(serialize_xml(root))
    docxtpl.fix_docpr_ids(root)
    return root
