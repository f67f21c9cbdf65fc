"""Rendering a .docx template: docxtpl's language, compiled once, on plain data, reproducibly.

Where docxtpl reads its output again (so that text of a value could become a break or a tag) and
parses it with a recovering parser (so that one control character silently deleted every "&" after
it), a part is written here straight into the package, row by row.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import TemplateError

from ooxml.package import (
    CORE_PROPERTIES,
    DEFAULT_LIMITS,
    PackageRefused,
    open_package,
    pack_part,
)
from ooxml.xml import parse_xml, serialize_xml
from ooxml.zipping import Entry, pack_chunks, zipped
from services.assembler.rendering.bounds import MAX_SECONDS, Budget, OutputTooLong
from services.assembler.rendering.compiled_store import CompiledStore
from services.assembler.rendering.compiling import Compiled, Part, compile_template, compile_text
from services.assembler.rendering.complaints import EXPRESSION_ERRORS, Place, complaint, refusal
from services.assembler.rendering.context import Data, plain_data
from services.assembler.rendering.repairing import repaired
from services.assembler.rendering.sandbox import render_chunks
from services.assembler.rendering.sandbox import render_text as render_plain

_DECLARATION = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"


class Renderer:
    """Renders templates; with a folder, each is compiled once for all processes that share it."""

    def __init__(self, folder: Path | None = None, *, seconds: float = MAX_SECONDS) -> None:
        self._store = CompiledStore(compile_template, folder)
        self._seconds = seconds

    def render(self, template: bytes, context: Mapping[str, Any]) -> bytes:
        """Return the .docx of this template and data; the same input always gives the same bytes.

        Raises RenderingFailed, with the place in the template or in the data.
        """
        compiled = self._compiled(template)
        data = plain_data(context)
        rendered = zipped(_entries(compiled, data, Budget(self._seconds)))
        if not _is_proved(compiled, data):
            _check(rendered)
        return rendered

    def _compiled(self, template: bytes) -> Compiled:
        try:
            return self._store.get(template)
        except PackageRefused as exc:
            raise refusal(exc, is_result=False) from exc


def render_text(template: str, context: Mapping[str, Any]) -> str:
    """Return a plain text, such as the subject of a manifest, made by the same language."""
    part = compile_text(Place("manifest.yml", template))
    return _text(part, plain_data(context), Budget())


render = Renderer().render


def _is_proved(compiled: Compiled, data: Data) -> bool:
    return not data.has_breaks and all(part.is_proved for part in compiled.parts.values())


def _check(rendered: bytes) -> None:
    try:
        open_package(rendered)
    except PackageRefused as exc:
        raise refusal(exc, is_result=True) from exc


def _entries(compiled: Compiled, data: Data, budget: Budget) -> Iterator[Entry]:
    for name in compiled.order:
        if name in compiled.packed:
            yield compiled.packed[name]
        elif name == CORE_PROPERTIES:
            yield pack_part(name, _properties(compiled, data, budget))
        else:
            yield _entry(compiled.parts[name], data, budget)


def _entry(part: Part, data: Data, budget: Budget) -> Entry:
    """Return the part, packed while it is written; only what is not proved is held whole."""
    chunks = _chunks(part, data, budget)
    name = part.place.part
    if part.is_proved and not data.has_breaks:
        return pack_chunks(name, chunks)
    return pack_part(name, repaired(_whole(chunks, part), part.place))


def _whole(chunks: Iterator[bytes], part: Part) -> bytes:
    """Return the part to look at: no longer than what can be opened again."""
    found = bytearray()
    for chunk in chunks:
        found += chunk
        if len(found) > DEFAULT_LIMITS.part_bytes:
            raise complaint(OutputTooLong(part.place.part), part.place)
    return bytes(found)


def _chunks(part: Part, data: Data, budget: Budget) -> Iterator[bytes]:
    yield _DECLARATION
    try:
        yield from render_chunks(part.template, data.values, budget, is_plain=data.is_plain)
    except (TemplateError, *EXPRESSION_ERRORS) as exc:
        raise complaint(exc, part.place) from exc


def _text(part: Part, data: Data, budget: Budget) -> str:
    try:
        return render_plain(part.template, data.values, budget)
    except (TemplateError, *EXPRESSION_ERRORS) as exc:
        raise complaint(exc, part.place) from exc


def _properties(compiled: Compiled, data: Data, budget: Budget) -> bytes:
    texts = {part.place.source: _text(part, data, budget) for part in compiled.properties}
    root = parse_xml(compiled.core, CORE_PROPERTIES)
    for element in root.iter():
        element.text = texts.get(element.text or "", element.text)
    return serialize_xml(root)
