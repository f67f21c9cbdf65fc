"""The papers of an application, by award and day."""

from datetime import date

import pytest

from vnadmin.awards.papers import papers_for
from vnadmin.awards.titles import award
from vnadmin.validity import Mark

ON = date(2024, 1, 15)


def codes(*awards, on=ON):
    return [paper.code for paper in papers_for((award(code) for code in awards), on)]


@pytest.mark.parametrize("on", [date(2023, 12, 31), ON, date(2026, 11, 1)])
def test_a_title_needs_minutes_of_its_own_and_a_fighter_his_initiative(on):
    assert codes("excellent_collective", on=on) == ["achievement_reports", "title_minutes"]
    assert codes("grassroots_emulation_fighter", on=on) == [
        "achievement_reports",
        "title_minutes",
        "initiative_certificate",
    ]


def test_a_form_of_commendation_needs_the_minutes_about_commending():
    assert codes("district_commendation") == ["achievement_reports", "commendation_minutes"]


def test_each_paper_is_asked_for_once_however_many_awards_need_it():
    assert codes("grassroots_emulation_fighter", "district_commendation", "state_order") == [
        "achievement_reports",
        "title_minutes",
        "commendation_minutes",
        "initiative_certificate",
    ]


def test_nothing_is_asked_for_where_nothing_is_proposed():
    assert codes() == []


def test_each_paper_says_where_it_is_written_and_how_sure_that_is():
    (reports, _) = papers_for([award("district_commendation")], ON)
    (before, _) = papers_for([award("district_commendation")], date(2023, 12, 31))

    assert "Điều 84" in reports.source.article
    assert (reports.source.mark, before.source.mark) == (Mark.PRIMARY, Mark.ASSUMED)
