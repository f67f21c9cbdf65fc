"""What goes into the four boxes of a draft that stay empty until it is issued."""

from datetime import date

from kernel.contracts.boxes import DATE, NUMBER, PLACE, SYMBOL
from vnadmin.numbering import NumberAndSymbol
from vnadmin.place_and_date import long_date


def stamped_texts(number: int, symbol: str, place: str, issued_on: date) -> dict[str, str]:
    """Return what is printed in each box."""
    printed, _, rest = NumberAndSymbol(number, symbol).text.partition("/")
    return {NUMBER: printed, SYMBOL: rest, PLACE: place, DATE: long_date(issued_on)}
