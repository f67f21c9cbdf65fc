"""Pieces of WordprocessingML, so that the builders read like the page they make."""

from collections.abc import Iterable, Sequence

from lxml import etree

from ooxml.xml import XML_SPACE, W, w

CELL_BORDERS = ("top", "left", "bottom", "right", "insideH", "insideV")


def element(name: str, /, *children: etree._Element, **attributes: str | int) -> etree._Element:
    """Return a w: element; a trailing underscore frees Python's keywords."""
    node = etree.Element(w(name), nsmap={"w": W})
    for key, value in attributes.items():
        node.set(w(key.rstrip("_")), str(value))
    node.extend(children)
    return node


def run(text: str, *marks: str) -> etree._Element:
    """Return a run; marks are character properties such as "b", "i"."""
    words = element("t")
    words.text = text
    words.set(XML_SPACE, "preserve")
    properties = [element("rPr", *(element(mark) for mark in marks))] if marks else []
    return element("r", *properties, words)


def paragraph(
    style: str, *content: etree._Element | str, keep_with_next: bool = False
) -> etree._Element:
    """Return a paragraph in a style; plain strings become runs."""
    properties = element("pPr", element("pStyle", val=style))
    if keep_with_next:
        properties.append(element("keepNext"))
    return element("p", properties, *(run(c) if isinstance(c, str) else c for c in content))


def tag(code: str) -> etree._Element:
    """Return a paragraph that holds one paragraph tag of the template language."""
    return paragraph("body", f"{{%p {code} %}}")


def loop(code: str, *inside: etree._Element) -> list[etree._Element]:
    """Return paragraphs repeated by "for …" or kept by "if …"."""
    end = f"end{code.split()[0]}"
    return [tag(code), *inside, tag(end)]


def rule(length: int, column: int, style: str = "rule") -> etree._Element:
    """Return a drawn line of this length in the middle of a column: a border, no underline."""
    side = (column - length) // 2
    properties = element(
        "pPr", element("pStyle", val=style), element("ind", left=side, right=side, firstLine=0)
    )
    return element("p", properties)


def control(tag_name: str, title: str, text: str, *, number: int) -> etree._Element:
    """Return an inline content control into which the archive writes at issue."""
    properties = element(
        "sdtPr",
        element("alias", val=title),
        element("tag", val=tag_name),
        element("id", val=number),
        element("lock", val="sdtLocked"),
        element("text"),
    )
    return element("sdt", properties, element("sdtContent", run(text)))


def cell(width: int, *content: etree._Element, span: int = 1) -> etree._Element:
    """Return a table cell."""
    properties = element("tcPr", element("tcW", w=width, type="dxa"))
    if span > 1:
        properties.append(element("gridSpan", val=span))
    return element("tc", properties, *content)


def row(*cells: etree._Element, is_header: bool = False) -> etree._Element:
    """Return a table row that is never split over two pages; header rows are repeated."""
    properties = element("trPr", element("cantSplit"))
    if is_header:
        properties.append(element("tblHeader"))
    return element("tr", properties, *cells)


def head_row(widths: Sequence[int], texts: Sequence[str]) -> etree._Element:
    """Return the head of a table, repeated on each page."""
    pairs = zip(widths, texts, strict=True)
    return row(
        *(cell(width, paragraph("table_head", text)) for width, text in pairs), is_header=True
    )


def row_tag(code: str, widths: Sequence[int]) -> etree._Element:
    """Return a row that holds one row tag of the template language."""
    text = paragraph("table_text", f"{{%tr {code} %}}")
    return row(cell(sum(widths), text, span=len(widths)))


def table(
    widths: Sequence[int], rows: Iterable[etree._Element], *, borders: bool
) -> etree._Element:
    """Return a table of fixed column widths; without borders it only sets two columns."""
    padding = 0 if not borders else 85
    properties = element(
        "tblPr",
        element("tblW", w=sum(widths), type="dxa"),
        element("jc", val="center"),
        *([_borders()] if borders else []),
        element("tblLayout", type="fixed"),
        element(
            "tblCellMar",
            element("left", w=padding, type="dxa"),
            element("right", w=padding, type="dxa"),
        ),
    )
    grid = element("tblGrid", *(element("gridCol", w=width) for width in widths))
    return element("tbl", properties, grid, *rows)


def _borders() -> etree._Element:
    lines = (element(side, val="single", sz=4, space=0, color="auto") for side in CELL_BORDERS)
    return element("tblBorders", *lines)
