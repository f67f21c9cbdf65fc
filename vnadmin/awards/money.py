"""The money that goes with an award: dated factors times a dated base salary."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from vnadmin.awards.titles import NomineeKind, award
from vnadmin.editions.reading import Entry, read
from vnadmin.place_and_date import numeric_date
from vnadmin.validity import Mark, Source

_TEN_THOUSAND = 10_000


class NoBonus(LookupError):
    """No rule gives money for that award, nominee and day."""


class Rounding(StrEnum):
    """Làm tròn tiền thưởng: article 68 clause 2 of Decree 91/2017 rounds up to ten thousand.

    Offices are known to read that rule in three ways, so it can be chosen.
    """

    UP_TO_10000 = "up_to_10000"
    NEAREST_10000 = "nearest_10000"
    NONE = "none"

    def apply(self, dong: int) -> int:
        """Return the amount rounded this way; a half goes up."""
        if self is Rounding.NONE:
            return dong
        lift = _TEN_THOUSAND - 1 if self is Rounding.UP_TO_10000 else _TEN_THOUSAND // 2
        return (dong + lift) // _TEN_THOUSAND * _TEN_THOUSAND


@dataclass(frozen=True, slots=True)
class BaseSalary:
    """Mức lương cơ sở: the monthly rate in đồng that bonuses are multiples of."""

    amount: int
    article: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Bonus:
    """Mức tiền thưởng: what one nominee gets, and how it was found."""

    amount: int  # đồng, rounded
    raw: int  # đồng, before rounding
    factor: Decimal  # of the base salary, for this kind of nominee
    base_salary: int
    rounding: Rounding
    article: str
    base_salary_article: str
    mark: Mark  # the weaker of the two sources


def base_salary(on: date) -> BaseSalary:
    """Return the base salary of the day."""
    for entry in read("bonuses").entries("base_salaries"):
        source = entry.source()
        if source.covers(on):
            return BaseSalary(entry.integer("amount"), source.article, source.mark)
    raise NoBonus(f"Không có mức lương cơ sở cho ngày {numeric_date(on)}")


def bonus(
    award_code: str,
    nominee_kind: NomineeKind,
    on: date,
    rounding: Rounding = Rounding.UP_TO_10000,
) -> Bonus:
    """Return the money for one nominee; ``on`` is the day the decision is issued."""
    factor, source = _factor(award_code, nominee_kind, on)
    salary = base_salary(on)
    raw = _product(factor, salary.amount)
    return Bonus(
        amount=rounding.apply(raw),
        raw=raw,
        factor=factor,
        base_salary=salary.amount,
        rounding=rounding,
        article=source.article,
        base_salary_article=salary.article,
        mark=max(source.mark, salary.mark),
    )


def _factor(award_code: str, nominee_kind: NomineeKind, on: date) -> tuple[Decimal, Source]:
    title = award(award_code).title
    for edition in read("bonuses").entries("editions"):
        whole = edition.source()
        for entry in edition.entries("factors") if whole.covers(on) else ():
            if (entry.text("award"), entry.text("nominee")) == (award_code, nominee_kind):
                return entry.decimal("factor") * _multiple(entry), entry.source(whole)
    who = f"{NomineeKind(nominee_kind).label}, ngày {numeric_date(on)}"
    raise NoBonus(f"Không có mức tiền thưởng: {title}, {who}")


def _multiple(entry: Entry) -> Decimal:
    return entry.decimal("multiple") if "multiple" in entry.fields else Decimal(1)


def _product(factor: Decimal, salary: int) -> int:
    """Multiply; the base salary is whole thousands and factors have three places at most."""
    raw = factor * salary
    return int(raw.to_integral_exact())
