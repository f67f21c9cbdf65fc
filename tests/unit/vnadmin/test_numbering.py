import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnadmin.document_types import all_document_types
from vnadmin.numbering import InvalidNumber, NumberAndSymbol, letter_symbol, parse, symbol_for


@pytest.mark.parametrize(
    ("number", "symbol", "text"),
    [
        (1, "BC-TĐKT", "01/BC-TĐKT"),
        (9, "QĐ-UBND", "09/QĐ-UBND"),
        (10, "QĐ-UBND", "10/QĐ-UBND"),
        (15, "QĐ-BNV", "15/QĐ-BNV"),
        (12, "UBND-VX", "12/UBND-VX"),
        (5, "SY-UBND", "05/SY-UBND"),
        (2648, "QĐ-UBND", "2648/QĐ-UBND"),
        (100, "QyĐ-HĐND&UBND", "100/QyĐ-HĐND&UBND"),
    ],
)
def test_a_number_is_written_and_read_back(number, symbol, text):
    written = NumberAndSymbol(number, symbol)

    assert written.text == text
    assert parse(text) == written
    assert parse(f"Số: {text} ") == written
    assert parse(unicodedata.normalize("NFD", f"  {text}")) == written


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("", 0, "Thiếu số"),
        ("Số: /BC-TĐKT", 4, "Thiếu số"),
        ("  ../BC-TĐKT", 2, "Thiếu số"),
        ("1/BC-TĐKT", 0, "'01'"),
        ("Số: 1/BC-TĐKT", 4, "'01'"),
        ("012/BC-TĐKT", 0, "'12'"),
        ("00/BC-TĐKT", 0, "'01'"),
        ("01", 2, '"/"'),
        ("01 /BC-TĐKT", 2, '"/"'),
        ("01/", 3, "thiếu nhóm"),
        ("01/BC - TĐKT", 5, "' '"),
        ("01/BC- TĐKT", 6, "thiếu nhóm"),
        ("01/BC--TĐKT", 6, "thiếu nhóm"),
        ("01/BC-TĐKT-", 11, "thiếu nhóm"),
        ("01/BC-tđkt", 6, "viết hoa"),
        ("30/2020/NĐ-CP", 7, "'/'"),
        ("01/BC_TĐKT", 5, "'_'"),
        ("٣/BC-TĐKT", 0, "Thiếu số"),
    ],
)
def test_a_wrong_number_is_refused_with_its_place(text, position, message):
    with pytest.raises(InvalidNumber) as refused:
        parse(text)

    assert refused.value.position == position
    assert message in refused.value.message
    assert str(refused.value).endswith(f"(vị trí {position + 1})")


@pytest.mark.parametrize("number", [0, -1, True, 1.0, "1"])
def test_a_document_number_is_a_whole_number_from_one(number):
    with pytest.raises(InvalidNumber, match="từ 1"):
        NumberAndSymbol(number, "BC-TĐKT")


def test_symbols_are_built_by_kind_of_document():
    assert symbol_for("BC", "TĐKT") == "BC-TĐKT"
    assert letter_symbol("UBND", "VX") == "UBND-VX"


@pytest.mark.parametrize(("first", "second"), [("", "UBND"), ("BC", ""), ("BC", "T KT")])
def test_a_symbol_lacks_no_group(first, second):
    with pytest.raises(InvalidNumber):
        symbol_for(first, second)


def test_every_abbreviation_of_the_decree_makes_a_symbol():
    for known in all_document_types():
        if known.abbreviation:
            assert parse(f"01/{symbol_for(known.abbreviation, 'UBND')}").number == 1


@settings(deadline=None)  # a loaded machine is slow, not wrong
@given(st.integers(min_value=1, max_value=10**9), st.sampled_from(["BC-TĐKT", "QĐ-UBND", "TTr-Q1"]))
def test_any_number_survives_writing_and_reading(number, symbol):
    assert parse(NumberAndSymbol(number, symbol).text) == NumberAndSymbol(number, symbol)
