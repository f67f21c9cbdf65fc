"""Lengths of Word in the units of the rules, and how a reader writes them."""

from decimal import Decimal

from vnadmin.editions import Span

_TWIPS_PER_MM = Decimal(1440) / Decimal("25.4")
TWIPS_PER_POINT = 20
# Word shows lengths with two decimals of a centimetre or an inch, so what it stores is rounded.
_TOLERANCE_MM = Decimal("0.3")
_TOLERANCE_PAPER_MM = Decimal("0.6")


def millimetres(twips: int) -> Decimal:
    """Return a length in millimetres."""
    return Decimal(twips) / _TWIPS_PER_MM


def points(twips: int) -> Decimal:
    """Return a length in points."""
    return Decimal(twips) / TWIPS_PER_POINT


def keeps(span: Span, twips: int) -> bool:
    """Tell whether a length keeps a rule in millimetres, as far as Word can say it."""
    return span.minimum - _TOLERANCE_MM <= millimetres(twips) <= span.maximum + _TOLERANCE_MM


def is_about(length_mm: int, twips: int) -> bool:
    """Tell whether a side of the paper has this length."""
    return abs(millimetres(twips) - length_mm) <= _TOLERANCE_PAPER_MM


def written(value: Decimal) -> str:
    """Return a number as Vietnamese writes it, with at most two decimals: 12,5."""
    text = f"{round(value, 2):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def written_span(span: Span) -> str:
    """Return "từ 12 đến 13", or one number where the rule has only one."""
    if span.minimum == span.maximum:
        return written(span.minimum)
    return f"từ {written(span.minimum)} đến {written(span.maximum)}"
