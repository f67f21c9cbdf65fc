"""Dotted blanks for what is written by hand or in Word, because no dossier holds it yet."""

from datetime import date

from vnadmin.place_and_date import long_date

SHORT = "……"
DATE = "ngày …… tháng …… năm …………"


def date_or_blank(on: date | None) -> str:
    """Return the date in full, or its words around blanks."""
    return DATE if on is None else long_date(on)
