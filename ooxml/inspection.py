"""What a package may contain: checks on its parts, after they were inflated."""

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from ooxml.faults import Fault, PackageRefused
from ooxml.xml import parse_xml, w

CONTENT_TYPES = "[Content_Types].xml"
DOCUMENT = "word/document.xml"
ROOT_RELATIONSHIPS = "_rels/.rels"

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_MAIN = re.compile(r"wordprocessingml\.(document|template)\.main\+xml$")
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XML_NAME = re.compile(r"\.(xml|rels|vml)$", re.IGNORECASE)
_MACRO = re.compile(r"vbaProject|vbaData|macroEnabled", re.IGNORECASE)
_OBJECT_TYPE = re.compile(r"oleObject|activeX", re.IGNORECASE)
_OBJECT_RELATION = re.compile(r"/(oleObject|control|aFChunk|subDocument)$")
_ACTIVE = re.compile(r"(?:^|[\s\\])(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT)\s", re.I)


def content_types(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the declared content type of every part, "" where none is declared."""
    root = parse_xml(parts[CONTENT_TYPES], CONTENT_TYPES)
    defaults = {
        e.get("Extension", "").lower(): e.get("ContentType", "")
        for e in root.iter(f"{_TYPES}Default")
    }
    overrides = {
        e.get("PartName", "").lower(): e.get("ContentType", "")
        for e in root.iter(f"{_TYPES}Override")
    }
    return {
        name: overrides.get(f"/{name}".lower()) or defaults.get(name.rpartition(".")[2].lower(), "")
        for name in parts
    }


def inspect(parts: Mapping[str, bytes]) -> None:
    """Refuse the package unless it is an inert Word document made of well-formed parts."""
    for required in (CONTENT_TYPES, ROOT_RELATIONSHIPS, DOCUMENT):
        if required not in parts:
            raise PackageRefused(Fault.NOT_A_DOCUMENT, required)
    types = content_types(parts)
    for name, data in parts.items():
        _check_content(name, types[name], data)
    if not _MAIN.search(types[DOCUMENT]):
        raise PackageRefused(Fault.NOT_A_DOCUMENT, DOCUMENT)
    for name, data in parts.items():
        if _XML_NAME.search(name) or types[name].endswith("xml"):
            _check_xml(name, parse_xml(data, name))


def _check_content(name: str, content_type: str, data: bytes) -> None:
    if _MACRO.search(name) or _MACRO.search(content_type):
        raise PackageRefused(Fault.MACRO, name)
    if data.startswith(_COMPOUND_FILE) or _OBJECT_TYPE.search(content_type):
        raise PackageRefused(Fault.EMBEDDED_OBJECT, name)


def _check_xml(name: str, root: etree._Element) -> None:
    if name.endswith(".rels"):
        _check_relationships(name, root)
    elif name.startswith("word/") and _ACTIVE.search(_field_codes(root)):
        raise PackageRefused(Fault.ACTIVE_FIELD, name)


def _check_relationships(name: str, root: etree._Element) -> None:
    for relation in root:
        kind = relation.get("Type", "")
        if relation.get("TargetMode") == "External" and not kind.endswith("/hyperlink"):
            raise PackageRefused(Fault.EXTERNAL_LINK, name)
        # A chart keeps its figures in a workbook; any other embedded package is an OLE object.
        is_package = kind.endswith("/package") and not name.startswith("word/charts/")
        if is_package or _OBJECT_RELATION.search(kind):
            raise PackageRefused(Fault.EMBEDDED_OBJECT, name)
        if name == ROOT_RELATIONSHIPS and kind.endswith("/officeDocument"):
            _check_main_target(relation.get("Target", ""))


def _check_main_target(target: str) -> None:
    if target.lstrip("/") != DOCUMENT:
        raise PackageRefused(Fault.NOT_A_DOCUMENT, target)


def _field_codes(root: etree._Element) -> str:
    return " ".join(_each_code(root))


def _each_code(root: etree._Element) -> Iterator[str]:
    """Yield the field instructions; a code that is split over runs comes out whole."""
    for simple in root.iter(w("fldSimple")):
        yield simple.get(w("instr"), "")
    has_code = next(root.iter(w("instrText")), None) is not None
    for paragraph in root.iter(w("p")) if has_code else ():
        yield "".join(code.text or "" for code in paragraph.iter(w("instrText")))
