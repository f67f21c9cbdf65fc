"""Several documents of one template as one: each on pages of its own, counted from 1 again.

What the documents have in common (styles, fonts, settings, pictures) is kept once. Only bodies,
headers and footers may differ; where something else does, they are not of one template.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from types import MappingProxyType

from lxml import etree

from ooxml.faults import DEFAULT_LIMITS, Limits
from ooxml.merged_ids import Identities
from ooxml.merged_lists import Lists
from ooxml.merged_sections import HeaderParts, begin_on_new_page, end_with_section
from ooxml.package import CORE_PROPERTIES, DOCUMENT, Package, open_package, save
from ooxml.unzipping import unzip
from ooxml.xml import parse_xml, serialize_xml, w

_NOTES = ("footnoteReference", "endnoteReference", "commentReference")


class NotMergeable(Exception):
    """These documents cannot be one; `part` names what stands in the way."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


class MergeTooLarge(Exception):
    """More documents, or longer ones, than one file may hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeLimits:
    """How much one file may hold; all of it is in memory at once."""

    documents: int = 2_000
    package: Limits = DEFAULT_LIMITS


@dataclass(slots=True)
class _Bodies:
    """The bodies so far, as bytes: a tree of a thousand documents would be ten times as large."""

    limits: MergeLimits
    head: bytes = b""
    pieces: list[bytes] = field(default_factory=list)
    size: int = 0

    def add(self, root: etree._Element) -> None:
        """Keep what stands in the body; the start of the document must be the same in all."""
        head, inner = _split(serialize_xml(root))
        if self.pieces and head != self.head:
            raise NotMergeable(DOCUMENT)
        self.head = head
        self.pieces.append(inner)
        self.size += len(inner)
        if len(
            self.pieces
        ) > self.limits.documents or self.size > self.limits.package.part_bytes - len(head):
            raise MergeTooLarge

    def whole(self) -> bytes:
        """Return the document part of all of them."""
        return b"".join([self.head, *self.pieces, b"</w:body></w:document>"])


DEFAULT_MERGE_LIMITS = MergeLimits()


def merge(documents: Iterable[bytes], limits: MergeLimits = DEFAULT_MERGE_LIMITS) -> bytes:
    """Return one .docx; the same documents in the same order always give the same bytes."""
    waiting = iter(documents)
    first_bytes = next(waiting, None)
    if first_bytes is None:
        raise ValueError("nothing to merge")
    first = open_package(first_bytes, limits.package)
    merger = _Merger(first, limits)
    previous = first.tree(DOCUMENT)
    merger.prepare(previous, dict(first.parts), is_first=True)
    for data in waiting:
        # What it has in common with the first was looked at there; the rest is parsed below.
        parts = unzip(data, limits.package)
        root = parse_xml(parts[DOCUMENT], DOCUMENT)
        merger.prepare(root, parts, is_first=False)
        merger.keep(previous, is_last=False)
        previous = root
    merger.keep(previous, is_last=True)
    return merger.merged()


class _Merger:
    def __init__(self, first: Package, limits: MergeLimits) -> None:
        self._first, self._bodies = first, _Bodies(limits)
        self._identities, self._lists = Identities(), Lists(first)
        self._headers = HeaderParts(first)

    def prepare(self, root: etree._Element, parts: dict[str, bytes], *, is_first: bool) -> None:
        """Make a document fit to stand after the others."""
        _refuse_notes(root)
        self._refuse_other_parts(parts)
        self._headers.adopt(root, parts)
        self._identities.make_unique(root, is_first=is_first)
        if not is_first:
            self._lists.restart(root)
            begin_on_new_page(root)

    def keep(self, root: etree._Element, *, is_last: bool) -> None:
        """Add a prepared document to the end."""
        if not is_last:
            end_with_section(root)
        self._bodies.add(root)

    def merged(self) -> bytes:
        """Return the package of all that was kept."""
        parts = {
            **self._first.parts,
            **self._headers.parts(),
            **self._lists.parts(),
            DOCUMENT: self._bodies.whole(),
        }
        return save(Package(MappingProxyType(parts)))

    def _refuse_other_parts(self, parts: dict[str, bytes]) -> None:
        mine = self._first.parts
        if parts.keys() != mine.keys():
            raise NotMergeable(min(parts.keys() ^ mine.keys()))
        may_differ = {DOCUMENT, CORE_PROPERTIES, *self._headers.names}
        for name, data in parts.items():
            if name not in may_differ and data != mine[name]:
                raise NotMergeable(name)


def _refuse_notes(root: etree._Element) -> None:
    for name in _NOTES:
        if next(root.iter(w(name)), None) is not None:
            raise NotMergeable(name)


def _split(data: bytes) -> tuple[bytes, bytes]:
    """Return everything up to the body's start tag, and what the body holds."""
    start = data.find(b"<w:body>") + len(b"<w:body>")
    end = data.rfind(b"</w:body>")
    if start < len(b"<w:body>") or end < start:
        raise NotMergeable(DOCUMENT)
    return data[:start], data[start:end]
