from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnadmin.amounts import (
    InvalidAmount,
    format_money,
    format_number,
    format_percent,
    list_letter,
    padded_count,
    percent,
    roman,
)

D = Decimal


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, None, "0"),
        (12000, None, "12.000"),
        (29_160_000, None, "29.160.000"),
        (-1234, None, "-1.234"),
        (D("1234.5"), None, "1.234,5"),
        (D("1234.50"), None, "1.234,5"),
        (D("1E+3"), None, "1.000"),
        (D("-0.00"), None, "0"),
        (D("1234.5"), 2, "1.234,50"),
        (D("0.125"), 2, "0,13"),
        (D("2.5"), 0, "3"),
        (D("-2.5"), 0, "-3"),
        (D("-0.001"), 2, "0,00"),
        (7, 1, "7,0"),
    ],
)
def test_numbers_have_dots_between_thousands_and_a_decimal_comma(value, decimals, text):
    assert format_number(value, decimals) == text


@pytest.mark.parametrize("value", [1.5, True, "12", None, Fraction(1, 3)])
def test_only_exact_numbers_are_formatted(value):
    with pytest.raises(InvalidAmount, match="Cần số"):
        format_number(value)


@pytest.mark.parametrize("value", [D("NaN"), D("Infinity"), D("1E+999999"), D("1E-999999")])
def test_numbers_without_a_sensible_length_are_refused(value):
    with pytest.raises(InvalidAmount):
        format_number(value)


@pytest.mark.parametrize("decimals", [-1, 1000])
def test_a_senseless_number_of_places_is_refused(decimals):
    with pytest.raises(InvalidAmount, match="Số chữ số"):
        format_number(1, decimals)


@settings(deadline=None)  # a loaded machine is slow, not wrong
@given(st.integers(min_value=-(10**60), max_value=10**60))
def test_formatted_whole_numbers_can_be_read_back(number):
    assert int(format_number(number).replace(".", "")) == number


@settings(deadline=None)  # a loaded machine is slow, not wrong
@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-1e9, max_value=1e9))
def test_formatted_decimals_can_be_read_back(number):
    text = format_number(number)

    assert D(text.replace(".", "").replace(",", ".")) == number


@pytest.mark.parametrize(
    ("actual", "base", "text"),
    [
        (65, 740, "8,78%"),
        (82, 740, "11,08%"),
        (92, 85, "108,24%"),
        (5, 5, "100%"),
        (3, 14, "21,43%"),
        (2, 17, "11,76%"),
        (159, 224, "70,98%"),
        (D("0.5"), 4, "12,5%"),
        (0, 9, "0%"),
    ],
)
def test_shares_are_computed_and_written(actual, base, text):
    assert format_percent(percent(actual, base)) == text


def test_places_of_a_percentage_are_chosen():
    assert format_percent(percent(92, 85), 0) == "108%"
    assert format_percent(D("12.5"), 2, keeps_zeros=True) == "12,50%"
    assert format_percent(D(1234), 0) == "1.234%"


@pytest.mark.parametrize("base", [0, -5])
def test_a_share_needs_a_base(base):
    with pytest.raises(InvalidAmount, match="lớn hơn 0"):
        percent(1, base)


@settings(deadline=None)  # a loaded machine is slow, not wrong
@given(
    st.integers(min_value=0, max_value=10**18),
    st.integers(min_value=1, max_value=10**18),
    st.integers(min_value=0, max_value=4),
)
def test_a_share_is_rounded_once_from_its_exact_value(actual, base, decimals):
    exact = Fraction(actual * 100, base) * 10**decimals
    half_up = (2 * exact + 1) // 2

    shown = format_percent(percent(actual, base), decimals, keeps_zeros=True)

    assert int(shown.rstrip("%").replace(".", "").replace(",", "")) == half_up


def test_the_precision_around_us_does_not_matter():
    with localcontext(prec=3):
        assert format_percent(percent(654321, 740), 3) == "88.421,757%"
        assert format_number(D("123456.785"), 2) == "123.456,79"


def test_money_is_whole_dong():
    assert format_money(29_160_000) == "29.160.000 đồng"
    with pytest.raises(InvalidAmount, match="số nguyên"):
        format_money(D("1.5"))


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0"), (5, "05"), (9, "09"), (10, "10"), (70, "70"), (1200, "1.200")]
)
def test_small_counts_have_a_leading_zero(count, text):
    assert padded_count(count) == text


def test_a_count_is_never_negative():
    with pytest.raises(InvalidAmount, match="âm"):
        padded_count(-1)


@pytest.mark.parametrize(
    ("number", "numeral"),
    [
        (1, "I"),
        (4, "IV"),
        (9, "IX"),
        (14, "XIV"),
        (21, "XXI"),
        (1994, "MCMXCIV"),
        (3999, "MMMCMXCIX"),
    ],
)
def test_parts_and_annexes_carry_roman_numerals(number, numeral):
    assert roman(number) == numeral


@pytest.mark.parametrize("number", [0, -1, 4000])
def test_no_roman_numeral_exists_for_it(number):
    with pytest.raises(InvalidAmount, match="La Mã"):
        roman(number)


def test_points_follow_the_vietnamese_alphabet():
    letters = [list_letter(i) for i in range(1, 24)]

    assert "".join(letters) == "abcdđeghiklmnopqrstuvxy"


@pytest.mark.parametrize("i", [0, 24])
def test_a_list_has_no_more_points_than_letters(i):
    with pytest.raises(InvalidAmount, match="chữ cái"):
        list_letter(i)
