"""How Excel shows the number in a cell: as a date, as a percentage, or as it is (§18.8.30)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from lxml import etree

from ooxml.workbooks import Workbook, local_name
from ooxml.xml import parse_xml


class Shown(Enum):
    """What the number format makes of a number."""

    PLAIN = "plain"
    DATE = "date"
    PERCENT = "percent"


_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_BUILT_IN_PERCENTS = frozenset((9, 10))
# Texts in quotes, escaped letters, fillers, and conditions or colours in brackets show no number.
_NO_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DATE_CODE = re.compile(r"[ymdhs]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NumberFormats:
    """By the number that a cell carries as its style."""

    by_style: tuple[Shown, ...] = ()

    def shown(self, style: str | None) -> Shown:
        """Return how a cell of this style is shown; plainly where the style is unknown."""
        place = int(style) if style and style.isdecimal() and len(style) < 6 else 0
        return self.by_style[place] if place < len(self.by_style) else Shown.PLAIN


def number_formats(workbook: Workbook) -> NumberFormats:
    """Return the formats that the workbook declares."""
    part = workbook.styles_part
    if part is None:
        return NumberFormats()
    root = parse_xml(workbook.parts[part], part)
    custom = {
        element.get("numFmtId", ""): element.get("formatCode", "")
        for element in root.iter("{*}numFmt")
    }
    formats = next((it for it in root if local_name(it) == "cellXfs"), ())
    return NumberFormats(tuple(_shown(element, custom) for element in formats))


def _shown(element: etree._Element, custom: Mapping[str, str]) -> Shown:
    number = element.get("numFmtId", "0")
    if number in custom:
        return _shown_by_code(custom[number])
    known = int(number) if number.isdecimal() and len(number) < 6 else 0
    if known in _BUILT_IN_DATES:
        return Shown.DATE
    return Shown.PERCENT if known in _BUILT_IN_PERCENTS else Shown.PLAIN


def _shown_by_code(code: str) -> Shown:
    """Return what the first section of a format code shows."""
    bare = _NO_CODE.sub("", code).partition(";")[0]
    if bare.casefold() in {"general", "standard"}:
        return Shown.PLAIN
    if "%" in bare:
        return Shown.PERCENT
    return Shown.DATE if _DATE_CODE.search(bare) else Shown.PLAIN
