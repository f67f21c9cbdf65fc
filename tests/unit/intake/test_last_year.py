from dataclasses import dataclass
from datetime import date

from services.intake.domain.last_year import counterpart


@dataclass(frozen=True)
class Period:
    year: int
    due_on: date


NOW = Period(2024, date(2024, 12, 15))


def test_last_years_period_of_the_same_season_is_the_measure():
    half, whole = Period(2023, date(2023, 6, 30)), Period(2023, date(2023, 12, 20))
    older = Period(2022, date(2022, 12, 15))

    assert counterpart(NOW, [NOW, half, whole, older]) is whole


def test_a_period_due_in_january_is_still_of_the_year_before():
    late = Period(2023, date(2024, 1, 10))

    assert counterpart(NOW, [late]) is late


def test_half_a_year_is_no_measure_of_a_whole_one():
    assert counterpart(NOW, [Period(2023, date(2023, 6, 30))]) is None
    assert counterpart(NOW, []) is None
