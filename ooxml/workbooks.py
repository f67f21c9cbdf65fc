"""An Excel workbook, opened under the limits of a package; nothing in it is run or fetched."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lxml import etree

from ooxml.faults import MIB, Fault, Limits, PackageRefused
from ooxml.inspection import (
    CONTENT_TYPES,
    ROOT_RELATIONSHIPS,
    check_content,
    check_relationships,
    content_types,
)
from ooxml.package import Package
from ooxml.relationships import targets
from ooxml.unzipping import unzip
from ooxml.xml import parse_xml

WORKBOOK_LIMITS = Limits(
    file_bytes=10 * MIB, entries=500, part_bytes=48 * MIB, total_bytes=96 * MIB, ratio=300
)
_MAIN = re.compile(r"spreadsheetml\.(sheet|template)\.main\+xml$")
_FETCHED = re.compile(r"spreadsheetml\.(connections|externalLink|queryTable)\+xml$")
_MOST_SHEETS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: what its tab says, and the part that holds its cells."""

    name: str
    part: str
    is_hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """What is needed of a workbook to read its cells."""

    parts: Mapping[str, bytes]
    sheets: tuple[Sheet, ...]
    counts_from_1904: bool
    strings_part: str | None
    styles_part: str | None


def open_workbook(data: bytes, limits: Limits = WORKBOOK_LIMITS) -> Workbook:
    """Return the workbook after every check, or raise PackageRefused."""
    parts = unzip(data, limits)
    _inspect(parts)
    main = _main_part(parts)
    package = Package(MappingProxyType(parts))
    related = targets(package, main)
    root = parse_xml(parts[main], main)
    return Workbook(
        parts=package.parts,
        sheets=tuple(_sheets(root, related)),
        counts_from_1904=_counts_from_1904(root),
        strings_part=_of_kind(related, "sharedStrings"),
        styles_part=_of_kind(related, "styles"),
    )


def local_name(element: etree._Element) -> str:
    """Return the name without its namespace: the strict form of the format has other ones."""
    return str(element.tag).rpartition("}")[2]


def _inspect(parts: Mapping[str, bytes]) -> None:
    for required in (CONTENT_TYPES, ROOT_RELATIONSHIPS):
        if required not in parts:
            raise PackageRefused(Fault.NOT_A_DOCUMENT, required)
    types = content_types(parts)
    for name, data in parts.items():
        check_content(name, types[name], data)
        if _FETCHED.search(types[name]):
            raise PackageRefused(Fault.EXTERNAL_LINK, name)
        if name.endswith(".rels"):
            check_relationships(name, parse_xml(data, name))
    if not _MAIN.search(types.get(_main_part(parts), "")):
        raise PackageRefused(Fault.NOT_A_DOCUMENT, CONTENT_TYPES)


def _main_part(parts: Mapping[str, bytes]) -> str:
    for relation in parse_xml(parts[ROOT_RELATIONSHIPS], ROOT_RELATIONSHIPS):
        if relation.get("Type", "").endswith("/officeDocument"):
            target = relation.get("Target", "").lstrip("/")
            if target in parts:
                return target
    raise PackageRefused(Fault.NOT_A_DOCUMENT, ROOT_RELATIONSHIPS)


def _sheets(root: etree._Element, related: Mapping[str, tuple[str, str]]) -> list[Sheet]:
    found = []
    for element in root.iter("{*}sheet"):
        link = next((v for k, v in element.items() if str(k).endswith("}id")), "")
        kind, part = related.get(str(link), ("", ""))
        if kind == "worksheet":  # charts and dialogues hold no cells
            hidden = element.get("state", "visible") != "visible"
            found.append(Sheet(name=element.get("name", ""), part=part, is_hidden=hidden))
    if not found or len(found) > _MOST_SHEETS:
        fault = Fault.TOO_MANY_PARTS if found else Fault.NOT_A_DOCUMENT
        raise PackageRefused(fault, CONTENT_TYPES)
    return found


def _counts_from_1904(root: etree._Element) -> bool:
    properties = next(root.iter("{*}workbookPr"), None)
    return properties is not None and properties.get("date1904", "0") in {"1", "true"}


def _of_kind(related: Mapping[str, tuple[str, str]], kind: str) -> str | None:
    return next((part for its, part in related.values() if its == kind), None)
