import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.text import cleaned
from services.intake.domain.sheets import Column, ColumnKind
from services.intake.gateways.sheet_writing import write_sheet
from services.intake.gateways.spreadsheets import read_sheet
from tests.builders.spreadsheets import COLUMNS

ROWS = (
    {
        "kind": "individual",
        "name": "Nguyễn Thị Một",
        "amount": Decimal("12000.5"),
        "born_on": date(1980, 12, 15),
    },
    {"kind": "collective", "name": "Xóm Đông\nđội 2", "amount": None},
)
RISKY = ("=1+1", "+84 912", "-5 điểm", "@SUM(A1)", "\tx", '=HYPERLINK("http://x")')


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def first_sheet_of(data):
    return opened(data).worksheets[0]


def test_what_was_written_reads_back_as_the_same_rows():
    found = read_sheet(write_sheet("Đề nghị", COLUMNS, ROWS), COLUMNS, limit=10)

    assert [dict(row.values) for row in found.rows] == [
        {
            "kind": "individual",
            "name": "Nguyễn Thị Một",
            "amount": "12000,5",
            "born_on": "1980-12-15",
        },
        {"kind": "collective", "name": "Xóm Đông\nđội 2", "amount": "", "born_on": ""},
    ]
    assert (found.sheet, found.notes) == ("Đề nghị", ())


def test_the_same_rows_are_the_same_bytes():
    first, second = (write_sheet("Đề nghị", COLUMNS, ROWS, is_template=True) for _ in range(2))

    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


@pytest.mark.parametrize("text", RISKY)
def test_a_text_that_begins_like_a_formula_stays_a_text_and_keeps_its_letters(text):
    cell = first_sheet_of(write_sheet("x", COLUMNS, [{"name": text}]))["B2"]

    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix
    assert cell.number_format == "@"


def test_figures_and_dates_are_numbers_in_the_form_that_people_here_read():
    sheet = first_sheet_of(write_sheet("x", COLUMNS, ROWS))

    assert (sheet["C2"].value, sheet["C2"].number_format) == (12000.5, "#,##0.0")
    assert (sheet["D2"].value.date(), sheet["D2"].number_format) == (
        date(1980, 12, 15),
        "dd/mm/yyyy",
    )


def test_a_figure_of_more_digits_than_excel_keeps_is_written_out():
    exact = Decimal("123456789012345.123456")

    data = write_sheet("x", COLUMNS, [{"kind": "individual", "name": "A", "amount": exact}])

    assert read_sheet(data, COLUMNS, limit=1).rows[0].figure("amount") == exact


def test_headings_stay_in_sight_and_choices_are_offered():
    book = opened(write_sheet("x", COLUMNS, ROWS, is_template=True))
    sheet = book.worksheets[0]

    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[1]] == [
        "Đối tượng *",
        "Họ và tên *",
        "Số tiền",
        "Ngày sinh",
    ]
    rule = sheet.data_validations.dataValidation[0]
    assert (rule.type, rule.formula1) == ("list", "'Danh mục'!$A$1:$A$2")
    assert str(rule.sqref) == "A2:A1003"
    assert [cell.value for cell in book["Danh mục"]["A"]] == ["Cá nhân", "Tập thể"]
    assert book["Danh mục"].sheet_state == "hidden"


def test_a_template_says_how_to_fill_it_in_and_its_own_guide_is_not_read_as_data():
    data = write_sheet("Đề nghị", COLUMNS, ROWS, is_template=True)

    guide = opened(data)["Hướng dẫn"]
    texts = "\n".join(str(cell.value) for row in guide.iter_rows() for cell in row if cell.value)

    assert "Chọn một trong: Cá nhân; Tập thể." in texts
    assert "không dùng công thức" in texts
    assert len(read_sheet(data, COLUMNS, limit=10).rows) == 2


@pytest.mark.parametrize("title", ["", "a/b:c*d?[e]\\'f'", "x" * 99, "Hướng dẫn", "Danh mục"])
def test_every_title_makes_a_sheet(title):
    assert first_sheet_of(write_sheet(title, COLUMNS, ROWS, is_template=True)).max_row == 3


# Not what no cell may hold, nor space around a text, which is trimmed at every edge.
_texts = st.text(
    st.characters(exclude_categories=("C",), include_characters="\n\t"), min_size=1, max_size=40
).filter(lambda text: text.strip() == text and cleaned(text).strip() == cleaned(text) != "")


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(_texts, st.decimals(-(10**9), 10**9, places=3)), max_size=5))
def test_any_text_and_figure_comes_back_as_it_was(rows):
    columns = (
        Column(code="text", title="Chữ", required=True),
        Column(code="number", title="Số", kind=ColumnKind.FIGURE, required=True),
    )
    first = ("đầu", Decimal(1))

    data = write_sheet("x", columns, [{"text": a, "number": b} for a, b in (first, *rows)])
    found = read_sheet(data, columns, limit=10).rows

    assert [(row["text"], row.figure("number")) for row in found] == [
        (cleaned(text), number) for text, number in (first, *rows)
    ]
