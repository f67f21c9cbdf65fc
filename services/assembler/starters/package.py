"""A Word package made from nothing but our own parts: small, and the same at every build."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from lxml import etree

from ooxml.package import CORE_PROPERTIES, DOCUMENT, Package, save
from ooxml.xml import W, serialize_xml, w
from services.assembler.starters.layout import Layout, Page
from services.assembler.starters.markup import element, paragraph
from services.assembler.starters.styles import Style, every_style, styles

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_R = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PAGE_NUMBER, _NO_PAGE_NUMBER, _BEHIND = "rIdPageNumber", "rIdNoPageNumber", "rIdBehindText"


class Section(NamedTuple):
    """A run of pages: what stands on them and on which paper."""

    page: Page
    blocks: Sequence[etree._Element]


def build(layout: Layout, title: str, sections: Sequence[Section]) -> bytes:
    """Return the .docx of an official document; each section numbers its pages from 1."""
    headers = {
        _PAGE_NUMBER: element("hdr", _page_number()),
        _NO_PAGE_NUMBER: element("hdr", paragraph("page_number")),
    }
    document = _document(sections, _numbered)
    return _package(layout, title, document, headers)


def build_sheet(
    layout: Layout, title: str, sheet: Section, behind: etree._Element, own: Sequence[Style]
) -> bytes:
    """Return the .docx of one sheet without page numbers, in styles of its own.

    What lies behind its text stands in the header: sheets that are put together in one file share
    it, so that the file holds it once.
    """
    document = _document([sheet], _unnumbered)
    return _package(layout, title, document, {_BEHIND: behind}, own)


def _package(
    layout: Layout,
    title: str,
    document: etree._Element,
    headers: Mapping[str, etree._Element],
    own: Sequence[Style] = (),
) -> bytes:
    files = {relation: f"header{n}.xml" for n, relation in enumerate(headers, 1)}
    relations = {
        "rIdStyles": ("styles", "styles.xml"),
        "rIdSettings": ("settings", "settings.xml"),
        **{relation: ("header", file) for relation, file in files.items()},
    }
    sizes = {style.code: style.half_points for style in (*every_style(layout), *own)}
    parts = {
        "[Content_Types].xml": _content_types(files.values()),
        "_rels/.rels": _root_relations(),
        CORE_PROPERTIES: _core_properties(title),
        DOCUMENT: serialize_xml(_sized_in_cells(document, sizes)),
        "word/_rels/document.xml.rels": _relations(
            {key: (f"{_R}/{kind}", target) for key, (kind, target) in relations.items()}
        ),
        "word/styles.xml": serialize_xml(styles(layout, own)),
        "word/settings.xml": serialize_xml(_settings()),
        **{f"word/{files[relation]}": serialize_xml(it) for relation, it in headers.items()},
    }
    return save(Package(MappingProxyType(parts)))


def _document(
    sections: Sequence[Section], properties: Callable[[Page], etree._Element]
) -> etree._Element:
    """Return the body; all sections but the last end in a paragraph that takes no room."""
    body = element("body")
    for section in sections[:-1]:
        body.extend(section.blocks)
        end = paragraph("section_end")
        end[0].append(properties(section.page))
        body.append(end)
    body.extend(sections[-1].blocks)
    body.append(properties(sections[-1].page))
    return element("document", body)


def _sized_in_cells(document: etree._Element, sizes: Mapping[str, int]) -> etree._Element:
    """Give text in cells a size of its own: the quick view forgets styles inside tables."""
    for text in document.iter(w("p")):
        style = text.find(f"{w('pPr')}/{w('pStyle')}")
        if style is None or next(text.iterancestors(w("tc")), None) is None:
            continue
        for run in text.iter(w("r")):
            properties = run.find(w("rPr"))
            if properties is None:
                properties = element("rPr")
                run.insert(0, properties)
            size = sizes[style.get(w("val"), "")]
            properties.extend((element("sz", val=size), element("szCs", val=size)))
    return document


def _numbered(page: Page) -> etree._Element:
    headers = (
        _header_reference("default", _PAGE_NUMBER),
        _header_reference("first", _NO_PAGE_NUMBER),
    )
    return _section(page, headers, element("pgNumType", start=1), element("titlePg"))


def _unnumbered(page: Page) -> etree._Element:
    return _section(page, [_header_reference("default", _BEHIND)])


def _section(
    page: Page, headers: Sequence[etree._Element], *numbering: etree._Element
) -> etree._Element:
    orientation = "landscape" if page.is_landscape else "portrait"
    size = element("pgSz", w=page.width, h=page.height, orient=orientation)
    margins = element(
        "pgMar",
        top=page.top,
        right=page.right,
        bottom=page.bottom,
        left=page.left,
        header=page.top // 2,
        footer=page.bottom // 2,
        gutter=0,
    )
    return element("sectPr", *headers, element("type", val="nextPage"), size, margins, *numbering)


def _header_reference(kind: str, relation: str) -> etree._Element:
    # Its prefix is declared: lxml would take whatever another library has registered for it.
    reference = etree.Element(w("headerReference"), nsmap={"w": W, "r": _R})
    reference.set(w("type"), kind)
    reference.set(f"{{{_R}}}id", relation)
    return reference


def _page_number() -> etree._Element:
    """Return the number as a field in its long form, which every reader knows."""

    def character(kind: str) -> etree._Element:
        return element("r", element("fldChar", fldCharType=kind))

    code = element("instrText")
    code.text = "PAGE"
    shown = element("t")
    shown.text = "2"
    pieces = ("begin", element("r", code), "separate", element("r", shown), "end")
    return paragraph(
        "page_number", *(character(it) if isinstance(it, str) else it for it in pieces)
    )


def _settings() -> etree._Element:
    mode = element(
        "compatSetting",
        name="compatibilityMode",
        uri="http://schemas.microsoft.com/office/word",
        val="15",
    )
    return element(
        "settings",
        element("characterSpacingControl", val="doNotCompress"),
        # A line break inside a justified paragraph must not spread its line.
        element("compat", element("doNotExpandShiftReturn"), mode),
        element("themeFontLang", val="vi-VN"),
        element("decimalSymbol", val=","),
        element("listSeparator", val=";"),
    )


def _content_types(headers: Iterable[str]) -> bytes:
    root = etree.Element(f"{{{_TYPES}}}Types", nsmap={None: _TYPES})
    for extension, kind in (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
    ):
        etree.SubElement(root, f"{{{_TYPES}}}Default", Extension=extension, ContentType=kind)
    for part, kind in (
        (DOCUMENT, f"{_WORDML}.document.main+xml"),
        ("word/styles.xml", f"{_WORDML}.styles+xml"),
        ("word/settings.xml", f"{_WORDML}.settings+xml"),
        *((f"word/{file}", f"{_WORDML}.header+xml") for file in headers),
        (CORE_PROPERTIES, "application/vnd.openxmlformats-package.core-properties+xml"),
    ):
        etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=f"/{part}", ContentType=kind)
    return serialize_xml(root)


def _root_relations() -> bytes:
    return _relations(
        {
            "rId1": (f"{_R}/officeDocument", DOCUMENT),
            "rId2": (f"{_PACKAGE_R}/metadata/core-properties", CORE_PROPERTIES),
        }
    )


def _relations(targets: dict[str, tuple[str, str]]) -> bytes:
    root = etree.Element(f"{{{_PACKAGE_R}}}Relationships", nsmap={None: _PACKAGE_R})
    for key, (kind, target) in targets.items():
        etree.SubElement(root, f"{{{_PACKAGE_R}}}Relationship", Id=key, Type=kind, Target=target)
    return serialize_xml(root)


def _core_properties(title: str) -> bytes:
    root = etree.Element(f"{{{_CORE}}}coreProperties", nsmap={"cp": _CORE, "dc": _DC})
    etree.SubElement(root, f"{{{_DC}}}title").text = title
    etree.SubElement(root, f"{{{_DC}}}language").text = "vi-VN"
    return serialize_xml(root)
