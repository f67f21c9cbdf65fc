from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.figures import UnreadableFigure, parse_figure
from vnadmin.amounts import format_number


@pytest.mark.parametrize(
    ("typed", "figure"),
    [
        ("65", "65"),
        ("8,78", "8.78"),
        ("12.000", "12000"),
        ("1.234.567,5", "1234567.5"),
        (" 4 500 ", "4500"),
        ("4\u00a0500", "4500"),
        ("0", "0"),
        ("0,5", "0.5"),
        ("-3", "-3"),
        ("\u22123", "-3"),
        ("007", "7"),
    ],
)
def test_a_vietnamese_figure_is_read_exactly(typed, figure):
    assert parse_figure(typed) == Decimal(figure)


@pytest.mark.parametrize("typed", ["12.5", "8.78", "0.125", "1234.567", "1.23"])
def test_a_point_that_is_no_thousands_separator_is_asked_again(typed):
    with pytest.raises(UnreadableFigure, match="Dùng dấu phẩy"):
        parse_figure(typed)


@pytest.mark.parametrize(
    "typed", ["", "nhiều", "1,2,3", "1.000.00", "1e5", "NaN", "12%", "1..000", "٣", "--1", "1,"]
)
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(UnreadableFigure):
        parse_figure(typed)


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12
    )
)
def test_what_the_page_shows_is_read_as_the_same_figure(figure):
    assert parse_figure(format_number(figure)) == figure
