"""A template made ready once: its tags turned into code, everything else packed for copying.

docxtpl turns what Word made of a tag back into Jinja source (`patch_xml`); that is used as it is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from math import isfinite
from types import CodeType

from docxtpl import DocxTemplate
from jinja2 import Template, TemplateError, TemplateSyntaxError, nodes
from lxml import etree

from ooxml.package import CORE_PROPERTIES, Package, open_package, pack_parts, packing_order
from ooxml.zipping import Entry
from services.assembler.rendering.balance import is_well_formed
from services.assembler.rendering.complaints import ForbiddenCharacter, Place, complaint
from services.assembler.rendering.context import RenderingFailed, first_forbidden
from services.assembler.rendering.delimiters import malformed_tags
from services.assembler.rendering.placing import place_values
from services.assembler.rendering.repairing import has_longer_rows
from services.assembler.rendering.sandbox import (
    TemplateEnvironment,
    document_environment,
    text_environment,
)
from services.assembler.rendering.values import BREAKS

PARTS = ("document", "header", "footer", "footnotes", "endnotes")
"""The kinds of parts in which tags are looked for, beside the properties."""

# What Python's own compiler and the depth of a source can add to the errors of a template.
COMPILE_ERRORS = (
    TemplateError,
    MemoryError,
    OverflowError,
    RecursionError,
    SyntaxError,
    ValueError,
)

_HAS_TAG = re.compile(r"\{[{%#_]")
# docxtpl's way to write the delimiters themselves; it replaces them in the output, values included.
_LITERALS = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}
_LITERAL = re.compile("|".join(map(re.escape, _LITERALS)))
# Left in the middle of a tag by some programs; docxtpl looks for its end tag.
_EMPTY_TEXT = re.compile(r"<w:t(?: [^<>]*)?/>")
# docxtpl leaves the ampersands in a tag as XML writes them.
_TAG = re.compile(r"\{[{%].*?[}%]\}")
_PARAGRAPH = re.compile(r"<w:p(?=[ >])")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the template, or one text of its properties, as code."""

    place: Place
    code: CodeType
    template: Template
    is_proved: bool = False
    """Whether every rendering is well-formed and needs no repair; else each one is looked at."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A template as it is rendered: the order of its parts, what changes and what does not."""

    order: tuple[str, ...]
    packed: Mapping[str, Entry]
    parts: Mapping[str, Part]
    properties: tuple[Part, ...]
    core: bytes
    """The properties' own part, where a text of it has tags."""


def compile_template(template: bytes) -> Compiled:
    """Return the template as code; raises PackageRefused, or RenderingFailed with the place."""
    package = open_package(template)
    names = package.parts_of_kind(*PARTS)
    parts = {part.place.part: part for name in names if (part := _compile_part(package, name))}
    properties = _compile_properties(package)
    changing = {*parts, *({CORE_PROPERTIES} if properties else ())}
    return Compiled(
        order=packing_order(package.parts),
        packed=pack_parts(package, package.parts.keys() - changing),
        parts=parts,
        properties=properties,
        core=package.parts[CORE_PROPERTIES] if properties else b"",
    )


def compile_text(place: Place) -> Part:
    """Return a plain text, such as a subject, as code."""
    environment = text_environment()
    try:
        return _part(place, environment, _parse(place, environment))
    except COMPILE_ERRORS as exc:
        raise complaint(exc, place) from exc


def part_of(place: Place, code: CodeType, *, is_proved: bool, is_text: bool) -> Part:
    """Return a part from code that was compiled before."""
    environment = text_environment() if is_text else document_environment()
    template = Template.from_code(environment, code, environment.make_globals(None))
    return Part(place, code, template, is_proved)


def jinja_source(package: Package, name: str) -> str:
    """Return the part as Jinja source, one paragraph a line, so that an error knows its paragraph.

    The values bring no line breaks. Raises RenderingFailed for a tag that is not closed.
    """
    xml = etree.tostring(package.tree(name), encoding="unicode")
    xml = _EMPTY_TEXT.sub("<w:t></w:t>", xml)
    for tag in malformed_tags(xml):
        raise RenderingFailed(f"{tag.reason} Xem “{tag.text}” ở {Place(name, '')}.")
    source = DocxTemplate(BytesIO()).patch_xml(xml)
    source = _LITERAL.sub(lambda match: f"{{{{ '{_LITERALS[match[0]]}' }}}}", source)
    source = _TAG.sub(lambda tag: tag[0].replace("&amp;", "&"), source)
    return _PARAGRAPH.sub("\n<w:p", source.replace("\n", " "))


def _compile_part(package: Package, name: str) -> Part | None:
    place = Place(name, jinja_source(package, name))
    if not _HAS_TAG.search(place.source):
        return None
    environment = document_environment()
    try:
        tree = _parse(place, environment)
        place_values(tree)
        is_proved = (
            not has_longer_rows(package.tree(name))
            and not _has_breaks(tree)
            and is_well_formed(tree)
        )
        return _part(place, environment, tree, is_proved=is_proved)
    except COMPILE_ERRORS as exc:
        raise complaint(exc, place) from exc


def _compile_properties(package: Package) -> tuple[Part, ...]:
    if CORE_PROPERTIES not in package.parts:
        return ()
    texts = (element.text or "" for element in package.tree(CORE_PROPERTIES).iter())
    return tuple(
        compile_text(Place(CORE_PROPERTIES, text)) for text in texts if _HAS_TAG.search(text)
    )


def _parse(place: Place, environment: TemplateEnvironment) -> nodes.Template:
    tree = environment.parse(place.source)
    for const in tree.find_all(nodes.Const):
        if isinstance(const.value, str) and first_forbidden(const.value):
            raise ForbiddenCharacter("a character that no document may hold", const.lineno)
        if isinstance(const.value, float) and not isfinite(const.value):
            raise TemplateSyntaxError("a number without a value", const.lineno)
    return tree


def _part(
    place: Place, environment: TemplateEnvironment, tree: nodes.Template, *, is_proved: bool = False
) -> Part:
    code = environment.compile(tree)
    template = Template.from_code(environment, code, environment.make_globals(None))
    return Part(place, code, template, is_proved)


def _has_breaks(tree: nodes.Template) -> bool:
    """Tell whether a text of the template itself begins a new paragraph or page."""
    texts = (const.value for const in tree.find_all(nodes.Const))
    return any(isinstance(text, str) and not set(BREAKS).isdisjoint(text) for text in texts)
