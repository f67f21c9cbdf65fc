"""Where the table begins: its heading row, and which column is which."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kernel.errors import Located
from kernel.text import cleaned
from ooxml.worksheets import Cell, CellKind, Worksheet, column_letters
from services.intake.domain.sheets import Column, heading_key, located

ROWS_BEFORE = 10
"""A title and the like may stand above the headings."""
_ORDINALS = frozenset({"stt", "tt", "sott", "sothutu", "no"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Headings:
    """The row of the headings, and the place of each column in it."""

    row: int
    places: Mapping[int, Column]
    ignored: frozenset[int]
    errors: tuple[Located, ...] = ()
    notes: tuple[Located, ...] = ()


def best_row(sheet: Worksheet, columns: Sequence[Column]) -> tuple[int, int]:
    """Return the row that looks most like the headings, and how many of them it has."""
    first = sorted(sheet.rows)[:ROWS_BEFORE]
    scores = [(len(set(_known(sheet.rows[row], columns).values())), row) for row in first]
    score, row = max(scores, key=lambda it: (it[0], -it[1]), default=(0, 0))
    return row, score


def is_enough(score: int, columns: Sequence[Column]) -> bool:
    """Say whether so many headings in one row are no accident."""
    return score >= min(2, len(columns))


def headings_in(sheet: Worksheet, row: int, columns: Sequence[Column]) -> Headings:
    """Return what the heading row says, with everything that is wrong with it."""
    cells = sheet.rows[row]
    known = _known(cells, columns)
    by_code = {column.code: column for column in columns}
    places: dict[int, Column] = {}
    errors: list[Located] = []
    for cell in cells:
        code = known.get(cell.column)
        if code is None:
            errors += _unknown(cell, columns)
        elif by_code[code] in places.values():
            errors.append(_at(cell, f"Cột “{by_code[code].title}” có hai lần; hãy bỏ một cột."))
        else:
            places[cell.column] = by_code[code]
    missing = [column for column in columns if column not in places.values()]
    return Headings(
        row=row,
        places=places,
        ignored=frozenset(cell.column for cell in cells if _is_ordinal(cell)),
        errors=(*errors, *(_missing(row, it) for it in missing if it.required)),
        notes=tuple(_left_out(row, it) for it in missing if not it.required),
    )


def without_headings(columns: Sequence[Column]) -> Headings:
    """Return the columns one after another, as copied rows have them."""
    return Headings(row=0, places=dict(enumerate(columns, 1)), ignored=frozenset())


def none_found(columns: Sequence[Column]) -> Located:
    """Return the error of a table in which no heading row is to be seen."""
    titles = ", ".join(f"“{column.title}”" for column in columns)
    return Located(
        "#/columns",
        f"Không tìm thấy dòng tiêu đề trong {ROWS_BEFORE} dòng đầu. Bảng cần có các cột: {titles}. "
        "Hãy tải tệp mẫu rồi chép số liệu vào đó.",
    )


def _known(cells: Sequence[Cell], columns: Sequence[Column]) -> dict[int, str]:
    found = {}
    for cell in cells:
        key = heading_key(cleaned(cell.text)) if cell.kind is CellKind.TEXT else ""
        code = next((it.code for it in columns if key and key in it.headings), None)
        if code is not None:
            found[cell.column] = code
    return found


def _is_ordinal(cell: Cell) -> bool:
    return cell.kind is CellKind.TEXT and heading_key(cleaned(cell.text)) in _ORDINALS


def _unknown(cell: Cell, columns: Sequence[Column]) -> Iterator[Located]:
    text = cleaned(cell.text).strip()
    if _is_ordinal(cell) or (cell.kind is CellKind.TEXT and not text):
        return
    if cell.kind is not CellKind.TEXT:
        yield _at(cell, "Tiêu đề phải là chữ.")
        return
    near = _nearest(heading_key(text[:100]), columns)
    advice = f"có phải “{near}”?" if near else "hãy xóa cột này hoặc dùng tệp mẫu."
    yield _at(cell, f"Không có cột “{_shortened(text)}” trong mẫu: {advice}")


def _nearest(key: str, columns: Sequence[Column]) -> str:
    """Return the title that was probably meant: a longer or shorter one before a misspelt one."""
    titles = {heading_key(column.title): column.title for column in columns}
    same_start = [it for it in titles if key and (key.startswith(it) or it.startswith(key))]
    near = same_start or difflib.get_close_matches(key, titles, n=1, cutoff=0.75)
    return titles[near[0]] if near else ""


def _missing(row: int, column: Column) -> Located:
    detail = f"Dòng tiêu đề (dòng {row}) thiếu cột “{column.title}”."
    return Located(f"#/columns/{column.code}", detail)


def _left_out(row: int, column: Column) -> Located:
    detail = f"Dòng tiêu đề (dòng {row}) không có cột “{column.title}”: cột này được để trống."
    return Located(f"#/columns/{column.code}", detail)


def _at(cell: Cell, detail: str) -> Located:
    return located(cell.row, column_letters(cell.column), "", detail)


def _shortened(text: str) -> str:
    line = "".join(it if it.isprintable() else "\ufffd" for it in " ".join(text.split()))
    return line if len(line) <= 40 else f"{line[:40]}…"
