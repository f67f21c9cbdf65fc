"""The four boxes of a draft that stay empty until it is issued, and what goes into them."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from vnadmin.numbering import NumberAndSymbol
from vnadmin.place_and_date import long_date

NUMBER = "thidua.number"
SYMBOL = "thidua.symbol"
PLACE = "thidua.place"
DATE = "thidua.date"

CONTROLS: Mapping[str, str] = MappingProxyType(
    {NUMBER: "Số văn bản", SYMBOL: "Ký hiệu", PLACE: "Địa danh", DATE: "Ngày ban hành"}
)


def stamped_texts(number: int, symbol: str, place: str, issued_on: date) -> dict[str, str]:
    """Return what is printed in each box."""
    printed, _, rest = NumberAndSymbol(number, symbol).text.partition("/")
    return {NUMBER: printed, SYMBOL: rest, PLACE: place, DATE: long_date(issued_on)}
