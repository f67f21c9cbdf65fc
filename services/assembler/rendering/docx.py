"""Rendering a .docx template: docxtpl's language, compiled once, on plain data, reproducibly.

docxtpl turns what Word made of a tag back into Jinja source (`patch_xml`) and repairs tables
(`fix_tables`); both are used as they are. Its other steps are replaced: they read the output
again (so that text of a value could become a break or a tag) and parse it with a recovering
parser (so that one control character silently deleted every "&" after it).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Template, TemplateError
from lxml import etree

from ooxml.package import (
    CORE_PROPERTIES,
    DEFAULT_LIMITS,
    Fault,
    Package,
    PackageRefused,
    open_package,
    pack_parts,
    save,
)
from ooxml.xml import NAMESPACES, parse_xml, serialize_xml, w
from ooxml.zipping import Entry
from services.assembler.rendering.balance import is_well_formed
from services.assembler.rendering.complaints import EXPRESSION_ERRORS, Place, complaint, refusal
from services.assembler.rendering.context import RenderingFailed, plain_data
from services.assembler.rendering.sandbox import (
    bounded_render,
    document_environment,
    text_environment,
)

_PARTS = ("document", "header", "footer", "footnotes", "endnotes")
_HAS_TAG = re.compile(r"\{[{%#_]")
# docxtpl's way to write the delimiters themselves; it replaces them in the output, values included.
_LITERALS = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}
_LITERAL = re.compile("|".join(map(re.escape, _LITERALS)))
_STRAY_TEXT = etree.XPath(
    "//text()[normalize-space() and parent::w:* and not(parent::w:t or parent::w:delText"
    " or parent::w:instrText or parent::w:delInstrText)]",
    namespaces=NAMESPACES,
)
_COLUMNS = etree.XPath("count(w:tblGrid/w:gridCol)", namespaces=NAMESPACES)
_HAS_LONGER_ROW = etree.XPath("boolean(w:tr[count(w:tc) > $columns])", namespaces=NAMESPACES)
_FIRST_DRAWING_ID = 1000
_DECLARATION = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the template with its compiled source."""

    place: Place
    template: Template
    is_proved: bool = False
    """Whether every rendering is well-formed and needs no repair; else each one is looked at."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    package: Package
    parts: tuple[_Part, ...]
    properties: tuple[_Part, ...]
    packed: Mapping[str, Entry]
    """The parts that no data changes."""


def render(template: bytes, context: Mapping[str, Any]) -> bytes:
    """Return the .docx of this template and data; the same input always gives the same bytes."""
    compiled = _compile(template)
    data = plain_data(context)
    package = compiled.package
    for part in compiled.parts:
        package = package.with_part(part.place.part, _render_part(part, data))
    package = _with_properties(package, compiled.properties, data)
    rendered = save(package, compiled.packed)
    if not all(part.is_proved for part in compiled.parts):
        try:
            open_package(rendered)
        except PackageRefused as exc:
            raise refusal(exc, is_result=True) from exc
    return rendered


def render_text(template: str, context: Mapping[str, Any]) -> str:
    """Return a plain text, such as the subject of a manifest, made by the same language."""
    place = Place("manifest.yml", template)
    return _run(_Part(place, _compile_source(place, is_text=True)), plain_data(context))


@lru_cache(maxsize=64)
def _compile(template: bytes) -> _Compiled:
    try:
        package = open_package(template)
        parts = [_compile_part(package, name) for name in package.parts_of_kind(*_PARTS)]
        properties = _compile_properties(package)
    except PackageRefused as exc:
        raise refusal(exc, is_result=False) from exc
    found = tuple(filter(None, parts))
    changing = {part.place.part for part in (*found, *properties)}
    packed = pack_parts(package, package.parts.keys() - changing)
    return _Compiled(package, found, properties, packed)


def _compile_part(package: Package, name: str) -> _Part | None:
    xml = etree.tostring(package.tree(name), encoding="unicode")
    source = DocxTemplate(BytesIO()).patch_xml(xml)
    if not _HAS_TAG.search(source):
        return None
    source = _LITERAL.sub(lambda match: f"{{{{ '{_LITERALS[match[0]]}' }}}}", source)
    # One paragraph a line, so that an error knows its paragraph; the values bring no line breaks.
    source = re.sub(r"<w:p(?=[ >])", "\n<w:p", source.replace("\n", " "))
    place = Place(name, source)
    template = _compile_source(place)
    is_proved = not _has_longer_rows(package.tree(name)) and is_well_formed(
        document_environment().parse(source)
    )
    return _Part(place, template, is_proved)


def _compile_source(place: Place, *, is_text: bool = False) -> Template:
    environment = text_environment() if is_text else document_environment()
    try:
        return environment.from_string(place.source)
    except TemplateError as exc:
        raise complaint(exc, place) from exc


def _run(part: _Part, data: Mapping[str, Any]) -> str:
    try:
        return bounded_render(part.template, data)
    except (TemplateError, *EXPRESSION_ERRORS) as exc:
        raise complaint(exc, part.place) from exc


def _render_part(part: _Part, data: Mapping[str, Any]) -> bytes:
    xml = _run(part, data)
    if part.is_proved:
        return _bytes(xml, part)
    try:
        root = parse_xml(xml.encode(), part.place.part)
    except PackageRefused as exc:
        raise refusal(exc, is_result=True) from exc
    stray = _STRAY_TEXT(root)
    if stray:
        raise RenderingFailed(
            f"Mẫu in “{stray[0].strip()[:80]}” ra ngoài đoạn văn; viết {{{{ … }}}} thay cho "
            f"{{{{r … }}}} hoặc {{{{p … }}}}. Xem {part.place}."
        )
    return serialize_xml(_repaired(root))


def _bytes(xml: str, part: _Part) -> bytes:
    written = _DECLARATION + xml.encode()
    if len(written) > DEFAULT_LIMITS.part_bytes:
        raise refusal(PackageRefused(Fault.TOO_LARGE, part.place.part), is_result=True)
    return written


def _has_longer_rows(root: etree._Element) -> bool:
    return any(_HAS_LONGER_ROW(table, columns=_COLUMNS(table)) for table in root.iter(w("tbl")))


def _repaired(root: etree._Element) -> etree._Element:
    """Let docxtpl widen the grids of tables that grew columns, and number the drawings anew."""
    docxtpl = DocxTemplate(BytesIO())
    docxtpl.docx_ids_index = _FIRST_DRAWING_ID
    if _has_longer_rows(root):
        root = docxtpl.fix_tables(serialize_xml(root))
    docxtpl.fix_docpr_ids(root)
    return root


def _compile_properties(package: Package) -> tuple[_Part, ...]:
    if CORE_PROPERTIES not in package.parts:
        return ()
    texts = (element.text or "" for element in package.tree(CORE_PROPERTIES).iter())
    places = (Place(CORE_PROPERTIES, text) for text in texts if _HAS_TAG.search(text))
    return tuple(_Part(place, _compile_source(place, is_text=True)) for place in places)


def _with_properties(
    package: Package, properties: tuple[_Part, ...], data: Mapping[str, Any]
) -> Package:
    if not properties:
        return package
    texts = {part.place.source: _run(part, data) for part in properties}
    root = package.tree(CORE_PROPERTIES)
    for element in root.iter():
        element.text = texts.get(element.text or "", element.text)
    return package.with_part(CORE_PROPERTIES, serialize_xml(root))
