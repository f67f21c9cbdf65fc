"""From an opened package to the structure of its document."""

from collections.abc import Iterator, Mapping

from lxml import etree

from ooxml.measures import is_on, number, twips
from ooxml.package import DOCUMENT, Package
from ooxml.paragraphs import PartReader
from ooxml.properties import Properties, paragraph_properties
from ooxml.relationships import target_of_kind, targets
from ooxml.structure import Document, Paragraph, Section, UsedStyle
from ooxml.styles import StyleSheet
from ooxml.theme import Theme
from ooxml.xml import w

_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BAND_KINDS = {"headerReference": "headers", "footerReference": "footers"}

Bands = Mapping[str, Mapping[str, tuple[Paragraph, ...]]]


def read_document(package: Package) -> Document:
    """Return the structure of the document; a part that is missing is a part that says nothing."""
    styles = _style_sheet(package)
    reader = PartReader(DOCUMENT, styles)
    root = package.tree(DOCUMENT)
    paragraphs = tuple(reader.paragraphs(root))
    ends = [*reader.section_ends, *root.iterfind(f"{w('body')}/{w('sectPr')}")]
    settings = _part_of_kind(package, "settings")
    return Document(
        paragraphs=paragraphs,
        sections=_sections(ends or [etree.Element(w("sectPr"))], package, styles),
        notes=tuple(_notes(package, styles)),
        styles=_used_styles(styles, paragraphs),
        has_even_headers=settings is not None and is_on(settings.find(w("evenAndOddHeaders"))),
    )


def _style_sheet(package: Package) -> StyleSheet:
    theme = target_of_kind(package, DOCUMENT, "theme")
    fonts = Theme() if theme is None else Theme(package.tree(theme))
    numbering = _part_of_kind(package, "numbering")
    lists = {} if numbering is None else dict(_list_levels(numbering))
    return StyleSheet(_part_of_kind(package, "styles"), fonts, lists)


def _list_levels(root: etree._Element) -> Iterator[tuple[tuple[int, int], Properties]]:
    """Yield what each level of each list says of its paragraphs."""
    abstract = {
        it.get(w("abstractNumId")): [*it.iterfind(w("lvl"))]
        for it in root.iterfind(w("abstractNum"))
    }
    for concrete in root.iterfind(w("num")):
        list_id = number(concrete.get(w("numId")))
        pointer = concrete.find(w("abstractNumId"))
        levels = abstract.get(None if pointer is None else pointer.get(w("val")), [])
        for level in levels:
            depth = number(level.get(w("ilvl")))
            if list_id is not None and depth is not None:
                yield (list_id, depth), paragraph_properties(level.find(w("pPr")))


def _sections(
    ends: list[etree._Element], package: Package, styles: StyleSheet
) -> tuple[Section, ...]:
    """Return the sections; a header or footer not named is that of the section before."""
    bands = _BandReader(package, styles)
    in_force: Bands = {"headers": {}, "footers": {}}
    sections = []
    for place, end in enumerate(ends):
        in_force = bands.read(end, in_force, place)
        sections.append(_section(place, end, in_force))
    return tuple(sections)


class _BandReader:
    """Reads headers and footers, each part once."""

    def __init__(self, package: Package, styles: StyleSheet) -> None:
        self._package, self._styles = package, styles
        self._relations = targets(package, DOCUMENT)
        self._known: dict[str, tuple[Paragraph, ...]] = {}

    def read(self, end: etree._Element, before: Bands, place: int) -> Bands:
        """Return the bands of a section, some of them those of the section before."""
        bands = {side: dict(kinds) for side, kinds in before.items()}
        for tag, side in _BAND_KINDS.items():
            for reference in end.iterfind(w(tag)):
                kind, target = self._relations.get(reference.get(_R_ID, ""), ("", ""))
                if f"{kind}s" == side:
                    bands[side][reference.get(w("type"), "default")] = self._part(target, place)
        return bands

    def _part(self, name: str, place: int) -> tuple[Paragraph, ...]:
        if name not in self._known:
            reader = PartReader(name, self._styles, place)
            self._known[name] = tuple(reader.paragraphs(self._package.tree(name)))
        return self._known[name]


def _section(place: int, end: etree._Element, bands: Bands) -> Section:
    lengths = {
        name: twips(element.get(w(attribute)))
        for tag, names in (
            ("pgSz", {"width": "w", "height": "h"}),
            ("pgMar", {side: side for side in ("top", "bottom", "left", "right")}),
        )
        for element in end.iterfind(w(tag))
        for name, attribute in names.items()
    }
    numbering = end.find(w("pgNumType"))
    begins = end.find(w("type"))
    return Section(
        number=place,
        begins="nextPage" if begins is None else begins.get(w("val"), "nextPage"),
        has_title_page=is_on(end.find(w("titlePg"))),
        first_page_number=None if numbering is None else number(numbering.get(w("start"))),
        page_number_format="decimal" if numbering is None else numbering.get(w("fmt"), "decimal"),
        headers=bands["headers"],
        footers=bands["footers"],
        **lengths,
    )


def _notes(package: Package, styles: StyleSheet) -> Iterator[Paragraph]:
    for part in package.parts_of_kind("footnotes", "endnotes"):
        yield from PartReader(part, styles, 0).paragraphs(package.tree(part))


def _used_styles(styles: StyleSheet, paragraphs: tuple[Paragraph, ...]) -> tuple[UsedStyle, ...]:
    used = dict.fromkeys((styles.default_paragraph_style, *(it.style for it in paragraphs)))
    return tuple(
        UsedStyle(key, styles.name_of(key), styles.character_look(key, "", None, {}))
        for key in used
    )


def _part_of_kind(package: Package, kind: str) -> etree._Element | None:
    names = package.parts_of_kind(kind)
    return package.tree(names[0]) if names else None
