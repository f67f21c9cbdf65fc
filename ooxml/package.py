"""A Word package in memory: opened under limits, changed part by part, saved deterministically."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lxml import etree

from ooxml.faults import DEFAULT_LIMITS, Fault, Limits, PackageRefused
from ooxml.inspection import CONTENT_TYPES, DOCUMENT, content_types, inspect
from ooxml.unzipping import unzip
from ooxml.xml import parse_xml, serialize_xml
from ooxml.zipping import BEST, LEVEL, Entry, pack, zipped

__all__ = [
    "CORE_PROPERTIES",
    "DEFAULT_LIMITS",
    "DOCUMENT",
    "Fault",
    "Limits",
    "Package",
    "PackageRefused",
    "open_package",
    "pack_part",
    "pack_parts",
    "packing_order",
    "save",
]

CORE_PROPERTIES = "docProps/core.xml"
_DCTERMS = "{http://purl.org/dc/terms/}"
_EPOCH = "1980-01-01T00:00:00Z"
_KIND = re.compile(r"wordprocessingml\.([a-z]+)(?:\.main)?\+xml$")


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a .docx by name; never changed in place."""

    parts: Mapping[str, bytes]

    def with_part(self, name: str, data: bytes) -> "Package":
        """Return a package in which this part holds these bytes."""
        return Package(MappingProxyType({**self.parts, name: data}))

    def parts_of_kind(self, *kinds: str) -> tuple[str, ...]:
        """Return the names of the parts of these kinds ("document", "header", "footnotes", …)."""
        by_kind: dict[str, list[str]] = {}
        for name, content_type in content_types(self.parts).items():
            match = _KIND.search(content_type)
            by_kind.setdefault(match[1] if match else "", []).append(name)
        return tuple(name for kind in kinds for name in sorted(by_kind.get(kind, []), key=_natural))

    def tree(self, name: str) -> etree._Element:
        """Return the parsed part."""
        return parse_xml(self.parts[name], name)


def open_package(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Package:
    """Return the package after every check, or raise PackageRefused."""
    parts = unzip(data, limits)
    inspect(parts)
    return Package(MappingProxyType(parts))


def save(package: Package) -> bytes:
    """Return the .docx; the same package always gives the same bytes."""
    names = packing_order(package.parts)
    return zipped(pack_part(name, package.parts[name]) for name in names)


def packing_order(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names as the parts lie in the file: the content types first."""
    return tuple(sorted(names, key=lambda name: (name != CONTENT_TYPES, name)))


def pack_parts(package: Package, names: Iterable[str]) -> dict[str, Entry]:
    """Return these parts, packed as small as can be: once for all files that they go into."""
    return {name: pack_part(name, package.parts[name], BEST) for name in names}


def pack_part(name: str, data: bytes, level: int = LEVEL) -> Entry:
    """Return the part, packed; of the properties without the dates of making and changing."""
    return pack(name, _without_dates(name, data), level)


def _without_dates(name: str, data: bytes) -> bytes:
    if name != CORE_PROPERTIES:
        return data
    root = parse_xml(data, name)
    dates = [*root.iter(f"{_DCTERMS}created"), *root.iter(f"{_DCTERMS}modified")]
    if all(date.text == _EPOCH for date in dates):
        return data
    for date in dates:
        date.text = _EPOCH
    return serialize_xml(root)


def _natural(name: str) -> tuple[str | int, ...]:
    """Sort key by which header2.xml comes before header10.xml."""
    return tuple(int(piece) if piece.isdecimal() else piece for piece in re.split(r"(\d+)", name))
