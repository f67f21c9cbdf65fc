from datetime import date, timedelta
from itertools import pairwise

import pytest

from vnadmin.awards.authority import (
    Authority,
    NoAuthority,
    authority_for,
    available_awards,
    levels,
)
from vnadmin.awards.titles import UnknownAward, all_awards
from vnadmin.editions.reading import read
from vnadmin.validity import Mark

PERIODS = {
    "2023": (date(2018, 11, 5), date(2023, 12, 31)),
    "2024": (date(2024, 1, 1), date(2025, 6, 30)),
    "2025": (date(2025, 7, 1), date(2026, 11, 22)),
}
MATRIX = [
    ("cultural_family", "commune K", "commune A", "commune B"),
    ("advanced_worker", "commune B", "commune A", "commune B"),
    ("advanced_soldier", "commune K", "commune C", "commune C"),
    ("commune_commendation", "commune B", "commune A", "commune B"),
    ("grassroots_emulation_fighter", "district B", "district A", "commune B"),
    ("advanced_collective", "district K", "district A", "commune B"),
    ("cultural_village", "district C", "district A", "commune B"),
    ("district_commendation", "district K", "district A", None),
    ("excellent_collective", "province K", "province A", "province A"),
    ("provincial_emulation_flag", "province K", "province A", "province A"),
    ("provincial_emulation_fighter", "province K", "province A", "province A"),
    ("provincial_certificate_of_merit", "province K", "province A", "province A"),
    ("exemplary_commune", None, "province A", "province A"),
    ("prime_minister_certificate_of_merit", *["prime_minister A"] * 3),
    ("national_emulation_fighter", *["prime_minister A"] * 3),
    ("state_order", *["president A"] * 3),
    ("party_commendation", *["party A"] * 3),
    ("mass_organisation_commendation", *["mass_organisation A"] * 3),
]
CELLS = [
    (row[0], day, cell)
    for row in MATRIX
    for cell, days in zip(row[1:], PERIODS.values(), strict=True)
    for day in days
]


@pytest.mark.parametrize(("code", "on", "cell"), [it for it in CELLS if it[2]])
def test_each_cell_of_the_matrix_names_its_level(code, on, cell):
    found = authority_for(code, on)

    assert f"{found.level} {found.mark}" == cell
    assert found.title == levels()[found.level]


@pytest.mark.parametrize(("code", "on"), [it[:2] for it in CELLS if not it[2]])
def test_nobody_gives_an_award_that_is_abolished_or_not_yet_there(code, on):
    with pytest.raises(NoAuthority, match="không ai có thẩm quyền"):
        authority_for(code, on)


def test_the_matrix_covers_every_award():
    assert {row[0] for row in MATRIX} == {it.code for it in all_awards()}


def test_the_office_holder_is_named_in_the_words_of_the_office():
    on = date(2025, 7, 1)

    assert authority_for("commune_commendation", on, {"commune": "phường"}) == Authority(
        level="commune",
        title="Chủ tịch Ủy ban nhân dân phường",
        article="Nghị định số 129/2025/NĐ-CP",
        mark=Mark.REPORTED,
    )


@pytest.mark.parametrize("on", [day for days in PERIODS.values() for day in days])
def test_a_form_offers_the_awards_of_its_day(on):
    offered = [it.code for it in available_awards(on)]

    assert set(offered) == {code for code, day, cell in CELLS if day == on and cell}
    assert offered == [it.code for it in all_awards() if it.code in offered]


def test_an_unknown_award_has_no_authority_either():
    with pytest.raises(UnknownAward):
        authority_for("cultural_agency", date(2024, 1, 1))


def test_no_award_has_two_authorities_on_one_day():
    for award in all_awards():
        rows = [
            it for it in read("commendation").entries("authority") if it.text("award") == award.code
        ]
        periods = sorted((row.source().valid_from, row.source().valid_to) for row in rows)
        for (_, ended), (began, _) in pairwise(periods):
            assert ended is not None
            assert began == ended + timedelta(days=1)
