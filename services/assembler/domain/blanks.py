"""Dotted blanks for what is written by hand or in Word, because no dossier holds it yet."""

from datetime import date, datetime

from vnadmin.place_and_date import long_date

SHORT = "……"
# At size 14 a dotted letter is 4.9 mm wide; a line of text holds 152 mm after its indent.
LONG = "…" * 8
LINE = "…" * 28
DATE = "ngày …… tháng …… năm ……"
TIME = f"{SHORT} giờ {SHORT} phút, {DATE}"


def date_or_blank(on: date | None) -> str:
    """Return the date in full, or its words around blanks."""
    return DATE if on is None else long_date(on)


def time_or_blank(at: datetime | None) -> str:
    """Return hour, minute and date as minutes tell them, or their words around blanks."""
    if at is None:
        return TIME
    return f"{at.hour:02d} giờ {at.minute:02d} phút, {long_date(at.date())}"


def text_or_blank(text: str, blank: str = SHORT) -> str:
    """Return the text on one line, or a blank in its place."""
    return " ".join(text.split()) or blank
