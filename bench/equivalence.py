"""Whether two documents say the same: every paragraph, cell, row and table, in order."""

import hashlib
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from ooxml.xml import w

_DOCUMENT = "word/document.xml"
_BREAKS = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n"}
_ENDS = {w("p"): "¶", w("tc"): "|", w("tr"): "↵", w("tbl"): "■"}


def fingerprint(path: Path) -> str:
    """Return a hash of the document's text and of its paragraphs, cells, rows and tables."""
    taken = hashlib.sha256()
    for piece in _pieces(path):
        taken.update(piece.encode())
    return taken.hexdigest()


def words(path: Path) -> str:
    """Return what the fingerprint is taken of, to see where two documents differ."""
    return "".join(_pieces(path))


def _pieces(path: Path) -> Iterator[str]:
    """Read piece by piece: a long annex as a tree would take gigabytes."""
    tags = [w("t"), *_BREAKS, *_ENDS]
    with zipfile.ZipFile(path) as package, package.open(_DOCUMENT) as document:
        for _, element in etree.iterparse(document, tag=tags, huge_tree=True):
            if element.tag == w("t"):
                yield element.text or ""
            elif element.tag in _ENDS:
                yield _ENDS[str(element.tag)]
                _forget(element)
            elif element.getparent().tag == w("r"):
                yield _BREAKS[str(element.tag)]


def _forget(element: etree._Element) -> None:
    element.clear(keep_tail=True)
    while element.getprevious() is not None:
        del element.getparent()[0]
