"""Excel files that we give out: the same rows always make the same bytes, and no text is code."""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypeAlias

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from services.intake.domain.sheets import Column, ColumnKind
from vnadmin.amounts import format_number

Written: TypeAlias = str | Decimal | date | None

GUIDE_SHEET = "Hướng dẫn"
_CHOICES_SHEET = "Danh mục"
_MADE_AT = datetime(1980, 1, 1, tzinfo=UTC)
_WIDTHS = {ColumnKind.TEXT: 28, ColumnKind.FIGURE: 14, ColumnKind.DATE: 13, ColumnKind.CHOICE: 26}
_WIDEST, _WIDE_FROM = 60, 500
_ROWS_TO_FILL = 1_000
"""So many rows of a template offer the choices and keep texts as they are typed."""
_EXACT_DIGITS = 15
_BAD_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_LONGEST_NAME = 31
# What Excel or a program that the file is exported to might take for the beginning of a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")

_RULES = (
    "Điền từ dòng 2 của trang đầu; mỗi dòng một mục, không bỏ cách cột, không đổi tên cột.",
    "Không gộp ô (Merge), không dùng công thức: nếu có, hãy chép rồi dán giá trị.",
    "Số: gõ như trong Excel, hoặc gõ 12.000 và 8,78 (chấm hàng nghìn, phẩy thập phân).",
    "Ngày: gõ ngày/tháng/năm, ví dụ 30/06/2025.",
    "Lưu tệp dạng .xlsx (không có macro, không đặt mật khẩu).",
)


def write_sheet(
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, Written]],
    *,
    is_template: bool = False,
) -> bytes:
    """Return the .xlsx; a template also has a sheet that says how to fill it in."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": title, "created": _MADE_AT})
        sheet = book.add_worksheet(_sheet_name(title))
        table = _Table(book, sheet, columns)
        table.write_headings(marks_required=is_template)
        for number, row in enumerate(rows, 1):
            table.write_row(number, row)
        if is_template:
            _write_guide(book, title, columns)
        table.offer_choices(len(rows) + (_ROWS_TO_FILL if is_template else 0))
    return buffer.getvalue()


class _Table:
    """The table on the first sheet."""

    def __init__(
        self, book: xlsxwriter.Workbook, sheet: Worksheet, columns: Sequence[Column]
    ) -> None:
        self._book, self._sheet, self._columns = book, sheet, columns
        self._text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self._guarded = book.add_format(
            {"num_format": "@", "text_wrap": True, "valign": "top", "quote_prefix": True}
        )
        self._date = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
        self._figures: dict[int, Format] = {}

    def write_headings(self, *, marks_required: bool) -> None:
        """Write the headings, which stay in sight, and give each column its width and kind."""
        heading = self._book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#F3E3DF", "border": 1}
        )
        for place, column in enumerate(self._columns):
            wide = _WIDEST if column.max_length > _WIDE_FROM else _WIDTHS[column.kind]
            is_text = column.kind in {ColumnKind.TEXT, ColumnKind.CHOICE}
            self._sheet.set_column(place, place, wide, self._text if is_text else None)
            mark = " *" if marks_required and column.required else ""
            self._sheet.write_string(0, place, column.title + mark, heading)
        self._sheet.freeze_panes(1, 0)

    def write_row(self, number: int, row: Mapping[str, Written]) -> None:
        """Write one row; a column that the row does not name stays blank."""
        for place, column in enumerate(self._columns):
            value = row.get(column.code)
            if value is None or value == "":
                continue
            if isinstance(value, Decimal):
                self._write_figure(number, place, value)
            elif isinstance(value, date):
                self._sheet.write_datetime(number, place, value, self._date)
            else:
                self._write_text(number, place, column.label_of(value))

    def offer_choices(self, rows: int) -> None:
        """Let Excel offer the choices, which stand on a sheet of their own that stays hidden."""
        offered = [it for it in enumerate(self._columns) if it[1].choices]
        if not offered or not rows:
            return
        listed = self._book.add_worksheet(_CHOICES_SHEET)
        listed.hide()
        for at, (place, column) in enumerate(offered):
            for line, choice in enumerate(column.choices):
                listed.write_string(line, at, choice.label)
            letter, last = chr(ord("A") + at), len(column.choices)
            source = f"='{_CHOICES_SHEET}'!${letter}$1:${letter}${last}"
            rule = {
                "validate": "list",
                "source": source,
                "error_title": column.title[:32],
                "error_message": "Hãy chọn một giá trị trong danh sách.",
            }
            self._sheet.data_validation(1, place, rows, place, rule)

    def _write_figure(self, number: int, place: int, value: Decimal) -> None:
        if len(value.as_tuple().digits) > _EXACT_DIGITS:
            self._write_text(number, place, format_number(value))  # Excel would round it
            return
        exponent = value.normalize().as_tuple().exponent
        decimals = max(-exponent, 0) if isinstance(exponent, int) else 0
        if decimals not in self._figures:
            code = "#,##0" + ("." + "0" * decimals if decimals else "")
            self._figures[decimals] = self._book.add_format({"num_format": code, "valign": "top"})
        self._sheet.write_number(number, place, float(value), self._figures[decimals])

    def _write_text(self, number: int, place: int, text: str) -> None:
        # The cell is a text whatever it begins with. The prefix is the apostrophe of Excel: a
        # formula stays a text even when the cell is edited; it is no part of the text.
        risky = text.startswith(_FORMULA_STARTS)
        self._sheet.write_string(number, place, text, self._guarded if risky else self._text)


def _write_guide(book: xlsxwriter.Workbook, title: str, columns: Sequence[Column]) -> None:
    guide = book.add_worksheet(GUIDE_SHEET)
    bold = book.add_format({"bold": True, "valign": "top", "text_wrap": True})
    plain = book.add_format({"valign": "top", "text_wrap": True, "num_format": "@"})
    guide.set_column(0, 0, 30)
    guide.set_column(1, 1, 12)
    guide.set_column(2, 2, 80)
    guide.write_string(0, 0, f"Cách điền: {title}", bold)
    for line, rule in enumerate(_RULES, 1):
        guide.merge_range(line, 0, line, 2, rule, plain)
    head = len(_RULES) + 2
    for place, text in enumerate(("Tên cột", "Bắt buộc", "Cách ghi")):
        guide.write_string(head, place, text, bold)
    for line, column in enumerate(columns, head + 1):
        guide.write_string(line, 0, column.title, plain)
        guide.write_string(line, 1, "có" if column.required else "không", plain)
        guide.write_string(line, 2, _guidance(column), plain)


def _guidance(column: Column) -> str:
    kinds = {
        ColumnKind.TEXT: f"Chữ, không quá {format_number(column.max_length)} ký tự.",
        ColumnKind.FIGURE: "Số.",
        ColumnKind.DATE: "Ngày/tháng/năm.",
        ColumnKind.CHOICE: f"Chọn một trong: {'; '.join(it.label for it in column.choices)}.",
    }
    return " ".join(filter(None, (kinds[column.kind], column.hint)))


def _sheet_name(title: str) -> str:
    name = " ".join(title.translate(_BAD_IN_NAMES).split())[:_LONGEST_NAME].strip()
    return name if name and name not in {GUIDE_SHEET, _CHOICES_SHEET} else "Bảng"
