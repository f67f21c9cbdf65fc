"""How a council for emulation and commendation votes, where its own rules do not say otherwise."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil

from vnadmin.editions.reading import read
from vnadmin.place_and_date import numeric_date
from vnadmin.validity import Source


class NoCouncilRules(LookupError):
    """No rules cover that day."""


@dataclass(frozen=True, slots=True)
class CouncilRules:
    """Quy tắc biểu quyết: a default that each session may replace."""

    quorum: Fraction  # of all members
    needed_percent: Decimal  # of all members, in favour
    source: Source

    def members_needed(self, members: int) -> int:
        """Return how many members must be there."""
        return ceil(self.quorum * members)


def council_rules(on: date) -> CouncilRules:
    """Return the rules of that day."""
    for entry in read("commendation").entries("council_rules"):
        source = entry.source(read("commendation").source())
        if source.covers(on):
            return CouncilRules(entry.fraction("quorum"), entry.decimal("needed_percent"), source)
    raise NoCouncilRules(f"Không có quy tắc biểu quyết cho ngày {numeric_date(on)}")
