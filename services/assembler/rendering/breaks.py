"""New paragraphs and pages inside a value: the paragraph around each mark is cut in two there."""

import copy

from lxml import etree

from ooxml.xml import w

_PROPERTIES = frozenset({w("pPr"), w("rPr"), w("sdtPr")})
_BREAKS = frozenset({"paragraph-break", "page-break"})


def cut_paragraphs(root: etree._Element) -> None:
    """Replace every mark by an end of its paragraph; both halves look alike."""
    marks = [it for it in root.iter() if isinstance(it, etree._ProcessingInstruction)]
    # From the last to the first: so each cut moves only what stands before the next one.
    for mark in reversed([it for it in marks if it.target in _BREAKS]):
        paragraph: etree._Element | None = next(mark.iterancestors(w("p")), None)
        if paragraph is None:
            continue  # no document has text there; the mark is invisible
        rest = _cut(mark, paragraph)
        for section in paragraph.findall(f"{w('pPr')}/{w('sectPr')}"):
            _remove(section)  # the section ends with the last of the paragraphs
        paragraph.addnext(rest)
        if mark.target == "page-break":
            paragraph.addnext(_page())
        _remove(mark)


def _cut(mark: etree._ProcessingInstruction, paragraph: etree._Element) -> etree._Element:
    """Return what follows the mark, moved into a copy of the elements around it."""
    at: etree._Element = mark
    carried: etree._Element | None = None
    while at is not paragraph:
        parent = at.getparent()
        if parent is None:
            raise ValueError("a mark outside its paragraph")
        half = etree.Element(parent.tag, parent.attrib, parent.nsmap)
        half.extend(copy.deepcopy(it) for it in parent if it.tag in _PROPERTIES)
        if carried is None:
            half.text, at.tail = at.tail, None
        else:
            half.append(carried)
        half.extend(list(at.itersiblings()))
        carried, at = half, parent
    if carried is None:
        raise ValueError("a mark that is its paragraph")
    return carried


def _page() -> etree._Element:
    paragraph = etree.Element(w("p"))
    etree.SubElement(etree.SubElement(paragraph, w("r")), w("br"), {w("type"): "page"})
    return paragraph


def _remove(mark: etree._Element) -> None:
    parent = mark.getparent()
    if parent is not None:
        parent.remove(mark)
