"""Lengths and switches as WordprocessingML writes them; a value that makes no sense is unstated."""

import re
from fractions import Fraction

from lxml import etree

from ooxml.xml import w

TWIPS_PER_POINT = 20
HALF_POINTS_PER_POINT = 2
# More digits than any page has twips: such a number is damage, not a length.
_LENGTH = re.compile(r"\s*([+-]?\d{1,7})(?:\.(\d{1,6}))?(mm|cm|in|pt|pc|pi)?\s*")
_POINTS = {
    "mm": Fraction(720, 254),
    "cm": Fraction(7200, 254),
    "in": Fraction(72),
    "pt": Fraction(1),
    "pc": Fraction(12),
    "pi": Fraction(12),
}
_OFF = {"0", "false", "off", "none"}


def twips(text: str | None) -> int | None:
    """Return a length in twips, None where none is written."""
    return _measured(text, TWIPS_PER_POINT)


def half_points(text: str | None) -> int | None:
    """Return a font size in half points, None where none is written."""
    return _measured(text, HALF_POINTS_PER_POINT)


def number(text: str | None) -> int | None:
    """Return a plain number, None where none is written."""
    return _measured(text, 1)


def is_on(element: etree._Element | None) -> bool:
    """Tell whether a switch such as w:b stands here and is not turned off."""
    return element is not None and element.get(w("val"), "true").lower() not in _OFF


def _measured(text: str | None, per_point: int) -> int | None:
    found = _LENGTH.fullmatch(text or "")
    if found is None:
        return None
    whole, part, unit = found.groups()
    value = Fraction(f"{whole}.{part or 0}")
    return round(value * _POINTS[unit] * per_point if unit else value)
