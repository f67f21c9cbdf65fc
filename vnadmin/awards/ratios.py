"""How many awards of one kind there may be beside another; configurable, so a warning."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from vnadmin.amounts import percent
from vnadmin.editions.reading import Entry, read
from vnadmin.validity import Source


class UnknownRatio(LookupError):
    """No ratio has that code."""


class InvalidCount(ValueError):
    """A count below zero."""


class CountRounding(StrEnum):
    """How a share of people becomes a whole number of people (làm tròn số người)."""

    DOWN = "down"
    HALF_UP = "half_up"
    UP = "up"

    def apply(self, share: Fraction) -> int:
        """Return the whole number."""
        if self is CountRounding.HALF_UP:
            return floor(share + Fraction(1, 2))
        return floor(share) if self is CountRounding.DOWN else ceil(share)


@dataclass(frozen=True, slots=True)
class RatioOutcome:
    """What a ratio says about two counts; ``share`` is None when there is nothing to divide by."""

    numerator_count: int
    denominator_count: int
    allowed: int
    is_exceeded: bool
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class Ratio:
    """Tỷ lệ tối đa giữa hai danh hiệu; an office replaces ``maximum`` by its province's rule."""

    code: str
    numerator: str  # award codes
    denominator: str
    maximum: Decimal  # in hundredths
    rounding: CountRounding
    source: Source

    def allowed(self, denominator_count: int) -> int:
        """Return how many of the numerator's award there may be."""
        share = Fraction(_count(denominator_count)) * Fraction(self.maximum) / 100
        return self.rounding.apply(share)

    def check(self, numerator_count: int, denominator_count: int) -> RatioOutcome:
        """Compare two counts with the ratio."""
        allowed = self.allowed(denominator_count)
        return RatioOutcome(
            numerator_count=_count(numerator_count),
            denominator_count=denominator_count,
            allowed=allowed,
            is_exceeded=numerator_count > allowed,
            share=percent(numerator_count, denominator_count) if denominator_count else None,
        )


@dataclass(frozen=True, slots=True)
class MinimumShare:
    """Tỷ lệ tối thiểu trong một tập thể: article 28 of the law of 2022 asks for 70 %."""

    code: str
    award: str  # what the collective is proposed for
    members_award: str  # what enough of its members must hold
    minimum: Decimal  # in hundredths
    source: Source

    def required(self, members: int) -> int:
        """Return how many members must hold the title."""
        return ceil(Fraction(_count(members)) * Fraction(self.minimum) / 100)

    def is_met(self, holders: int, members: int) -> bool:
        """Tell whether enough members hold the title; a collective without members never does."""
        return members > 0 and _count(holders) >= self.required(members)


def all_ratios() -> tuple[Ratio, ...]:
    """Return the ratios as the editions give them."""
    return tuple(_ratio(entry) for entry in read("commendation").entries("ratios"))


def ratio(code: str) -> Ratio:
    """Return the ratio with that code."""
    for known in all_ratios():
        if known.code == code:
            return known
    raise UnknownRatio(f"Không có tỷ lệ {code!r}")


def all_minimum_shares() -> tuple[MinimumShare, ...]:
    """Return the shares that a collective's members must reach."""
    return tuple(_minimum_share(entry) for entry in read("commendation").entries("minimum_shares"))


def _ratio(entry: Entry) -> Ratio:
    return Ratio(
        code=entry.text("code"),
        numerator=entry.text("numerator"),
        denominator=entry.text("denominator"),
        maximum=entry.decimal("maximum"),
        rounding=CountRounding(entry.text("rounding")),
        source=entry.source(read("commendation").source()),
    )


def _minimum_share(entry: Entry) -> MinimumShare:
    return MinimumShare(
        code=entry.text("code"),
        award=entry.text("award"),
        members_award=entry.text("members_award"),
        minimum=entry.decimal("minimum"),
        source=entry.source(read("commendation").source()),
    )


def _count(value: int) -> int:
    if value < 0:
        raise InvalidCount(f"Số lượng không thể âm: {value}")
    return value
