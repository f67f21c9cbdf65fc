from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnadmin.place_and_date import InvalidPlace, long_date, numeric_date, place_and_date


@pytest.mark.parametrize(
    ("on", "text"),
    [
        (date(2020, 1, 5), "ngày 05 tháng 01 năm 2020"),
        (date(2019, 6, 29), "ngày 29 tháng 6 năm 2019"),
        (date(2024, 1, 5), "ngày 05 tháng 01 năm 2024"),
        (date(2024, 2, 10), "ngày 10 tháng 02 năm 2024"),
        (date(2024, 3, 5), "ngày 05 tháng 3 năm 2024"),
        (date(2024, 9, 9), "ngày 09 tháng 9 năm 2024"),
        (date(2024, 12, 31), "ngày 31 tháng 12 năm 2024"),
    ],
)
def test_days_and_months_are_padded_by_different_rules(on, text):
    assert long_date(on) == text


def test_the_place_stands_before_the_date():
    assert place_and_date("  Linh  Thông ", date(2024, 1, 5)) == (
        "Linh Thông, ngày 05 tháng 01 năm 2024"
    )


@pytest.mark.parametrize("place", ["", "  "])
def test_a_document_has_a_place(place):
    with pytest.raises(InvalidPlace):
        place_and_date(place, date(2024, 1, 5))


def test_tables_use_the_short_date():
    assert numeric_date(date(2024, 1, 5)) == "05/01/2024"


@settings(deadline=None)  # a loaded machine is slow, not wrong
@given(st.dates(min_value=date(1945, 9, 2)))
def test_a_long_date_says_exactly_one_day(on):
    _, day, _, month, _, year = long_date(on).split()

    assert date(int(year), int(month), int(day)) == on
