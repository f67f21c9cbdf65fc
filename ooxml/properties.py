"""What one w:rPr or w:pPr states, by the names that the looks have for it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from lxml import etree

from ooxml.measures import half_points, is_on, number, twips
from ooxml.xml import w

Properties = Mapping[str, Any]
"""Stated fields of a CharacterLook or a ParagraphLook; what is not stated is inherited."""

TOGGLES = ("is_bold", "is_italic", "is_all_caps", "is_hidden")
_SWITCHES = dict(zip(TOGGLES, ("b", "i", "caps", "vanish"), strict=True))
_FONTS = {"ascii_font": "ascii", "high_ansi_font": "hAnsi", "complex_font": "cs"}
_THEME_FONTS = {
    "ascii_font": "asciiTheme",
    "high_ansi_font": "hAnsiTheme",
    "complex_font": "cstheme",
}
_ALIGNMENTS = {"start": "left", "end": "right", "justify": "both"}
_NO_BORDER = {"", "none", "nil"}


def run_properties(
    element: etree._Element | None, theme_font: Callable[[str], str]
) -> dict[str, Any]:
    """Return what a w:rPr states; `theme_font` names the font behind a name such as minorHAnsi."""
    if element is None:
        return {}
    stated: dict[str, Any] = dict(_fonts(element.find(w("rFonts")), theme_font))
    for field, tag in _SWITCHES.items():
        switch = element.find(w(tag))
        if switch is not None:
            stated[field] = is_on(switch)
    others = {
        "half_points": half_points(_value(element, "sz")),
        "underline": _value(element, "u"),
        "colour": _colour(_value(element, "color")),
        "vertical": _value(element, "vertAlign"),
    }
    return stated | _only_stated(others)


def paragraph_properties(element: etree._Element | None) -> dict[str, Any]:
    """Return what a w:pPr states."""
    if element is None:
        return {}
    numbering = element.find(w("numPr"))
    stated = {
        "alignment": _alignment(element),
        "list_id": None if numbering is None else number(_value(numbering, "numId")),
        "list_level": None if numbering is None else number(_value(numbering, "ilvl")),
        **_indents(element.find(w("ind"))),
        **_spacing(element.find(w("spacing"))),
        **_borders(element.find(w("pBdr"))),
    }
    switches = {"keeps_with_next": "keepNext", "drops_gap_between_alike": "contextualSpacing"}
    for field, tag in switches.items():
        switch = element.find(w(tag))
        stated[field] = None if switch is None else is_on(switch)
    if any(tab.get(w("val")) == "center" for tab in element.iterfind(f"{w('tabs')}/{w('tab')}")):
        stated["has_centre_tab"] = True
    return _only_stated(stated)


def is_drawn(border: etree._Element | None) -> bool:
    """Tell whether a border is there to be seen."""
    return border is not None and border.get(w("val"), "") not in _NO_BORDER


def _fonts(
    element: etree._Element | None, theme_font: Callable[[str], str]
) -> Iterator[tuple[str, str]]:
    if element is None:
        return
    for field, attribute in _FONTS.items():
        # Where both stand, Word takes the theme's.
        font = theme_font(element.get(w(_THEME_FONTS[field]), "")) or element.get(w(attribute))
        if font:
            yield field, font


def _colour(value: str | None) -> str | None:
    return None if value is None else value if value == "auto" else value.upper()


def _alignment(element: etree._Element) -> str | None:
    frame = element.find(w("framePr"))
    # A frame is set across the page by itself: the usual home of a page number.
    across = None if frame is None else frame.get(w("xAlign"))
    value = across or _value(element, "jc")
    return None if value is None else _ALIGNMENTS.get(value, value)


def _indents(element: etree._Element | None) -> dict[str, int | None]:
    if element is None:
        return {}
    hanging = twips(element.get(w("hanging")))
    return {
        "left": _first(element, "left", "start"),
        "right": _first(element, "right", "end"),
        "first_line": -hanging if hanging else twips(element.get(w("firstLine"))),
    }


def _spacing(element: etree._Element | None) -> dict[str, Any]:
    if element is None:
        return {}
    return {
        "before": twips(element.get(w("before"))),
        "after": twips(element.get(w("after"))),
        "line": twips(element.get(w("line"))),
        "line_rule": element.get(w("lineRule")),
    }


def _borders(element: etree._Element | None) -> dict[str, bool]:
    if element is None:
        return {}
    return {
        "has_border_above": is_drawn(element.find(w("top"))),
        "has_border_below": is_drawn(element.find(w("bottom"))),
    }


def _first(element: etree._Element, *names: str) -> int | None:
    lengths = (twips(element.get(w(name))) for name in names)
    return next((length for length in lengths if length is not None), None)


def _value(element: etree._Element, tag: str) -> str | None:
    found = element.find(w(tag))
    return None if found is None else found.get(w("val"))


def _only_stated(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
