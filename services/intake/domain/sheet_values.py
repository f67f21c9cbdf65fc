"""What one cell says to the column that it stands in."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from kernel.text import cleaned, cleaning_note, first_forbidden_character
from ooxml.serial_dates import Moment
from ooxml.worksheets import Cell, CellKind
from services.intake.domain.figures import UnreadableFigure, parse_figure
from services.intake.domain.sheets import Column, ColumnKind
from vnadmin.text_folding import fold

_MOST_CHOICES_TOLD = 12
_WHOLE_DIGITS, _DECIMALS = 15, 6
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_VIETNAMESE = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")


@dataclass(frozen=True, slots=True)
class Value:
    """What is kept of a cell, and what its owner should know about how it was read."""

    text: str
    note: str = ""


class CellRefused(ValueError):
    """The cell cannot be taken; the message says what to do."""


def value_of(cell: Cell, column: Column) -> Value:
    """Return what the cell says, or raise CellRefused."""
    if cell.kind is CellKind.FORMULA:
        raise CellRefused(
            "là công thức. Hãy chép ô rồi dán giá trị (Dán đặc biệt → Giá trị) trước khi nhập."
        )
    if cell.kind is CellKind.ERROR:
        raise CellRefused("Excel báo lỗi hoặc không đọc được ô này; hãy nhập lại giá trị.")
    return _READERS[column.kind](cell, column)


def _text(cell: Cell, column: Column) -> Value:
    typed = _as_seen(cell)
    note = cleaning_note(typed)
    return Value(_checked(typed, column.max_length), f"đã {note}." if note else "")


def _checked(typed: str, max_length: int) -> str:
    text = cleaned(typed).strip()
    forbidden = first_forbidden_character(text)
    if forbidden:
        position, code = forbidden
        raise CellRefused(f"có ký tự điều khiển {code} ở vị trí {position + 1}; hãy xóa và gõ lại.")
    if len(text) > max_length:
        raise CellRefused(f"dài {len(text)} ký tự, quá giới hạn {max_length} ký tự.")
    return text


def _as_seen(cell: Cell) -> str:
    """Return the cell as its reader sees it, in Vietnamese."""
    if cell.kind is CellKind.MOMENT and cell.moment is not None:
        return _moment_text(cell.moment)
    if cell.number is None:
        return cell.text
    if cell.kind is CellKind.PERCENT:
        return f"{_figure_text(cell.number * 100)}%"
    return _figure_text(cell.number)


def _moment_text(moment: Moment) -> str:
    day = f"{moment.on:%d/%m/%Y}" if moment.on else ""
    hour = f"{moment.at:%H:%M}" if moment.at else ""
    return " ".join(filter(None, (day, hour))) or f"{time():%H:%M}"


def _figure(cell: Cell, _: Column) -> Value:
    if cell.kind is CellKind.MOMENT:
        raise CellRefused(
            f"Excel đã hiểu thành ngày {_as_seen(cell)}. Hãy định dạng ô là Số rồi nhập lại."
        )
    if cell.number is None:
        return Value(_figure_text(_bounded(_typed_figure(cell.text))) if cell.text.strip() else "")
    if cell.kind is CellKind.PERCENT:
        text = _figure_text(_bounded(_plain(cell.number * 100)))
        return Value(text, f"ô định dạng phần trăm ({text}%) được đọc là {text}.")
    return Value(_figure_text(_bounded(cell.number)))


def _typed_figure(text: str) -> Decimal:
    try:
        return _plain(parse_figure(text))
    except UnreadableFigure as exc:
        raise CellRefused(str(exc)) from exc


def _plain(number: Decimal) -> Decimal:
    return Decimal(format(number.normalize(), "f")) if number else Decimal(0)


def _bounded(number: Decimal) -> Decimal:
    exponent = number.as_tuple().exponent
    if number.adjusted() >= _WHOLE_DIGITS:
        raise CellRefused("số quá lớn.")
    if isinstance(exponent, int) and exponent < -_DECIMALS:
        raise CellRefused(
            f"có quá {_DECIMALS} chữ số thập phân ({_figure_text(number)}); hãy làm tròn."
        )
    return number


def _figure_text(number: Decimal) -> str:
    return format(_plain(number), "f").replace(".", ",")


def _date(cell: Cell, _: Column) -> Value:
    if cell.kind is CellKind.MOMENT and cell.moment is not None and cell.moment.on:
        return Value(cell.moment.on.isoformat())
    typed = _as_seen(cell).strip()
    if not typed:
        return Value("")
    iso, vietnamese = _ISO.fullmatch(typed), _VIETNAMESE.fullmatch(typed)
    if iso:
        return Value(_day(int(iso[1]), int(iso[2]), int(iso[3])))
    if vietnamese:
        return Value(_day(int(vietnamese[3]), int(vietnamese[2]), int(vietnamese[1])))
    raise CellRefused("phải là ngày, ví dụ 30/06/2025.")


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError as exc:
        raise CellRefused("không có ngày này trong lịch.") from exc


def _choice(cell: Cell, column: Column) -> Value:
    typed = _checked(_as_seen(cell), column.max_length)
    if not typed:
        return Value("")
    wanted = _choice_key(typed)
    for choice in column.choices:
        if wanted in {_choice_key(choice.label), _choice_key(choice.code)}:
            return Value(choice.code)
    labels = [choice.label for choice in column.choices[:_MOST_CHOICES_TOLD]]
    more = "…" if len(column.choices) > _MOST_CHOICES_TOLD else "."
    raise CellRefused(
        f"“{typed[:60]}” không có trong danh mục. Chọn một trong: {', '.join(labels)}{more}"
    )


def _choice_key(text: str) -> str:
    return " ".join(fold(text).replace("_", " ").split())


_READERS: Mapping[ColumnKind, Callable[[Cell, Column], Value]] = {
    ColumnKind.TEXT: _text,
    ColumnKind.FIGURE: _figure,
    ColumnKind.DATE: _date,
    ColumnKind.CHOICE: _choice,
}
