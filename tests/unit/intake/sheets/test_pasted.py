import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import InvalidInput
from services.intake.domain.pasted import read_pasted
from services.intake.domain.sheets import Column
from tests.builders.spreadsheets import COLUMNS

TWO = (
    Column(code="first", title="Cột một", max_length=1_000),
    Column(code="second", title="Cột hai"),
)


def pairs(text, columns=TWO):
    return [(row["first"], row["second"]) for row in read_pasted(text, columns).rows]


def test_rows_without_headings_are_taken_in_our_order():
    row = read_pasted("Cá nhân\tNguyễn Thị Một\t12.000\t15/12/1980\r\n", COLUMNS).rows[0]

    assert (row.number, row["kind"], row["amount"]) == (1, "individual", "12000")


def test_copied_headings_say_which_column_is_which():
    row = read_pasted("STT\tHọ và tên\tĐối tượng\n1\tNguyễn Thị Một\tTập thể", COLUMNS).rows[0]

    assert (row.number, row["name"], row["kind"]) == (2, "Nguyễn Thị Một", "collective")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a\tb", [("a", "b")]),
        ("a\tb\n\n \t \nc\td\n", [("a", "b"), ("c", "d")]),
        ('"dòng 1\ndòng 2"\tb', [("dòng 1\ndòng 2", "b")]),
        ('"nói ""được"" rồi\nhết"\tb', [('nói "được" rồi\nhết', "b")]),
        ('ống 5" to\tb', [('ống 5" to', "b")]),
        ('"Giỏi" là từ\tb', [('"Giỏi" là từ', "b")]),
        ('"không đóng\tb', [('"không đóng', "b")]),
        ('"a\tvẫn a"\tb', [("a\tvẫn a", "b")]),
        ("\tb", [("", "b")]),
        ("a\t", [("a", "")]),
        ('""\tb', [("", "b")]),
        ('x\t"', [("x", '"')]),
    ],
)
def test_cells_are_cut_as_excel_puts_them_on_the_clipboard(text, rows):
    assert pairs(text) == rows


def test_errors_are_told_by_row_and_column():
    with pytest.raises(InvalidInput) as caught:
        read_pasted("Cá nhân\tA\t8.78\nai đó\t\t\t\tthừa", COLUMNS)

    assert {error.pointer for error in caught.value.errors} == {
        "#/rows/1/C",
        "#/rows/2/A",
        "#/rows/2/B",
        "#/rows/2/E",
    }


@pytest.mark.parametrize("text", ["", " \n\t\n", "\t"])
def test_nothing_pasted_is_said(text):
    with pytest.raises(InvalidInput) as caught:
        read_pasted(text, COLUMNS)

    assert "Chưa dán gì" in caught.value.errors[0].detail


def test_too_many_rows_are_told_with_their_number():
    with pytest.raises(InvalidInput, match=r"3\.000 dòng, mỗi lần chỉ nhập được 500 dòng"):
        read_pasted("a\tb\n" * 3_000, TWO)


def _clipboard(cell: str) -> str:
    """Write a cell as Excel does."""
    if any(sign in cell for sign in '\n\t"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


_cells = st.text(st.sampled_from('ab" \t\n'), max_size=8).map(str.strip)


@given(st.lists(st.tuples(_cells.filter(bool), _cells), min_size=1, max_size=6))
def test_what_excel_copies_is_what_is_read(rows):
    text = "\n".join("\t".join(map(_clipboard, row)) for row in rows)

    assert pairs(text) == rows


@given(st.text(st.sampled_from('ab"\t\n'), max_size=60))
def test_no_text_makes_anything_but_rows_or_a_refusal(text):
    columns = tuple(Column(code=f"c{number}", title=f"Cột {number}") for number in range(70))
    nothing = not text.replace('"', "").strip()

    try:
        found = read_pasted(text, columns).rows
    except InvalidInput as refusal:
        found = ()
        said = refusal.errors[0].detail
        nothing = nothing and "Chưa dán gì" in said

    assert found or nothing
