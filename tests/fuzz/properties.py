"""What holds for every template and all data: a refusal with its place, or a whole document."""

import io
from collections.abc import Mapping
from typing import Any

import docx
from lxml import etree

from ooxml.xml import w
from services.assembler.rendering.context import RenderingFailed
from services.assembler.rendering.docx import render
from tests.fuzz.cases import tried
from tests.support.unzipped import parts_in

_SHOWN = {w("br"): "\n", w("tab"): "\t"}

Block = str | list[list[Any]]
"""A paragraph's text, or a table: rows of cells of blocks."""


def rendered(template: bytes, context: Mapping[str, Any]) -> bytes | RenderingFailed:
    """Render, and check whatever came of it."""
    try:
        document = render(template, context)
    except RenderingFailed as exc:
        check_refusal(exc)
        tried["refused with a place"] += 1
        return exc
    check_document(document)
    assert render(template, context) == document
    tried["rendered"] += 1
    return document


def check_refusal(failure: RenderingFailed) -> None:
    """A refusal is one sentence or two in Vietnamese, and says where."""
    assert failure.detail.endswith(".")
    is_of_data = bool(failure.errors) or "Dữ liệu đưa vào mẫu" in failure.detail
    assert is_of_data or " Xem " in failure.detail or " ở " in failure.detail
    for foreign in ("Traceback", "object at 0x", "<class"):
        assert foreign not in failure.detail
    failure.detail.encode()  # goes out as JSON


def check_document(document: bytes) -> None:
    """Every part is well-formed, and python-docx reads the document."""
    for name, content in parts_in(document).items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(content)
    for paragraph in docx.Document(io.BytesIO(document)).paragraphs:
        assert isinstance(paragraph.text, str)


def blocks_of(document: bytes, part: str = "word/document.xml") -> list[Block]:
    """Return what stands in a part, as it is read."""
    return _blocks(etree.fromstring(parts_in(document)[part]))


def _blocks(holder: etree._Element) -> list[Block]:
    found: list[Block] = []
    for child in holder:
        if child.tag == w("p"):
            found.append(_text(child))
        elif child.tag == w("tbl"):
            found.append(
                [list(map(_blocks, row.findall(w("tc")))) for row in child.findall(w("tr"))]
            )
        else:  # a body, a note
            found += _blocks(child)
    return found


def _text(paragraph: etree._Element) -> str:
    pieces = paragraph.iter(w("t"), *_SHOWN)
    return "".join(_SHOWN.get(str(it.tag)) or it.text or "" for it in pieces)
