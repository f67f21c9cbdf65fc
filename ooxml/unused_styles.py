"""Styles that nothing refers to: Word puts hundreds into a file, and a converter reads them all."""

from collections.abc import Iterator, Mapping

from lxml import etree

from ooxml.package import Package
from ooxml.xml import serialize_xml, w

_REFERRING = ("document", "header", "footer", "footnotes", "endnotes", "comments", "numbering")
_REFERENCES = tuple(map(w, ("pStyle", "rStyle", "tblStyle", "numStyleLink", "styleLink")))
_OF_STYLES = tuple(map(w, ("basedOn", "link", "numStyleLink")))
_FIELDS = (w("instrText"), w("fldSimple"))
_ON = {"1", "true", "on"}


def without_unused_styles(package: Package) -> Package:
    """Return the package with the styles that are used, and those that they are based on.

    A field may name a style in words (TOC, STYLEREF): with any such field all styles stay.
    """
    used: set[str] = set()
    for name in package.parts_of_kind(*_REFERRING):
        root = package.tree(name)
        if any(_names_a_style(field) for field in root.iter(*_FIELDS)):
            return package
        used |= {element.get(w("val"), "") for element in root.iter(*_REFERENCES)}
    for name in package.parts_of_kind("styles"):
        package = _pruned(package, name, used)
    return package


def _names_a_style(field: etree._Element) -> bool:
    said = (field.text or "") + field.get(w("instr"), "")
    return "STYLEREF" in said.upper() or "TOC" in said.upper()


def _pruned(package: Package, name: str, used: set[str]) -> Package:
    root = package.tree(name)
    styles = {style.get(w("styleId"), ""): style for style in root.iter(w("style"))}
    kept = set(_with_bases(used | set(_defaults(styles)), styles))
    for key, style in styles.items():
        if key not in kept:
            root.remove(style)
        following = style.find(w("next"))  # says what Word's user types next, not how it looks
        if following is not None:
            style.remove(following)
    for latent in root.findall(w("latentStyles")):
        root.remove(latent)
    return package.with_part(name, serialize_xml(root))


def _defaults(styles: Mapping[str, etree._Element]) -> Iterator[str]:
    for key, style in styles.items():
        if style.get(w("default")) in _ON:
            yield key


def _with_bases(used: set[str], styles: Mapping[str, etree._Element]) -> Iterator[str]:
    waiting, seen = list(used), set(used)
    while waiting:
        key = waiting.pop()
        if key not in styles:
            continue
        yield key
        found = {one.get(w("val"), "") for one in styles[key].iter(*_OF_STYLES)}
        waiting += found - seen
        seen |= found
