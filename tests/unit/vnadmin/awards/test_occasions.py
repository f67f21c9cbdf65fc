"""Kinds of commendation, as the law of the day names them."""

from datetime import date

import pytest

from vnadmin.awards.occasions import UnknownOccasion, occasion, occasion_codes, occasions
from vnadmin.validity import Mark

BEFORE, NOW = date(2023, 12, 31), date(2024, 1, 1)


def test_the_law_of_2022_knows_six_kinds_in_its_own_order():
    assert [it.title for it in occasions(NOW)] == [
        "Khen thưởng công trạng",
        "Khen thưởng đột xuất",
        "Khen thưởng phong trào thi đua",
        "Khen thưởng quá trình cống hiến",
        "Khen thưởng theo niên hạn",
        "Khen thưởng đối ngoại",
    ]
    assert {it.source.article for it in occasions(NOW)} == {"Điều 8 Luật Thi đua, khen thưởng 2022"}


def test_a_code_stays_while_the_law_renames_what_it_stands_for():
    assert occasion("movement", BEFORE).title == "Khen thưởng theo đợt (hoặc chuyên đề)"
    assert occasion("movement", BEFORE).source.mark is Mark.ASSUMED
    assert occasion("movement", NOW).title == "Khen thưởng phong trào thi đua"


@pytest.mark.parametrize("on", [BEFORE, NOW, date(2026, 11, 1)])
def test_every_code_has_one_title_on_a_day(on):
    assert tuple(it.code for it in occasions(on)) == occasion_codes()


def test_what_no_law_names_is_unknown():
    with pytest.raises(UnknownOccasion, match="Ngày 31/12/2016 không có"):
        occasion("merit", date(2016, 12, 31))
    with pytest.raises(UnknownOccasion, match="'birthday'"):
        occasion("birthday", NOW)
