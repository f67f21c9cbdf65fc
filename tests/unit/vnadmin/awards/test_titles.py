from datetime import date

import pytest

from vnadmin.awards.titles import (
    AwardKind,
    NomineeKind,
    UnknownAward,
    all_awards,
    award,
    unit_words,
)
from vnadmin.validity import Mark, Source


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("commune_commendation", "Giấy khen của Chủ tịch Ủy ban nhân dân xã"),
        ("district_commendation", "Giấy khen của Chủ tịch Ủy ban nhân dân huyện"),
        ("provincial_certificate_of_merit", "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"),
        ("party_commendation", "Giấy khen của Đảng ủy xã"),
        ("advanced_worker", "Lao động tiên tiến"),
        ("grassroots_emulation_fighter", "Chiến sĩ thi đua cơ sở"),
        ("advanced_collective", "Tập thể lao động tiên tiến"),
        ("excellent_collective", "Tập thể lao động xuất sắc"),
        ("cultural_family", "Gia đình văn hóa"),
        ("cultural_village", "Thôn, tổ dân phố văn hóa"),
    ],
)
def test_an_award_has_its_legal_title(code, title):
    assert award(code).title == title


def test_an_office_uses_its_own_words_for_units():
    words = {"commune": "phường", "province": "thành phố"}

    assert award("commune_commendation", words).title.endswith("Ủy ban nhân dân phường")
    assert unit_words(words)["district"] == unit_words()["district"]


def test_titles_and_commendations_have_their_objects():
    assert award("advanced_worker").objects == (NomineeKind.INDIVIDUAL,)
    assert award("cultural_family").objects == (NomineeKind.HOUSEHOLD,)
    assert award("advanced_collective").kind is AwardKind.EMULATION_TITLE
    assert award("commune_commendation").kind is AwardKind.COMMENDATION
    assert set(award("commune_commendation").objects) == set(NomineeKind)


def test_awards_from_outside_government_are_only_counted():
    counted = {it.code for it in all_awards() if it.is_counted_only}

    assert counted == {"party_commendation", "mass_organisation_commendation"}


def test_codes_are_unique_and_every_title_is_filled_in():
    awards = all_awards()

    assert len({it.code for it in awards}) == len(awards)
    assert not [it.title for it in awards if "{" in it.title]


def test_kinds_of_nominee_have_words():
    assert [kind.label for kind in NomineeKind] == ["cá nhân", "hộ gia đình", "tập thể"]


def test_a_definition_names_its_article_and_its_days():
    assert award("advanced_collective").source == Source(
        "Điều 28 Luật Thi đua, khen thưởng 2022", date(2024, 1, 1), None, Mark.PRIMARY
    )
    assert award("district_commendation").source.valid_to == date(2025, 6, 30)


def test_an_unknown_award_is_refused():
    with pytest.raises(UnknownAward, match="cultural_agency"):
        award("cultural_agency")
