"""Figures as Vietnamese people type them: a dot between thousands, a comma before decimals."""

import re
from decimal import Decimal

from vnadmin.amounts import format_number

_PLAIN = re.compile(r"-?[0-9]+(,[0-9]+)?")
_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}([. ][0-9]{3})+(,[0-9]+)?")
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2212": "-", "\u2013": "-"})


class UnreadableFigure(ValueError):
    """A text that is not one certain number; the message says how to type it."""


def parse_figure(text: str) -> Decimal:
    """Return the exact number; a text with two readings is refused rather than guessed.

    "12.000" is twelve thousand. "12.5" is no Vietnamese number: it is asked again.
    """
    typed = text.translate(_SPACES).strip()
    if _PLAIN.fullmatch(typed) or _GROUPED.fullmatch(typed):
        return Decimal(typed.replace(".", "").replace(" ", "").replace(",", "."))
    if re.fullmatch(r"-?[0-9]+\.[0-9]+", typed):
        raise UnreadableFigure(
            "Dùng dấu phẩy cho phần thập phân (8,78), dấu chấm cho hàng nghìn (12.000)."
        )
    raise UnreadableFigure("Phải là một số, ví dụ 65 hoặc 8,78 hoặc 12.000.")


def figure_text(figure: Decimal | None, unit: str) -> str:
    """Return ``12.000 m²``, ``92%``; nothing for no figure."""
    if figure is None:
        return ""
    number = format_number(figure)
    return f"{number}{unit}" if unit == "%" else f"{number} {unit}".strip()
