"""The lengths of a starter template, chosen inside what an edition of the rules allows."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise

from vnadmin.editions import Edition, Span

TWIPS_PER_POINT = 20
_TWIPS_PER_MM = Fraction(1440 * 10, 254)
_MM_PER_POINT = Fraction(254, 720)

# Widths of text lines in em of Times New Roman Bold (measured; a test measures them again).
MOTTO_EM = Fraction(12224, 1000)  # Độc lập - Tự do - Hạnh phúc
COUNCIL_EM = Fraction(12724, 1000)  # THI ĐUA - KHEN THƯỞNG
ADDRESSEES_EM = Fraction(3570, 1000)  # "Kính gửi", regular
ADDRESSEES_LABEL_EM = Fraction(4098, 1000)  # "Kính gửi: ", regular
DASH_EM = Fraction(583, 1000)  # "- ", regular
COMMITTEE_EM = Fraction(9379, 1000)  # ỦY BAN NHÂN DÂN

_LINE_SPACING = Decimal("1.15")
HEADING_COLUMNS = (70, 95)  # issuer and national heading, in proportion
SIGNATURE_COLUMNS = (80, 85)  # recipients and signature, in proportion


class OutsideTheRule(ValueError):
    """A starter chose a value that its edition does not allow."""


@dataclass(frozen=True, slots=True)
class Page:
    """Khổ giấy và lề of one section, in twips."""

    width: int
    height: int
    top: int
    bottom: int
    left: int
    right: int

    @property
    def text_width(self) -> int:
        """Return the width between the margins."""
        return self.width - self.left - self.right

    def columns(self, shares: Sequence[int]) -> tuple[int, ...]:
        """Return column widths in these proportions that fill the page exactly."""
        whole = sum(shares)
        reach = [sum(shares[: n + 1]) for n in range(len(shares))]
        edges = [0, *(round(Fraction(self.text_width * part, whole)) for part in reach)]
        return tuple(end - start for start, end in pairwise(edges))

    @property
    def is_landscape(self) -> bool:
        """Tell whether the page lies on its long side."""
        return self.width > self.height


def mm(length: int | Decimal | Fraction) -> int:
    """Return a length in twips, the unit of Word."""
    return round(Fraction(length) * _TWIPS_PER_MM)


def half_points(size: int | Decimal) -> int:
    """Return a font size in half points, the unit of Word."""
    return int((Decimal(size) * 2).to_integral_value(ROUND_HALF_UP))


ADDRESSEES_INDENT = mm(20)


@dataclass(frozen=True, slots=True)
class Layout:
    """What a starter needs to know of an edition."""

    edition: Edition

    def page(self, *, landscape: bool = False) -> Page:
        """Return the page with the widest text that the edition allows."""
        rule = self.edition.page
        sides = (rule.width_mm, rule.height_mm)
        width, height = (max(sides), min(sides)) if landscape else (min(sides), max(sides))
        margins = (rule.top_mm, rule.bottom_mm, rule.left_mm, rule.right_mm)
        top, bottom, left, right = (mm(margin.minimum) for margin in margins)
        return Page(mm(width), mm(height), top, bottom, left, right)

    def size_pt(self, code: str) -> Decimal:
        """Return the size of a component: the one of the decree's own sample, else the largest."""
        component = self.edition.component(code)
        sample = component.sample_size_pt
        return component.size_pt.maximum if sample is None else Decimal(sample)

    @property
    def table_size_pt(self) -> Decimal:
        """Return the size of text in tables: the smallest that the content may have."""
        return self.edition.component("body").size_pt.minimum

    @property
    def first_line_indent(self) -> int:
        """Return the first-line indent of the content, in twips."""
        return mm(self.edition.body_text.first_line_indent_mm.maximum)

    @property
    def paragraph_gap(self) -> int:
        """Return the gap after a paragraph of the content, in twips."""
        return int(self.edition.body_text.paragraph_gap_min_pt * TWIPS_PER_POINT)

    @property
    def line_spacing(self) -> int:
        """Return the line spacing of the content in 240ths of a line."""
        return int(within(self.edition.body_text.line_spacing, _LINE_SPACING) * 240)

    def rule_below(self, code: str, line_em: Fraction) -> int:
        """Return the length of the rule below a component whose text line is so many em wide."""
        share = self.edition.component(code).rule_below
        if share is None:
            raise OutsideTheRule(f"No rule stands below {code!r}")
        return self.em(code, line_em * sum(share) / 2)

    def em(self, code: str, width: Fraction) -> int:
        """Return so many em of a component's text, in twips."""
        return mm(width * Fraction(self.size_pt(code)) * _MM_PER_POINT)


def within(span: Span, value: Decimal) -> Decimal:
    """Return the value if the rule allows it."""
    if not span.allows(value):
        raise OutsideTheRule(f"{value} is not within {span.minimum}–{span.maximum}")
    return value
