"""Days as Excel counts them (ECMA-376 part 1 §18.17.4)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

_FIRST_1900 = date(1899, 12, 31)
_FIRST_1904 = date(1904, 1, 1)
_LEAP_DAY_THAT_WAS_NONE = 60
_LAST = 2_958_465  # 31/12/9999
_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, a time of day, or both."""

    on: date | None
    at: time | None = None

    @classmethod
    def from_iso(cls, text: str) -> "Moment | None":
        """Return the moment that an ISO 8601 cell names."""
        try:
            read = datetime.fromisoformat(text.strip().removesuffix("Z")).replace(tzinfo=UTC)
        except ValueError:
            return None
        at = read.time().replace(microsecond=0)
        return cls(read.date(), at if at != time() else None)


def moment_of(serial: Decimal, *, counts_from_1904: bool = False) -> Moment | None:
    """Return what a serial number stands for; None where Excel itself shows no date."""
    if not 0 <= serial <= _LAST:
        return None
    days = int(serial)
    seconds = int(((serial - days) * _SECONDS).to_integral_value(ROUND_HALF_UP))
    days, seconds = days + seconds // _SECONDS, seconds % _SECONDS
    at = (datetime(2000, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).time()
    if days == 0 and not counts_from_1904:
        return Moment(None, at)
    on = _day(days, counts_from_1904=counts_from_1904)
    return None if on is None else Moment(on, at if seconds else None)


def _day(days: int, *, counts_from_1904: bool) -> date | None:
    try:
        if counts_from_1904:
            return _FIRST_1904 + timedelta(days)
        if days == _LEAP_DAY_THAT_WAS_NONE:  # Excel takes 1900 for a leap year
            return None
        return _FIRST_1900 + timedelta(days - (days > _LEAP_DAY_THAT_WAS_NONE))
    except OverflowError:
        return None
