"""The text of a Word document in reading order, for full-text search."""

from lxml import etree

from ooxml.package import open_package
from ooxml.xml import MC, w

_IN_ORDER = ("header", "document", "footnotes", "endnotes", "footer")
_CHARACTERS = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("br"): "\n",
    w("cr"): "\n",
    w("noBreakHyphen"): "-",
}
# Deleted and moved-away text, properties (a w:tab in w:tabs is no text), and second renderings.
_SKIPPED = {
    w("del"),
    w("moveFrom"),
    w("pPr"),
    w("rPr"),
    w("sdtPr"),
    w("tblPr"),
    w("sectPr"),
    f"{{{MC}}}Fallback",
}
_SEPARATORS = {"separator", "continuationSeparator", "continuationNotice"}


def plain_text(data: bytes) -> str:
    """Return headers, body with tables, notes and footers; cells by tabs, paragraphs by lines."""
    package = open_package(data)
    pieces = (text_of(package.tree(name)) for name in package.parts_of_kind(*_IN_ORDER))
    lines = (line.rstrip() for piece in pieces for line in piece.splitlines())
    return "\n".join(line for line in lines if line)


def text_of(element: etree._Element) -> str:
    """Return the text under one element; a paragraph and a table row end with a line break."""
    if element.tag in _SKIPPED or element.get(w("type")) in _SEPARATORS:
        return ""
    if element.tag == w("t"):
        return element.text or ""
    if element.tag == w("tr"):
        return "\t".join(_cells(element)) + "\n"
    inner = "".join(text_of(child) for child in element)
    end = "\n" if element.tag == w("p") else ""
    return _CHARACTERS.get(str(element.tag), "") + inner + end


def _cells(row: etree._Element) -> list[str]:
    """Return one line of text a cell; a control or a tracked change may stand around the cell."""
    nearest = (cell for cell in row.iter(w("tc")) if next(cell.iterancestors(w("tr"))) is row)
    return [" ".join(text_of(cell).split("\n")).strip() for cell in nearest]
