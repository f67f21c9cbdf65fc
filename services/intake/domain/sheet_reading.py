"""From the cells of a sheet to rows; everything that is wrong is told at once, in its place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kernel.errors import InvalidInput, Located
from kernel.text import cleaned
from ooxml.worksheets import Cell, CellKind, Worksheet, column_letters
from services.intake.domain.sheet_headings import Headings
from services.intake.domain.sheet_values import CellRefused, value_of
from services.intake.domain.sheets import Column, SheetRow, SheetRows, located, refused
from vnadmin.amounts import format_number

_MOST_ROWS_TOLD = 10


def too_many_rows(count: int, limit: int) -> InvalidInput:
    """Return the failure of a table that is larger than one import may be."""
    detail = (
        f"Bảng có {format_number(count)} dòng, mỗi lần chỉ nhập được {format_number(limit)} dòng. "
        "Hãy xóa dòng thừa hoặc chia thành nhiều tệp. Chưa có gì được lưu."
    )
    return InvalidInput(detail, errors=[Located("#/rows", detail)])


def rows_of(sheet: Worksheet, headings: Headings, *, limit: int) -> SheetRows:
    """Return the rows below the headings, or raise InvalidInput with every error."""
    numbers = [number for number in sorted(sheet.rows) if number > headings.row]
    table = _Table(headings)
    rows = [row for number in numbers if (row := table.read(number, sheet.rows[number]))]
    if len(rows) > limit:
        raise too_many_rows(len(rows), limit)
    last = numbers[-1] if numbers else headings.row
    errors = [*headings.errors, *_merged(sheet, headings, last), *table.errors]
    if not rows and not errors:
        errors = [Located("#/rows", "Bảng chưa có dòng dữ liệu nào dưới dòng tiêu đề.")]
    if errors:
        raise refused(errors)
    notes = [*headings.notes, *_hidden(sheet, rows), *table.notes]
    return SheetRows(rows=tuple(rows), notes=tuple(notes))


@dataclass(slots=True)
class _Table:
    """Reads row after row and collects what is to be said about them."""

    headings: Headings
    errors: list[Located] = field(default_factory=list)
    notes: list[Located] = field(default_factory=list)
    _nameless: set[int] = field(default_factory=set)

    def read(self, number: int, cells: Sequence[Cell]) -> SheetRow | None:
        """Return the row, or None where nothing stands in it."""
        mine = {cell.column: cell for cell in cells if not _is_blank(cell)}
        if not any(place not in self.headings.ignored for place in mine):
            return None
        self._tell_nameless(mine)
        values = {
            column.code: self._value(number, place, column, mine.get(place))
            for place, column in self.headings.places.items()
        }
        return SheetRow(number=number, values=values, columns=self._letters())

    def _value(self, number: int, place: int, column: Column, cell: Cell | None) -> str:
        letters = column_letters(place)
        try:
            value = value_of(cell, column) if cell else None
        except CellRefused as exc:
            self.errors.append(located(number, letters, column.title, str(exc)))
            return ""
        if value is not None and value.note:
            self.notes.append(located(number, letters, column.title, value.note))
        text = value.text if value else ""
        if column.required and not text:
            self.errors.append(located(number, letters, column.title, "bắt buộc nhập."))
        return text

    def _tell_nameless(self, cells: Mapping[int, Cell]) -> None:
        known = {*self.headings.places, *self.headings.ignored, *self._nameless}
        for place in sorted(set(cells) - known):
            self._nameless.add(place)
            detail = "có dữ liệu nhưng cột này không có trong mẫu; hãy xóa hoặc thêm tiêu đề."
            self.errors.append(located(cells[place].row, column_letters(place), "", detail))

    def _letters(self) -> Mapping[str, str]:
        return {it.code: column_letters(place) for place, it in self.headings.places.items()}


def _is_blank(cell: Cell) -> bool:
    return cell.kind is CellKind.TEXT and not cleaned(cell.text).strip()


def _merged(sheet: Worksheet, headings: Headings, last: int) -> Iterator[Located]:
    for area in sheet.merged:
        columns = range(area.first_column, area.last_column + 1)
        is_inside = area.first_row <= last and area.last_row >= max(headings.row, 1)
        if is_inside and any(place in columns for place in headings.places):
            detail = f"các ô {area} bị gộp. Hãy bỏ gộp ô rồi điền đủ từng dòng."
            yield located(area.first_row, column_letters(area.first_column), "", detail)


def _hidden(sheet: Worksheet, rows: Sequence[SheetRow]) -> Iterator[Located]:
    hidden = [row.number for row in rows if row.number in sheet.hidden_rows]
    if hidden:
        told = ", ".join(map(str, hidden[:_MOST_ROWS_TOLD]))
        more = "…" if len(hidden) > _MOST_ROWS_TOLD else ""
        yield Located(
            f"#/rows/{hidden[0]}",
            f"Có {len(hidden)} dòng đang ẩn hoặc bị lọc vẫn được đọc: {told}{more}.",
        )
