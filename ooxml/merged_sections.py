"""Sections of merged documents: where each begins, its page numbers, headers and footers."""

import posixpath

from lxml import etree

from ooxml.inspection import CONTENT_TYPES
from ooxml.package import Package
from ooxml.xml import W, parse_xml, serialize_xml, w

_RELATIONSHIPS = "word/_rels/document.xml.rels"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATION_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OVERRIDE = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_KINDS = ("header", "footer")
_BLANK_TEXT = {"header": "hdr", "footer": "ftr"}
# What the schema puts before these among the properties of a section.
_BEFORE_TYPE = {
    w(name) for name in ("headerReference", "footerReference", "footnotePr", "endnotePr")
}
_AFTER_PAGE_NUMBERS = {
    w(name)
    for name in (
        "cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter",
        "docGrid", "printerSettings", "sectPrChange",
    )
}  # fmt: skip


def sections_of(root: etree._Element) -> list[etree._Element]:
    """Return the properties of every section, in order; the last one belongs to the body."""
    former = [old for change in root.iter(w("sectPrChange")) for old in change]
    return [it for it in root.iter(w("sectPr")) if it not in former]


def begin_on_new_page(root: etree._Element) -> None:
    """Let the document begin a page, and count its pages from 1."""
    sections = sections_of(root)
    if not sections:
        return
    first = sections[0]
    kind = first.find(w("type"))
    if kind is None:
        kind = first.makeelement(w("type"), {})
        first.insert(sum(child.tag in _BEFORE_TYPE for child in first), kind)
    if kind.get(w("val")) not in {"oddPage", "evenPage"}:
        kind.set(w("val"), "nextPage")
    numbers = first.find(w("pgNumType"))
    if numbers is None:
        numbers = first.makeelement(w("pgNumType"), {})
        after = sum(child.tag in _AFTER_PAGE_NUMBERS for child in first)
        first.insert(len(first) - after, numbers)
    if numbers.get(w("start")) is None:
        numbers.set(w("start"), "1")


def end_with_section(root: etree._Element) -> None:
    """Close the last section inside the text, so that another document can follow."""
    body = root.find(w("body"))
    last = None if body is None else body.find(w("sectPr"))
    if body is None or last is None:
        return
    body.remove(last)
    paragraph = body[-1] if len(body) else None
    if paragraph is None or paragraph.tag != w("p") or _closes_section(paragraph):
        paragraph = _unseen_paragraph(body)
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = paragraph.makeelement(w("pPr"), {})
        paragraph.insert(0, properties)
    change = properties.find(w("pPrChange"))
    if change is None:
        properties.append(last)
    else:
        change.addprevious(last)


def _closes_section(paragraph: etree._Element) -> bool:
    return paragraph.find(f"{w('pPr')}/{w('sectPr')}") is not None


def _unseen_paragraph(body: etree._Element) -> etree._Element:
    """Add a paragraph a point high: a section may end in nothing else."""
    paragraph = etree.SubElement(body, w("p"))
    properties = etree.SubElement(paragraph, w("pPr"))
    spacing = {"before": "0", "after": "0", "line": "20", "lineRule": "exact"}
    etree.SubElement(properties, w("spacing"), {w(name): value for name, value in spacing.items()})
    marks = etree.SubElement(properties, w("rPr"))
    etree.SubElement(marks, w("sz"), {w("val"): "2"})
    return paragraph


class HeaderParts:
    """Headers and footers: those that differ from the first document's become parts of their own.

    A section that names no header shows the one of the section before. At the start of a document
    that would be another document's, so a blank one is named there.
    """

    def __init__(self, first: Package) -> None:
        self._first = first
        self._kinds = {name: kind for kind in _KINDS for name in first.parts_of_kind(kind)}
        self.names = frozenset(self._kinds)
        self._relations = self._read_relations()
        self._added: dict[str, bytes] = {}
        self._ids: dict[tuple[str, str, bytes], str] = {}

    def adopt(self, root: etree._Element, parts: dict[str, bytes]) -> None:
        """Point the sections of a document to the headers and footers that it came with."""
        sections = sections_of(root)
        for reference in self._references(sections):
            name = self._relations.get(reference.get(f"{_R}id", ""), "")
            if name in self.names and parts[name] != self._first.parts[name]:
                identity = self._id_of(self._kinds[name], name, parts[name])
                reference.set(f"{_R}id", identity)
        if sections:
            self._fill_blanks(sections)

    def parts(self) -> dict[str, bytes]:
        """Return the parts to add, and those that list them."""
        if not self._added:
            return {}
        types = self._first.tree(CONTENT_TYPES)
        relations = self._first.tree(_RELATIONSHIPS)
        added = dict(self._added)
        for (kind, like, _), identity in self._ids.items():
            name = _added_name(kind, identity)
            etree.SubElement(
                types,
                _OVERRIDE,
                PartName=f"/{name}",
                ContentType=f"{_MEDIA_TYPE}{kind}+xml",
            )
            etree.SubElement(
                relations,
                _PACKAGE_RELATION,
                Id=identity,
                Type=f"{_RELATION_TYPE}{kind}",
                Target=posixpath.relpath(name, "word"),
            )
            own = _relations_of(like)
            if own in self._first.parts:
                added[_relations_of(name)] = self._first.parts[own]
        return {
            **added,
            CONTENT_TYPES: serialize_xml(types),
            _RELATIONSHIPS: serialize_xml(relations),
        }

    def _read_relations(self) -> dict[str, str]:
        if _RELATIONSHIPS not in self._first.parts:
            return {}
        return {
            it.get("Id", ""): posixpath.normpath(posixpath.join("/word", it.get("Target", "")))[1:]
            for it in parse_xml(self._first.parts[_RELATIONSHIPS], _RELATIONSHIPS)
        }

    def _references(self, sections: list[etree._Element]) -> list[etree._Element]:
        tags = [w(f"{kind}Reference") for kind in _KINDS]
        return [child for section in sections for child in section if child.tag in tags]

    def _id_of(self, kind: str, like: str, data: bytes) -> str:
        """Return the relationship under which these bytes are added, once."""
        key = (kind, like, data)
        if key not in self._ids:
            self._ids[key] = identity = f"rIdMerged{len(self._ids) + 1}"
            self._added[_added_name(kind, identity)] = data
        return self._ids[key]

    def _fill_blanks(self, sections: list[etree._Element]) -> None:
        shown = {(it.tag, it.get(w("type"))) for it in self._references(sections)}
        present = {(it.tag, it.get(w("type"))) for it in self._references(sections[:1])}
        for tag, page in sorted(shown - present, key=str):
            kind = next(kind for kind in _KINDS if tag == w(f"{kind}Reference"))
            reference = sections[0].makeelement(tag, {})
            if page is not None:
                reference.set(w("type"), page)
            reference.set(f"{_R}id", self._id_of(kind, "", _blank(kind)))
            sections[0].insert(0, reference)


def _blank(kind: str) -> bytes:
    root = etree.Element(w(_BLANK_TEXT[kind]), nsmap={"w": W})
    etree.SubElement(root, w("p"))
    return serialize_xml(root)


def _added_name(kind: str, identity: str) -> str:
    return f"word/merged{identity.removeprefix('rIdMerged')}-{kind}.xml"


def _relations_of(name: str) -> str:
    folder, base = posixpath.split(name)
    return f"{folder}/_rels/{base}.rels"
