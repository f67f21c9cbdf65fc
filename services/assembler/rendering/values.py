"""What a value becomes where it is printed: escaped run content, runs, or an attribute's text.

A value never becomes markup by what it holds. Two kinds of data print as more than one text:
line breaks and tabs become Word's own, and rich text (chữ có định dạng) becomes runs.
"""

import re
from collections.abc import Mapping
from math import isfinite
from typing import Any

from jinja2 import TemplateError, Undefined
from markupsafe import Markup, escape

RICH_TEXT = "rich_text"
PARAGRAPH, PAGE = "\a", "\f"
"""Where a text begins a new paragraph, or a new page (docxtpl's `\\a` and `\\f`)."""
BREAKS = {PARAGRAPH: "<?paragraph-break?>", PAGE: "<?page-break?>"}
"""How they are printed until the paragraph around them is known (`breaks.py`)."""

_AS_SPACE = {ord(sign): " " for sign in BREAKS}
first_special = re.compile("[\x00-\x1f&<>\"']").search
"""Finds what is to be escaped or to become a break of Word's own."""
_BEGIN, _END = '<w:t xml:space="preserve">', "</w:t>"
_UNDERLINES = frozenset(
    {"single", "double", "thick", "dotted", "dash", "dotDash", "dotDotDash", "wave"}
)
_RUN_KEYS = frozenset(
    {"text", "style", "color", "highlight", "size", "subscript", "superscript", "bold", "italic"}
    | {"underline", "strike", "font", "rtl", "lang"}
)


class NotPrintable(TemplateError):
    """A placeholder names something that cannot stand where it stands."""


class NotRichText(NotPrintable):
    """A placeholder of runs (`{{r …}}`) names something that is no rich text."""


class BlockRefused(NotPrintable):
    """A placeholder stands where a whole paragraph would: sub-documents are not supported."""


def as_text(value: Any) -> Any:
    """Return run content: text with markup, or the value itself where nothing is to be done."""
    if value.__class__ is str and not first_special(value):
        return value  # nothing to escape or to break: almost every value
    if isinstance(value, Markup | Undefined):
        return value  # a macro's result is escaped already; the undefined raises by itself
    return Markup(_run_content(_printable(value)))  # noqa: S704 - escaped by _run_content


def as_plain_text(value: Any) -> Any:
    """Return the text as it is, for subjects and properties."""
    if isinstance(value, Undefined):
        return value
    return _printable(value).translate(_AS_SPACE)


def as_attribute(value: Any) -> Any:
    """Return the text of an attribute: the colour of a cell, how many columns it spans."""
    if isinstance(value, Undefined):
        return value
    text = _printable(value)
    if not text.isprintable():
        raise NotPrintable("attribute")
    return Markup(escape(str(text)))  # noqa: S704 - escaped here


def as_runs(value: Any) -> Any:
    """Return the runs of a rich text: {"rich_text": [{"text": "…", "bold": true}, …]}."""
    if isinstance(value, Markup | Undefined):
        return value
    if not isinstance(value, Mapping) or set(value) != {RICH_TEXT}:
        raise NotRichText(type(value).__name__)
    pieces = value[RICH_TEXT]
    if not isinstance(pieces, list | tuple):
        raise NotRichText(type(pieces).__name__)
    return Markup("".join(map(_run, pieces)))  # noqa: S704 - escaped by _run


def as_blocks(value: Any) -> Any:
    """Return what a macro of the template made; no value of the data can be whole paragraphs."""
    if isinstance(value, Markup | Undefined):
        return value
    raise BlockRefused(type(value).__name__)


def _printable(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise NotPrintable(type(value).__name__)
    if isinstance(value, float) and not isfinite(value):
        raise NotPrintable("number")
    return str(value)


def _run_content(text: str) -> str:
    """Escape the text; its line breaks and tabs become those of Word, within the same run."""
    escaped = str(escape(str(text)))
    escaped = escaped.replace("\n", f"{_END}<w:br/>{_BEGIN}")
    escaped = escaped.replace("\t", f"{_END}<w:tab/>{_BEGIN}")
    for sign, mark in BREAKS.items():
        escaped = escaped.replace(sign, mark)
    return escaped


def _run(piece: Any) -> str:
    """Return one run, its properties in the order of ECMA-376 part 1, 17.3.2.28."""
    if isinstance(piece, str):
        piece = {"text": piece}
    if not isinstance(piece, Mapping) or not set(piece) <= _RUN_KEYS or "text" not in piece:
        raise NotRichText("run")
    properties = "".join(_properties(piece))
    opened = f"<w:r><w:rPr>{properties}</w:rPr>" if properties else "<w:r>"
    return f"{opened}{_BEGIN}{_run_content(_printable(piece['text']))}{_END}</w:r>"


def _properties(piece: Mapping[str, Any]) -> list[str]:
    def when(key: str, xml: str) -> str:
        return xml if piece.get(key) else ""

    def text(key: str) -> str:
        return str(as_attribute(piece.get(key) or "")).removeprefix("#")

    region, _, family = text("font").rpartition(":")
    also = f' w:eastAsia="{family}"' if region == "eastAsia" else ""
    fonts = f'<w:rFonts w:ascii="{family}" w:hAnsi="{family}" w:cs="{family}"{also}/>'
    line = piece.get("underline")
    position = "superscript" if piece.get("superscript") else "subscript"
    return [
        when("style", f'<w:rStyle w:val="{text("style")}"/>'),
        when("font", fonts),
        when("bold", "<w:b/>" + when("rtl", "<w:bCs/>")),
        when("italic", "<w:i/>" + when("rtl", "<w:iCs/>")),
        when("strike", "<w:strike/>"),
        when("color", f'<w:color w:val="{text("color")}"/>'),
        when("size", f'<w:sz w:val="{text("size")}"/><w:szCs w:val="{text("size")}"/>'),
        when("underline", f'<w:u w:val="{line if line in _UNDERLINES else "single"}"/>'),
        when("highlight", f'<w:shd w:val="clear" w:fill="{text("highlight")}"/>'),
        f'<w:vertAlign w:val="{position}"/>'
        if piece.get("superscript") or piece.get("subscript")
        else "",
        when("rtl", "<w:rtl/>"),
        when("lang", f'<w:lang w:val="{text("lang")}"/>'),
    ]
