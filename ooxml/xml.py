"""The one XML parser of the system: no entities, no network, no recovery, bounded depth."""

import re

from lxml import etree

from ooxml.faults import Fault, PackageRefused

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
NAMESPACES = {"w": W, "mc": MC}
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

MAX_DEPTH = 200

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


def serialize_xml(root: etree._Element) -> bytes:
    """Return the part as Word writes it: UTF-8 with a standalone declaration."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
