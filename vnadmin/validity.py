"""When a rule holds, where it is written, and how sure we are of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Mark(StrEnum):
    """How well a fact is known (mức độ tin cậy)."""

    PRIMARY = "A"  # the primary text itself was read
    REPORTED = "B"  # an official page, or several independent sources that agree
    WEAK = "C"  # one weak source, or an inference
    ASSUMED = "K"  # general knowledge; a hypothesis until someone confirms it


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule is written (căn cứ pháp lý) and from which to which day it holds."""

    article: str
    valid_from: date
    valid_to: date | None
    mark: Mark

    def covers(self, on: date) -> bool:
        """Tell whether the rule holds on that day."""
        return covers(self.valid_from, self.valid_to, on)


def covers(valid_from: date | None, valid_to: date | None, on: date) -> bool:
    """Tell whether a day lies in the interval; both ends belong to it, None is open."""
    has_begun = valid_from is None or valid_from <= on
    return has_begun and (valid_to is None or on <= valid_to)
