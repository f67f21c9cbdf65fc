"""Content controls (w:sdt) by tag: read them, stamp text into them, take them away."""

import copy
import re
from collections.abc import Collection, Iterator, Mapping

from lxml import etree

from ooxml.package import Package, open_package, save
from ooxml.text import text_of
from ooxml.xml import XML_SPACE, parse_xml, serialize_xml, w

_PRINTED = ("header", "document", "footer")
_WITH_NOTES = (*_PRINTED, "footnotes", "endnotes")
_MARKS = (w("pPr"), w("bookmarkStart"), w("bookmarkEnd"))
_BLOCKS = (w("p"), w("tbl"), w("sdt"))
# In bytes, those of UTF-16 aside: most parts have no control, and a long one takes long to parse.
_CONTROL = re.compile(rb"<(\w+:)?sdt\b")
_BREAKS = re.compile(r"([\n\t])")
# A bound control shows its bound value, not its content, as soon as Word opens the file.
_TRANSIENT = re.compile(r"\}(showingPlcHdr|placeholder|dataBinding)$")


class MissingControls(Exception):
    """The document has no content control with these tags."""

    def __init__(self, tags: Collection[str]) -> None:
        self.tags = tuple(sorted(tags))
        super().__init__(", ".join(self.tags))


def tags(data: bytes) -> dict[str, list[str]]:
    """Return the texts of every tagged control of headers, body and footers, by tag."""
    package = open_package(data)
    found: dict[str, list[str]] = {}
    for name in package.parts_of_kind(*_PRINTED):
        for tag, control in _controls(package.tree(name)):
            content = control.find(w("sdtContent"))
            found.setdefault(tag, []).append("" if content is None else text_of(content).strip())
    return found


def stamp(data: bytes, values: Mapping[str, str]) -> bytes:
    """Return the document with these texts in the controls of these tags, all else unchanged."""
    package = open_package(data)
    missing = set(values)
    for name in package.parts_of_kind(*_PRINTED):
        root = package.tree(name)
        stamped = _stamp_tree(root, values)
        if stamped:
            package = package.with_part(name, serialize_xml(root))
        missing -= stamped
    if missing:
        raise MissingControls(missing)
    return save(package)


def unwrapped(package: Package) -> Package:
    """Return the package with every content control replaced by what it contains."""
    for name in package.parts_of_kind(*_WITH_NOTES):
        if _CONTROL.search(package.parts[name].replace(b"\0", b"")):
            package = _unwrap_part(package, name)
    return package


def _controls(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    for control in list(root.iter(w("sdt"))):
        tag = control.find(f"{w('sdtPr')}/{w('tag')}")
        if tag is not None:
            yield tag.get(w("val"), ""), control


def _stamp_tree(root: etree._Element, values: Mapping[str, str]) -> set[str]:
    stamped: set[str] = set()
    for tag, control in _controls(root):
        if tag in values:
            _fill(control, values[tag])
            stamped.add(tag)
    return stamped


def _fill(control: etree._Element, text: str) -> None:
    content = control.find(w("sdtContent"))
    if content is None:
        content = etree.SubElement(control, w("sdtContent"))
    run = _run(text, _formatting(control, content))
    _drop_placeholder(control)
    paragraph = next(content.iter(w("p")), None)
    if paragraph is None and not _is_inline(control):
        paragraph = etree.SubElement(content, w("p"))
    if paragraph is None:
        _put(content, run)
        return
    _put(paragraph, run)
    holder = paragraph.getparent()
    if holder is not None:
        blocks = [child for child in holder if child.tag in _BLOCKS and child is not paragraph]
        _keep_only(holder, [child for child in holder if child not in blocks])


def _is_inline(control: etree._Element) -> bool:
    parent = control.getparent()
    return parent is not None and (
        parent.tag == w("p") or next(parent.iterancestors(w("p")), None) is not None
    )


def _put(holder: etree._Element, run: etree._Element) -> None:
    holder[:] = [*(child for child in holder if child.tag in _MARKS), run]


def _keep_only(element: etree._Element, children: list[etree._Element]) -> None:
    element[:] = children


def _formatting(control: etree._Element, content: etree._Element) -> etree._Element | None:
    """Return a copy of the first run's properties, else of the control's own."""
    run = next(content.iter(w("r")), None)
    properties = None if run is None else run.find(w("rPr"))
    if properties is None:
        properties = control.find(f"{w('sdtPr')}/{w('rPr')}")
    if properties is None:
        return None
    properties = copy.deepcopy(properties)
    style = properties.find(w("rStyle"))
    if style is not None and control.find(f"{w('sdtPr')}/{w('showingPlcHdr')}") is not None:
        properties.remove(style)
    return properties


def _run(text: str, properties: etree._Element | None) -> etree._Element:
    run = etree.Element(w("r"))
    if properties is not None:
        run.append(properties)
    for piece in filter(None, _BREAKS.split(text)):
        if piece in "\n\t":
            etree.SubElement(run, w("br" if piece == "\n" else "tab"))
        else:
            etree.SubElement(run, w("t"), {XML_SPACE: "preserve"}).text = piece
    return run


def _drop_placeholder(control: etree._Element) -> None:
    properties = control.find(w("sdtPr"))
    if properties is not None:
        _keep_only(properties, [p for p in properties if not _TRANSIENT.search(str(p.tag))])


def _unwrap_part(package: Package, name: str) -> Package:
    root = parse_xml(package.parts[name], name)
    controls = list(root.iter(w("sdt")))
    for control in reversed(controls):
        content = control.find(w("sdtContent"))
        parent = control.getparent()
        if parent is not None:
            at = parent.index(control)
            parent[at : at + 1] = [] if content is None else list(content)
    return package.with_part(name, serialize_xml(root)) if controls else package
