"""The copy of a document that dxpdf 0.8.1 shows as it should: its known faults, written around."""

from collections.abc import Mapping

from lxml import etree

from kernel.text import compose
from ooxml.package import Package
from ooxml.xml import serialize_xml, w

_PRINTED = ("document", "header", "footer", "footnotes", "endnotes")
_SIZE = f"{w('rPr')}/{w('sz')}"


def written_around(package: Package) -> Package:
    """Return the copy in which letters are composed and text in table cells says its size.

    dxpdf garbles decomposed letters, and in a cell it overlooks the size of the paragraph style.
    """
    sizes = _sizes_by_style(package)
    for name in package.parts_of_kind(*_PRINTED):
        root = package.tree(name)
        for text in root.iter(w("t")):
            text.text = compose(text.text or "")
        for cell in root.iter(w("tc")):
            _say_sizes(cell, sizes)
        package = package.with_part(name, serialize_xml(root))
    return package


def _sizes_by_style(package: Package) -> dict[str, str]:
    """Return the font size of every paragraph style; under "" that of the default style."""
    sizes: dict[str, str] = {}
    for name in package.parts_of_kind("styles"):
        styles = [s for s in package.tree(name).iter(w("style")) if s.get(w("type")) == "paragraph"]
        by_id = {style.get(w("styleId"), ""): style for style in styles}
        for style_id, style in by_id.items():
            size = _inherited_size(style, by_id)
            sizes[style_id] = size
            if style.get(w("default")) in {"1", "true"}:
                sizes[""] = size
    return sizes


def _inherited_size(style: etree._Element, by_id: Mapping[str, etree._Element]) -> str:
    current: etree._Element | None = style
    for _ in by_id:  # as often as a chain without a circle can be long
        if current is None:
            break
        size, parent = current.find(_SIZE), current.find(w("basedOn"))
        if size is not None:
            return size.get(w("val"), "")
        current = None if parent is None else by_id.get(parent.get(w("val"), ""))
    return ""


def _say_sizes(cell: etree._Element, sizes: Mapping[str, str]) -> None:
    for paragraph in cell.iter(w("p")):
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        size = sizes.get("" if style is None else style.get(w("val"), ""), "")
        for run in paragraph.iter(w("r")) if size else ():
            if run.find(_SIZE) is None and run.find(f"{w('rPr')}/{w('rStyle')}") is None:
                etree.SubElement(_properties(run), w("sz"), {w("val"): size})


def _properties(run: etree._Element) -> etree._Element:
    properties = run.find(w("rPr"))
    if properties is None:
        properties = etree.Element(w("rPr"))
        run.insert(0, properties)
    return properties
