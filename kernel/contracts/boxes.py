"""The boxes (content controls) of a draft that issuing fills: by tag, with what users call them."""

from collections.abc import Mapping
from types import MappingProxyType

NUMBER = "thidua.number"
SYMBOL = "thidua.symbol"
PLACE = "thidua.place"
DATE = "thidua.date"

BOXES: Mapping[str, str] = MappingProxyType(
    {NUMBER: "Số văn bản", SYMBOL: "Ký hiệu", PLACE: "Địa danh", DATE: "Ngày ban hành"}
)
