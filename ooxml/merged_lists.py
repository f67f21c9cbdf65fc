"""Numbered lists of merged documents: each document's lists begin at their own first number.

Paragraphs that name the same list instance (`w:num`) count on from each other. So every document
after the first gets instances of its own, which start anew.
"""

from copy import deepcopy
from functools import cached_property

from lxml import etree

from ooxml.package import Package
from ooxml.xml import serialize_xml, w

_LEVELS = range(9)
# What the schema puts before w:numPr among the properties of a paragraph.
_BEFORE_NUMBERING = {
    w(name)
    for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
}
_DEEPEST_STYLE = 20


class Lists:
    """The numbering part of the first document, growing."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._name = next(iter(package.parts_of_kind("numbering")), None)

    def restart(self, root: etree._Element) -> None:
        """Give the lists of this document instances of their own."""
        if self._name is None:
            return
        own: dict[str, str] = {}
        for paragraph in root.iter(w("p")):
            used = self._numbering_of(paragraph)
            if used is None:
                continue
            number, level = used
            if number in self._instances:
                own[number] = own.get(number) or self._add(number)
                _set_numbering(paragraph, own[number], level)

    def parts(self) -> dict[str, bytes]:
        """Return the part, where there is one."""
        return {self._name: serialize_xml(self._root)} if self._name is not None else {}

    @cached_property
    def _root(self) -> etree._Element:
        assert self._name is not None  # noqa: S101 - only asked where the part exists
        return self._package.tree(self._name)

    @cached_property
    def _instances(self) -> dict[str, etree._Element]:
        return {it.get(w("numId"), ""): it for it in self._root.iter(w("num"))}

    @cached_property
    def _starts(self) -> dict[tuple[str, str], str]:
        """Return the first number of each level of each kind of list."""
        return {
            (kind.get(w("abstractNumId"), ""), level.get(w("ilvl"), "")): start.get(w("val"), "1")
            for kind in self._root.iter(w("abstractNum"))
            for level in kind.iter(w("lvl"))
            for start in level.findall(w("start"))
        }

    @cached_property
    def _by_style(self) -> dict[str, tuple[str, str | None]]:
        """Return list and level by the paragraph styles that number, inherited ones too."""
        name = next(iter(self._package.parts_of_kind("styles")), None)
        if name is None:
            return {}
        styles = {it.get(w("styleId"), ""): it for it in self._package.tree(name).iter(w("style"))}
        found = {code: _inherited_numbering(code, styles) for code in styles}
        return {code: used for code, used in found.items() if used is not None}

    def _numbering_of(self, paragraph: etree._Element) -> tuple[str, str | None] | None:
        properties = paragraph.find(w("pPr"))
        if properties is None:
            return None
        direct = _numbering(properties)
        if direct is not None:
            return direct
        style = properties.find(w("pStyle"))
        return None if style is None else self._by_style.get(style.get(w("val"), ""))

    def _add(self, number: str) -> str:
        new = deepcopy(self._instances[number])
        own = str(max(int(it) for it in self._instances if it.isdecimal()) + 1)
        new.set(w("numId"), own)
        kind = new.find(w("abstractNumId"))
        code = "" if kind is None else kind.get(w("val"), "")
        for level in _LEVELS:
            _start_anew(new, str(level), self._starts.get((code, str(level)), "1"))
        last = list(self._instances.values())[-1]
        last.addnext(new)
        self._instances[own] = new
        return own


def _start_anew(instance: etree._Element, level: str, first: str) -> None:
    for override in instance.findall(w("lvlOverride")):
        if override.get(w("ilvl")) == level:
            break
    else:
        override = etree.SubElement(instance, w("lvlOverride"), {w("ilvl"): level})
    if override.find(w("startOverride")) is None:
        override.insert(0, override.makeelement(w("startOverride"), {w("val"): first}))


def _numbering(properties: etree._Element) -> tuple[str, str | None] | None:
    numbering = properties.find(w("numPr"))
    number = None if numbering is None else numbering.find(w("numId"))
    if numbering is None or number is None:
        return None
    level = numbering.find(w("ilvl"))
    return number.get(w("val"), ""), None if level is None else level.get(w("val"))


def _inherited_numbering(
    code: str, styles: dict[str, etree._Element]
) -> tuple[str, str | None] | None:
    for _ in range(_DEEPEST_STYLE):
        style = styles.get(code)
        if style is None:
            return None
        properties = style.find(w("pPr"))
        used = None if properties is None else _numbering(properties)
        if used is not None:
            return used
        base = style.find(w("basedOn"))
        code = "" if base is None else base.get(w("val"), "")
    return None


def _set_numbering(paragraph: etree._Element, number: str, level: str | None) -> None:
    properties = paragraph.find(w("pPr"))
    if properties is None:
        return
    numbering = properties.find(w("numPr"))
    if numbering is None:
        numbering = properties.makeelement(w("numPr"), {})
        at = sum(child.tag in _BEFORE_NUMBERING for child in properties)
        properties.insert(at, numbering)
        if level is not None:
            etree.SubElement(numbering, w("ilvl"), {w("val"): level})
    found = numbering.find(w("numId"))
    if found is None:
        found = etree.SubElement(numbering, w("numId"))
    found.set(w("val"), number)
