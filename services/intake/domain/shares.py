"""Percentages: computed wherever plan or base allow it, quoted only where they do not."""

from dataclasses import dataclass
from decimal import Decimal

from services.intake.domain.content import ReportedIndicator, plan_of
from services.intake.domain.forms import AskedIndicator
from vnadmin.amounts import percent


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage and what it is a percentage of; `is_quoted` where the unit stated it itself."""

    value: Decimal
    of: str
    is_quoted: bool = False


def is_computable(asked: AskedIndicator, reported: ReportedIndicator) -> bool:
    """Say whether the percentage follows from the figures."""
    plan = plan_of(asked, reported)
    whole = plan if plan is not None else asked.base
    return reported.actual is not None and whole is not None and whole > 0


def shares_of(asked: AskedIndicator, reported: ReportedIndicator) -> tuple[Share, ...]:
    """Return the percentages that a reader of this indicator wants to see."""
    shares = []
    if reported.actual is not None:
        for whole, of in (
            (plan_of(asked, reported), "kế hoạch"),
            (asked.base, "tổng số"),
        ):
            if whole is not None and whole > 0:
                shares.append(Share(percent(reported.actual, whole), of))
    if not shares and reported.reported_percent is not None:
        shares.append(Share(reported.reported_percent, "kế hoạch", is_quoted=True))
    return tuple(shares)
