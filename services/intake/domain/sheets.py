"""A table that somebody made in Excel (bảng tính): which columns it must have, what it said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kernel.errors import InvalidInput, Located
from services.intake.domain.figures import parse_figure
from vnadmin.text_folding import fold

MOST_ERRORS = 100


class ColumnKind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    FIGURE = "figure"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value that a cell may have: the code that is kept, the word that people read."""

    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column; `aliases` are other headings that mean the same."""

    code: str
    title: str
    kind: ColumnKind = ColumnKind.TEXT
    required: bool = False
    choices: tuple[Choice, ...] = ()
    max_length: int = 300
    aliases: tuple[str, ...] = ()
    hint: str = ""

    @property
    def headings(self) -> frozenset[str]:
        """Return every heading by which the column is known, as headings are compared."""
        return frozenset(map(heading_key, (self.code, self.title, *self.aliases)))

    def label_of(self, code: str) -> str:
        """Return the word for a code; the code itself where it is none of the choices."""
        return next((it.label for it in self.choices if it.code == code), code)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One row under the number that Excel shows; a value for every column, "" for none.

    Figures are written as people type them ("8,78"), dates as 2023-12-15, choices by their code.
    """

    number: int
    values: Mapping[str, str]
    columns: Mapping[str, str]

    def __getitem__(self, code: str) -> str:
        return self.values[code]

    def figure(self, code: str) -> Decimal | None:
        """Return the exact number in this column."""
        return parse_figure(self.values[code]) if self.values[code] else None

    def date(self, code: str) -> date | None:
        """Return the date in this column."""
        return date.fromisoformat(self.values[code]) if self.values[code] else None

    def error(self, column: Column, detail: str) -> Located:
        """Return an error about this row that only its reader can find, placed as all others."""
        letters = self.columns.get(column.code, "?")
        return located(self.number, letters, column.title, detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRows:
    """What a table said; `notes` are what was read otherwise than it may have been meant."""

    rows: tuple[SheetRow, ...]
    notes: tuple[Located, ...] = ()
    sheet: str = ""


def heading_key(text: str) -> str:
    """Return a heading without diacritics, case, spaces and signs: as two of them are compared."""
    return "".join(letter for letter in fold(text) if letter.isalnum())


def located(row: int, letters: str, title: str, detail: str) -> Located:
    """Return ``Dòng 7, cột C (Họ và tên): …`` at ``#/rows/7/C``."""
    place = f"Dòng {row}, cột {letters}" + (f" ({title})" if title else "")
    return Located(f"#/rows/{row}/{letters}", f"{place}: {detail}")


def refused(errors: list[Located]) -> InvalidInput:
    """Return the failure that tells all errors; of very many, the first hundred."""
    count = len(errors)
    if count > MOST_ERRORS:
        detail = f"Bảng có {count} chỗ cần sửa; dưới đây là {MOST_ERRORS} chỗ đầu."
    else:
        detail = f"Bảng có {count} chỗ cần sửa."
    return InvalidInput(f"{detail} Chưa có gì được lưu.", errors=errors[:MOST_ERRORS])
