"""What a package may contain: checks on its parts, after they were inflated."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

from lxml import etree

from ooxml.faults import Fault, PackageRefused
from ooxml.xml import parse_xml, w

CONTENT_TYPES = "[Content_Types].xml"
DOCUMENT = "word/document.xml"
ROOT_RELATIONSHIPS = "_rels/.rels"

_SVG = "{http://www.w3.org/2000/svg}svg"
_CODES = (w("instrText"), w("delInstrText"))
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_MAIN = re.compile(r"wordprocessingml\.(document|template)\.main\+xml$")
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XML_NAME = re.compile(r"\.(xml|rels|vml|svg)$", re.IGNORECASE)
_MACRO = re.compile(r"vbaProject|vbaData|macroEnabled|attachedToolbars", re.IGNORECASE)
_OBJECT_TYPE = re.compile(r"oleObject|activeX", re.IGNORECASE)
_OBJECT_RELATION = re.compile(r"/(oleObject|control|aFChunk|subDocument)$")
_ACTIVE = re.compile(
    r"(?:^|[\s\\])(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT)(?![A-Za-z])", re.IGNORECASE
)
_LINKED_SCHEMES = frozenset({"", "http", "https", "mailto", "tel"})
_FETCHING_STYLE = re.compile(r"@import|url\((?!\s*['\"]?\s*(?:#|data:))", re.IGNORECASE)


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
        check_content(name, types[name], data)
    if not _MAIN.search(types[DOCUMENT]):
        raise PackageRefused(Fault.NOT_A_DOCUMENT, DOCUMENT)
    for name, data in parts.items():
        if _XML_NAME.search(name) or types[name].endswith("xml"):
            _check_xml(name, parse_xml(data, name))
    body = parse_xml(parts[DOCUMENT], DOCUMENT)
    if body.tag != w("document") or body.find(w("body")) is None:
        raise PackageRefused(Fault.NOT_A_DOCUMENT, DOCUMENT)


def check_content(name: str, content_type: str, data: bytes) -> None:
    """Refuse a part that holds a program or a foreign object."""
    if _MACRO.search(name) or _MACRO.search(content_type):
        raise PackageRefused(Fault.MACRO, name)
    if data.startswith(_COMPOUND_FILE) or _OBJECT_TYPE.search(content_type):
        raise PackageRefused(Fault.EMBEDDED_OBJECT, name)


def _check_xml(name: str, root: etree._Element) -> None:
    if name.endswith(".rels"):
        check_relationships(name, root)
        _check_main(name, root)
    elif root.tag == _SVG:
        _check_picture(name, root)
    elif name.startswith("word/") and any(map(_ACTIVE.search, _field_codes(root))):
        raise PackageRefused(Fault.ACTIVE_FIELD, name)


def _check_picture(name: str, root: etree._Element) -> None:
    """Refuse a drawing that fetches or runs something when it is shown."""
    for element in root.iter():
        values = {str(key).rpartition("}")[2]: str(value) for key, value in element.items()}
        if str(element.tag).endswith("}script") or any(it.startswith("on") for it in values):
            raise PackageRefused(Fault.EMBEDDED_OBJECT, name)
        link = values.get("href", "#")
        styles = (*values.values(), element.text or "")
        if not link.startswith(("#", "data:")) or any(map(_FETCHING_STYLE.search, styles)):
            raise PackageRefused(Fault.EXTERNAL_LINK, name)


def check_relationships(name: str, root: etree._Element) -> None:
    """Refuse a .rels part that leads out of the package, other than by an inert hyperlink."""
    for relation in root:
        kind, target = relation.get("Type", ""), relation.get("Target", "")
        mode = relation.get("TargetMode", "Internal")
        if mode == "External" and kind.endswith("/hyperlink"):
            is_inert = _scheme(target) in _LINKED_SCHEMES and not target.startswith("\\")
        else:
            is_inert = mode == "Internal" and _stays_inside(name, target)
        if not is_inert:
            raise PackageRefused(Fault.EXTERNAL_LINK, name)
        if _MACRO.search(kind):
            raise PackageRefused(Fault.MACRO, name)
        # A chart keeps its figures in a workbook; any other embedded package is an OLE object.
        is_package = kind.endswith("/package") and not name.startswith("word/charts/")
        if is_package or _OBJECT_RELATION.search(kind):
            raise PackageRefused(Fault.EMBEDDED_OBJECT, name)


def _check_main(name: str, root: etree._Element) -> None:
    for relation in root if name == ROOT_RELATIONSHIPS else ():
        kind, target = relation.get("Type", ""), relation.get("Target", "")
        if kind.endswith("/officeDocument") and target.lstrip("/") != DOCUMENT:
            raise PackageRefused(Fault.NOT_A_DOCUMENT, target)


def _scheme(target: str) -> str:
    """Return what stands before the colon of an address; "?" where it is no address at all."""
    try:
        return urlsplit(target.strip()).scheme.lower()
    except ValueError:
        return "?"


def _stays_inside(name: str, target: str) -> bool:
    """Tell whether the target of this .rels part is a part of the package."""
    if _scheme(target) or "\\" in target or target.startswith("//"):
        return False
    folder = "" if target.startswith("/") else posixpath.dirname(posixpath.dirname(name))
    path = unquote(target.partition("#")[0]).lstrip("/")
    return not posixpath.normpath(posixpath.join(folder, path)).startswith("..")


def _field_codes(root: etree._Element) -> Iterator[str]:
    """Yield the field instructions; one that is split over runs or paragraphs comes out whole."""
    for simple in root.iter(w("fldSimple")):
        yield simple.get(w("instr"), "")
    if next(root.iter(*_CODES), None) is None:
        return
    for paragraph in root.iter(w("p")):
        yield "".join(code.text or "" for code in paragraph.iter(*_CODES))
    yield from _whole_codes(root)


def _whole_codes(root: etree._Element) -> Iterator[str]:
    """Yield the code of each field from its beginning to its end, what is nested in it included."""
    open_fields: list[list[str]] = []
    for element in root.iter(w("fldChar"), *_CODES):
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            open_fields.append([])
        elif kind == "end" and open_fields:
            yield "".join(open_fields.pop())
        else:
            for field in open_fields:
                field.append(element.text or "")
    for field in open_fields:
        yield "".join(field)
    yield "".join(code.text or "" for code in root.iter(*_CODES))
