"""One form for XML that Word shows alike, so that two engines can be compared.

What is forgiven, and why:

- How text is cut into runs and into `w:t`: neighbours of equal properties are shown as one. docxtpl
  ends the run at a tab, ours writes the tab into it.
- Empty `w:t`, `w:rPr` and runs without content: they show nothing.
- `xml:space`: only whether the spaces at both ends count is compared, by dropping those that Word
  drops.
- Marks of editing sessions (`w:rsid…`, `w14:paraId`): a cut paragraph or run loses them.
- The order of run properties, a missing `w:val="clear"` of a shading, `w:val="true"` of a switch:
  docxtpl writes a rich text's in an order, and with omissions, that the schema does not allow.
- Numbers of drawings (`wp:docPr/@id`): only their order is kept; that they differ is a test of its
  own.
- Unused namespace declarations, and white space between elements.

Nothing else: not the number or the properties of paragraphs, cells, rows and grids.
"""

import difflib
from itertools import groupby

from lxml import etree

from ooxml.xml import W, w

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_SESSION = ("rsid", "paraId", "textId")
_TEXTS = frozenset({w("t"), w("delText"), w("instrText"), w("delInstrText")})


def canonical(xml: bytes) -> list[str]:
    """Return the lines of the canonical form."""
    root = etree.fromstring(xml, etree.XMLParser(remove_blank_text=False))
    _drop_session_marks(root)
    _number_drawings(root)
    for text in [it for it in root.iter() if it.tag in _TEXTS]:
        _apply_space(text)
    for properties in list(root.iter(w("rPr"))):
        _order_properties(properties)
    for holder in [it for it in root.iter() if it.find(w("r")) is not None]:
        _merge_runs(holder)
    for element in root.iter():
        _drop_white_space(element)
    etree.indent(root)
    written = etree.tostring(root, method="c14n", exclusive=True)
    return written.decode().splitlines()


def differences(ours: bytes, theirs: bytes) -> str:
    """Return a readable difference of two parts; "" where they are equivalent."""
    lines = difflib.unified_diff(canonical(theirs), canonical(ours), "docxtpl", "thidua", n=4)
    return "\n".join(lines)


def _drop_session_marks(root: etree._Element) -> None:
    for element in root.iter():
        for name in list(element.attrib):
            if str(name).rpartition("}")[2].startswith(_SESSION):
                del element.attrib[name]


def _number_drawings(root: etree._Element) -> None:
    for number, drawing in enumerate(root.iter(_DRAWING)):
        drawing.set("id", str(number))


def _apply_space(text: etree._Element) -> None:
    if text.attrib.pop(_SPACE, "") != "preserve":
        text.text = (text.text or "").strip()


def _order_properties(properties: etree._Element) -> None:
    for one in properties:
        if one.tag == w("shd") and one.get(w("val")) is None:
            one.set(w("val"), "clear")
        if one.get(w("val")) == "true":
            del one.attrib[w("val")]
    properties[:] = sorted(properties, key=lambda one: str(one.tag))


def _merge_runs(holder: etree._Element) -> None:
    """Put the content of neighbouring runs of equal properties into one."""
    merged: list[etree._Element] = []
    for is_run, group in groupby(holder, key=lambda child: child.tag == w("r")):
        neighbours = list(group)
        merged += _merged(neighbours) if is_run else neighbours
    holder[:] = merged


def _merged(runs: list[etree._Element]) -> list[etree._Element]:
    found: list[etree._Element] = []
    for run in filter(_content, runs):
        last = found[-1] if found else None
        if last is not None and _look(last) == _look(run):
            last.extend(_content(run))
        else:
            found.append(run)
    for run in found:
        _merge_texts(run)
    return found


def _content(run: etree._Element) -> list[etree._Element]:
    return [it for it in run if it.tag != w("rPr") and not (it.tag in _TEXTS and not it.text)]


def _look(run: etree._Element) -> bytes:
    properties = run.find(w("rPr"))
    if properties is None or not len(properties):
        return b""
    return bytes(etree.tostring(properties, method="c14n", exclusive=True, with_tail=False))


def _merge_texts(run: etree._Element) -> None:
    properties = run.find(w("rPr"))
    pieces: list[etree._Element] = [] if properties is None or not len(properties) else [properties]
    for piece in _content(run):
        last = pieces[-1] if pieces else None
        if last is not None and piece.tag in _TEXTS and last.tag == piece.tag:
            last.text = f"{last.text}{piece.text}"
        else:
            pieces.append(piece)
    run[:] = pieces


def _drop_white_space(element: etree._Element) -> None:
    if not (element.tail or "").strip():
        element.tail = None
    is_word = str(element.tag).startswith(f"{{{W}}}")
    if is_word and element.tag not in _TEXTS and not (element.text or "").strip():
        element.text = None
