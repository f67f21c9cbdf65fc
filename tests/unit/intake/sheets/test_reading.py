import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from kernel.errors import InvalidInput
from services.intake.domain.sheets import Column
from services.intake.gateways.spreadsheets import read_sheet
from tests.builders.spreadsheets import (
    A_ROW,
    COLUMNS,
    HEADINGS,
    long_workbook,
    saved,
    with_cell,
    workbook,
)


def a_time(year, month, day):
    """Return a date as Excel keeps one that was typed: with a time, of no zone."""
    return datetime(year, month, day, tzinfo=UTC).replace(tzinfo=None)


def read(data, columns=COLUMNS, limit=100):
    return read_sheet(data, columns, limit=limit)


def errors_of(data, columns=COLUMNS, limit=100):
    with pytest.raises(InvalidInput) as caught:
        read_sheet(data, columns, limit=limit)
    return {error.pointer: error.detail for error in caught.value.errors}


def test_rows_come_with_the_numbers_that_excel_shows():
    data = workbook(A_ROW, (), ("tập thể", "Xóm Đông", "8,78", None))

    first, second = read(data).rows

    assert (first.number, second.number) == (2, 4)
    assert first.values == {
        "kind": "individual",
        "name": "Nguyễn Thị Một",
        "amount": "12000",
        "born_on": "1980-12-15",
    }
    assert second.values == {
        "kind": "collective",
        "name": "Xóm Đông",
        "amount": "8,78",
        "born_on": "",
    }
    assert second.figure("amount") == Decimal("8.78")
    assert (first.date("born_on"), second.date("born_on")) == (date(1980, 12, 15), None)


@pytest.mark.parametrize(
    "headings",
    [
        ("DOI TUONG", "ho va ten", "So  tien", "NGÀY SINH"),
        ("kind", "name", "amount", "born_on"),
        ("Đối tượng *", " Tên\n", "Số_tiền:", "Ngày sinh"),
        tuple(unicodedata.normalize("NFD", heading) for heading in HEADINGS),
    ],
)
def test_headings_are_known_without_diacritics_case_and_signs(headings):
    assert read(workbook(A_ROW, headings=headings)).rows[0]["name"] == "Nguyễn Thị Một"


def test_columns_may_stand_in_any_order_below_a_title_with_an_ordinal_before_them():
    def move_down(sheet):
        sheet.insert_rows(1, amount=2)
        sheet["A1"] = "DANH SÁCH ĐỀ NGHỊ"
        sheet.merge_cells("A1:D1")

    rows = [("=ROW()-3", "Nguyễn Thị Một", "Cá nhân")]
    data = workbook(*rows, headings=("STT", "Họ và tên", "Đối tượng"), change=move_down)

    read_rows = read(data)

    assert [(row.number, row["name"]) for row in read_rows.rows] == [(4, "Nguyễn Thị Một")]
    assert [note.pointer for note in read_rows.notes] == ["#/columns/amount", "#/columns/born_on"]


def test_the_sheet_with_our_headings_is_read_and_hidden_ones_are_not():
    import openpyxl  # noqa: PLC0415

    book = openpyxl.Workbook()
    book.active.append(["Ghi chép riêng"])
    hidden = book.create_sheet("Cũ")
    hidden.append(list(HEADINGS))
    hidden.append(["Cá nhân", "Người năm trước"])
    hidden.sheet_state = "hidden"
    ours = book.create_sheet("Năm nay")
    ours.append(list(HEADINGS))
    ours.append(["Cá nhân", "Người năm nay"])

    found = read(saved(book))

    assert (found.sheet, [row["name"] for row in found.rows]) == ("Năm nay", ["Người năm nay"])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (0.1 + 0.2, "0,3"),
        (1.1 * 3, "3,3"),
        (123456789012345, "123456789012345"),
        (-5, "-5"),
        (1e3, "1000"),
        (2.50, "2,5"),
        (0, "0"),
        ("12.000", "12000"),
        (" 8,78 ", "8,78"),
        ("1 234 567", "1234567"),
    ],
)
def test_numbers_are_the_exact_decimals_that_excel_shows(typed, kept):
    assert read(workbook(("Cá nhân", "A", typed))).rows[0]["amount"] == kept


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("8.78", "Dùng dấu phẩy"),
        ("nhiều", "Phải là một số"),
        (1e20, "quá lớn"),
        (1 / 3, "0,333333333333333); hãy làm tròn"),
        (True, "Phải là một số"),
        (a_time(2023, 5, 1), "đã hiểu thành ngày 01/05/2023"),
    ],
)
def test_what_is_no_certain_number_is_refused_in_its_place(typed, said):
    errors = errors_of(workbook(("Cá nhân", "A", typed)))

    assert list(errors) == ["#/rows/2/C"]
    assert errors["#/rows/2/C"].startswith("Dòng 2, cột C (Số tiền): ")
    assert said in errors["#/rows/2/C"]


def test_a_cell_shown_as_percent_is_read_as_it_is_seen_and_told():
    def as_percent(sheet):
        sheet["C2"].number_format = "0.00%"

    found = read(workbook(("Cá nhân", "A", 0.9275), change=as_percent))

    assert found.rows[0]["amount"] == "92,75"
    assert [note.pointer for note in found.notes] == ["#/rows/2/C"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (date(2025, 6, 30), "2025-06-30"),
        (a_time(1900, 2, 28), "1900-02-28"),
        ("30/6/2025", "2025-06-30"),
        ("30.06.2025", "2025-06-30"),
        ("2025-06-30", "2025-06-30"),
    ],
)
def test_dates_are_read_as_excel_keeps_them_and_as_people_type_them(typed, kept):
    assert read(workbook(("Cá nhân", "A", None, typed))).rows[0]["born_on"] == kept


@pytest.mark.parametrize(
    ("typed", "said"),
    [("30/02/2025", "không có ngày này"), ("tháng sáu", "phải là ngày"), (45000, "phải là ngày")],
)
def test_what_is_no_date_is_refused_in_its_place(typed, said):
    assert said in errors_of(workbook(("Cá nhân", "A", None, typed)))["#/rows/2/D"]


def test_a_workbook_that_counts_from_1904_gives_the_same_days():
    import openpyxl  # noqa: PLC0415
    from openpyxl.utils.datetime import CALENDAR_MAC_1904  # noqa: PLC0415

    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(list(HEADINGS))
    book.active.append(["Cá nhân", "A", None, date(2025, 6, 30)])

    assert read(saved(book)).rows[0]["born_on"] == "2025-06-30"


def test_numbers_and_dates_in_a_text_column_read_as_people_see_them():
    rows = [("Cá nhân", 912345678), ("Cá nhân", a_time(2023, 12, 5)), ("Cá nhân", 1.5)]

    names = [row["name"] for row in read(workbook(*rows)).rows]

    assert names == ["912345678", "05/12/2023", "1,5"]


def test_rich_text_in_runs_is_one_text():
    runs = "<r><t>Nguyễn </t></r><r><t>Thị_x005F_Một</t></r><rPh><t>bỏ</t></rPh>"
    data = with_cell(workbook(("Cá nhân", "A")), "B2", f't="inlineStr"><is>{runs}</is>')

    assert read(data).rows[0]["name"] == "Nguyễn Thị_Một"


def test_every_error_is_told_at_once_by_row_and_column():
    rows = [("Cá nhân", "", 1), ("Hộ", "B", "nhiều"), A_ROW, ("", "C", 2)]

    errors = errors_of(workbook(*rows))

    assert errors == {
        "#/rows/2/B": "Dòng 2, cột B (Họ và tên): bắt buộc nhập.",
        "#/rows/3/A": "Dòng 3, cột A (Đối tượng): “Hộ” không có trong danh mục. "
        "Chọn một trong: Cá nhân, Tập thể.",
        "#/rows/3/C": "Dòng 3, cột C (Số tiền): Phải là một số, ví dụ 65 hoặc 8,78 hoặc 12.000.",
        "#/rows/5/A": "Dòng 5, cột A (Đối tượng): bắt buộc nhập.",
    }


def test_of_very_many_errors_the_first_hundred_are_told_with_their_number():
    data = workbook(*[("Cá nhân", "", 1)] * 150)

    with pytest.raises(InvalidInput, match="150 chỗ cần sửa; dưới đây là 100 chỗ đầu") as caught:
        read(data, limit=200)

    assert len(caught.value.errors) == 100


def test_wrong_columns_are_told_unknown_missing_and_double():
    headings = ("Họ và tên", "Số tiền thưởng", "Ghi chú", "Tên", None, "Ngày sinh")

    errors = errors_of(workbook(("A", 1, "x", "B", "lạc", None), headings=headings))

    assert "có phải “Số tiền”?" in errors["#/rows/1/B"]
    assert "Không có cột “Ghi chú”" in errors["#/rows/1/C"]
    assert "hai lần" in errors["#/rows/1/D"]
    assert "thiếu cột “Đối tượng”" in errors["#/columns/kind"]
    assert "có dữ liệu nhưng" in errors["#/rows/2/E"]


def test_a_table_of_something_else_is_told_what_it_should_look_like():
    errors = errors_of(workbook(("x", "y"), headings=("Tên xã", "Diện tích")))

    assert "“Đối tượng”, “Họ và tên”" in errors["#/columns"]


def test_headings_alone_are_no_table():
    assert "chưa có dòng dữ liệu" in errors_of(workbook())["#/rows"]


def test_formulas_are_told_cell_by_cell_and_their_cached_values_are_not_believed():
    data = workbook(A_ROW, ("Cá nhân", "=B2", 2))
    data = with_cell(data, "C2", 't="n"><f>1+1</f><v>1000000</v>')

    errors = errors_of(data)

    assert list(errors) == ["#/rows/2/C", "#/rows/3/B"]
    assert "là công thức" in errors["#/rows/2/C"]


def test_error_values_of_excel_are_told():
    data = with_cell(workbook(A_ROW), "C2", 't="e"><v>#REF!</v>')

    assert "Excel báo lỗi" in errors_of(data)["#/rows/2/C"]


def test_merged_cells_inside_the_table_are_told_with_their_area():
    data = workbook(A_ROW, A_ROW, A_ROW, change=lambda sheet: sheet.merge_cells("B3:B4"))

    errors = errors_of(data)

    assert "các ô B3:B4 bị gộp" in errors["#/rows/3/B"]


def test_hidden_and_filtered_rows_are_read_and_told():
    def hide(sheet):
        sheet.row_dimensions[3].hidden = True

    found = read(workbook(A_ROW, A_ROW, change=hide))

    assert len(found.rows) == 2
    assert "đang ẩn hoặc bị lọc vẫn được đọc: 3." in found.notes[0].detail


def test_more_rows_than_the_limit_are_told_with_their_number():
    with pytest.raises(InvalidInput, match=r"50\.001 dòng, mỗi lần chỉ nhập được 500 dòng"):
        read(long_workbook(50_000), limit=500)

    with pytest.raises(InvalidInput, match=r"3 dòng, mỗi lần chỉ nhập được 2 dòng"):
        read(workbook(A_ROW, A_ROW, A_ROW), limit=2)


def test_as_many_rows_as_the_limit_are_read():
    assert len(read(workbook(*[A_ROW] * 20), limit=20).rows) == 20


@pytest.mark.parametrize(("text", "code"), [("a_x0007_b", "U+0007"), ("a\u202eb", "U+202E")])
def test_characters_that_no_document_may_hold_are_told_in_their_place(text, code):
    data = with_cell(workbook(A_ROW), "B2", f't="inlineStr"><is><t>{text}</t></is>')

    assert f"{code} ở vị trí 2" in errors_of(data)["#/rows/2/B"]


def test_a_decomposed_text_is_composed():
    data = workbook(("Cá nhân", unicodedata.normalize("NFD", "Nguyễn Thị Một")))

    assert read(data).rows[0]["name"] == "Nguyễn Thị Một"


def test_what_word_brings_along_unseen_is_put_in_order_and_told():
    data = workbook(("Cá\u200b nhân", "\uf0b7 Nguyễn\u00a0Thị\ufeff Một\u2028(đội 2)"))

    found = read(data)

    assert found.rows[0].values["kind"] == "individual"
    assert found.rows[0]["name"] == "- Nguyễn Thị Một\n(đội 2)"
    note = next(note.detail for note in found.notes if note.pointer == "#/rows/2/B")
    assert note == (
        "Dòng 2, cột B (Họ và tên): đã bỏ 1 ký tự không nhìn thấy, đổi 1 dấu đầu dòng của Word "
        "thành dấu gạch “-”, đổi 1 dấu ngắt của Word thành xuống dòng."
    )


def test_an_error_that_only_the_reader_can_find_is_placed_as_all_others():
    row = read(workbook(A_ROW)).rows[0]

    error = row.error(COLUMNS[1], "đã có trong danh sách.")

    assert (error.pointer, error.detail) == (
        "#/rows/2/B",
        "Dòng 2, cột B (Họ và tên): đã có trong danh sách.",
    )


def test_one_column_is_a_table_too():
    columns = (Column(code="name", title="Tên ngành", required=True),)

    assert [r["name"] for r in read(workbook(("Văn hóa",), headings=("Tên ngành",)), columns).rows]
