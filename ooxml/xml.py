"""The one XML parser of the system: no entities, no network, no recovery, bounded depth."""

import re
from collections.abc import Mapping
from typing import Any, Protocol

from lxml import etree

from ooxml.faults import Fault, PackageRefused

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
NAMESPACES = {"w": W, "mc": MC}
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

MAX_DEPTH = 200
_CHUNK = 64 * 1024

_TOO_DEEP = etree.XPath("boolean(/*" + "/*" * MAX_DEPTH + ")")
# Zero bytes are dropped before looking, so that UTF-16 and UTF-32 cannot hide a declaration.
_DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)")


def w(name: str) -> str:
    """Return the qualified name of a WordprocessingML element or attribute."""
    return f"{{{W}}}{name}"


def parse_xml(data: bytes, part: str = "") -> etree._Element:
    """Return the root element, or refuse the part."""
    if _DECLARATION.search(data.replace(b"\0", b"")):
        raise PackageRefused(Fault.DTD, part)
    try:
        root = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as exc:
        fault = Fault.TOO_DEEP if "depth" in str(exc) else Fault.MALFORMED_XML
        raise PackageRefused(fault, part) from exc
    if root.getroottree().docinfo.internalDTD is not None:
        raise PackageRefused(Fault.DTD, part)
    if _TOO_DEEP(root):
        raise PackageRefused(Fault.TOO_DEEP, part)
    return root


class Listener(Protocol):
    """Hears a part element by element; one that has heard enough says so by `is_done`."""

    is_done: bool

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Hear that an element begins."""

    def end(self, tag: str) -> None:
        """Hear that an element ends."""

    def data(self, text: str) -> None:
        """Hear a piece of text."""


class _Counting:
    """Passes on what lxml reads, and refuses a part of too many or too deep elements."""

    def __init__(self, listener: Listener, part: str, limit: int) -> None:
        self._listener, self._part, self._left = listener, part, limit
        self._depth = 0
        self.data = listener.data

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._left -= 1
        self._depth += 1
        if self._left < 0:
            raise PackageRefused(Fault.TOO_LARGE, self._part)
        if self._depth > MAX_DEPTH:
            raise PackageRefused(Fault.TOO_DEEP, self._part)
        self._listener.start(tag, attributes)

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._listener.end(tag)

    def doctype(self, *_: object) -> None:
        raise PackageRefused(Fault.DTD, self._part)

    def close(self) -> None:
        """Nothing is left to hear."""


def stream_xml(data: bytes, part: str, listener: Listener, *, elements: int) -> None:
    """Read a large part without making a tree of it; stops where the listener is done."""
    if _DECLARATION.search(data.replace(b"\0", b"")):
        raise PackageRefused(Fault.DTD, part)
    # lxml's declared kind of target wants every event; it calls those that are there.
    target: Any = _Counting(listener, part, elements)
    parser: Any = etree.XMLParser(
        target=target,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for at in range(0, len(data), _CHUNK):
            parser.feed(data[at : at + _CHUNK])
            if listener.is_done:
                return
        parser.close()
    except etree.XMLSyntaxError as exc:
        fault = Fault.TOO_DEEP if "depth" in str(exc) else Fault.MALFORMED_XML
        raise PackageRefused(fault, part) from exc


def serialize_xml(root: etree._Element) -> bytes:
    """Return the part as Word writes it: UTF-8 with a standalone declaration."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
