"""Place and date of issue as documents print them."""

from datetime import date

from vnadmin.editions import load
from vnadmin.text_folding import compose


class InvalidPlace(ValueError):
    """A document without the name of its place."""


def place_and_date(place: str, on: date) -> str:
    """Return Địa danh và thời gian ban hành: ``Linh Thông, ngày 05 tháng 01 năm 2024``."""
    name = " ".join(compose(place).split())
    if not name:
        raise InvalidPlace("Thiếu địa danh ban hành văn bản")
    return f"{name}, {long_date(on)}"


def long_date(on: date) -> str:
    """Return the date in full (Annex I part I section II.4 of ND30).

    Days and months are padded by different rules: ngày 05 tháng 01, but ngày 05 tháng 3.
    """
    padding = load().date_padding
    day = _padded(on.day, below=padding.days_below)
    month = _padded(on.month, below=padding.months_below)
    return f"ngày {day} tháng {month} năm {on.year}"


def numeric_date(on: date) -> str:
    """Return the short date of tables and screens: ``05/01/2024``; not for citations."""
    return f"{on.day:02d}/{on.month:02d}/{on.year:04d}"


def _padded(value: int, below: int) -> str:
    return f"0{value}" if value < below else str(value)
