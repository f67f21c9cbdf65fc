"""One certificate for each awardee: who, for what, by which decision."""

from dataclasses import replace
from datetime import date

import pytest

from services.assembler.domain.certificates import (
    IssuedDecision,
    NoCertificate,
    certificates,
)
from tests.builders.dossiers import a_dossier, a_nomination, a_sector, linh_thong
from vnadmin.awards.authority import NoAuthority
from vnadmin.awards.titles import UnknownAward
from vnadmin.signing import InvalidSigner

IN_2024 = date(2024, 1, 15)
GIAY_KHEN = "commune_commendation"


def printed(*nominations, award_code=GIAY_KHEN, on=IN_2024, office=None, **options):
    content = linh_thong()
    dossier = a_dossier(
        content,
        office=office or content.office,
        sectors=(a_sector(nominations=nominations),),
    )
    return certificates(dossier, award_code=award_code, on=on, **options)


def awardee(**changes):
    (item,) = printed(a_nomination(**changes))
    return item.context["awardee"]


def signed_by(**changes):
    office = linh_thong().office
    return replace(office, signer=replace(office.signer, **changes))


def test_each_awardee_of_the_sample_commune_has_one_in_the_order_of_the_annexed_list():
    items = certificates(a_dossier(), award_code=GIAY_KHEN, on=IN_2024)

    assert len(items) == len({item.key for item in items}) == 19 + 70
    assert [items[0].key, items[18].key, items[19].key, items[-1].key] == [
        "collective-0001",
        "collective-0019",
        "individual-0001",
        "individual-0070",
    ]
    assert items[-1].label == "Phạm Hồng Yến, Công chức, Bộ phận một cửa"
    assert {item.warning for item in items} == {""}


def test_an_award_without_nominations_has_none():
    assert printed(a_nomination(award="advanced_worker")) == ()


def test_the_same_dossier_gives_the_same_items():
    assert printed(a_nomination()) == printed(a_nomination())


def test_number_and_date_of_the_decision_are_blank_until_it_is_issued():
    (draft,) = printed(a_nomination())
    (issued,) = printed(
        a_nomination(),
        decision=IssuedDecision(number="07/QĐ-UBND", issued_on=date(2024, 1, 5)),
    )

    assert draft.context["decision"] == {
        "number": "……/QĐ-UBND",
        "date": "ngày …… tháng …… năm ……",
    }
    assert issued.context["decision"] == {
        "number": "07/QĐ-UBND",
        "date": "ngày 05 tháng 01 năm 2024",
    }


def test_an_office_without_a_body_of_its_name_leaves_the_whole_number_blank():
    office = replace(linh_thong().office, issuing_bodies=())

    (item,) = printed(a_nomination(), office=office)

    assert item.context["decision"]["number"] == "……"


def test_entries_of_the_register_follow_the_first_one_or_stay_blank():
    people = [a_nomination(name=name) for name in ("Trần Văn An", "Lưu Viết Viên")]

    blank = [item.context["awardee"]["entry"] for item in printed(*people)]
    numbered = [item.context["awardee"]["entry"] for item in printed(*people, first_entry=9)]

    assert blank == ["……", "……"]
    assert numbered == ["09", "10"]


def test_the_head_signs_by_himself_in_the_name_of_nobody():
    (item,) = printed(a_nomination())

    assert item.context["document"]["authority"] == "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ LINH THÔNG"
    assert item.context["signature"] == {
        "lines": ["CHỦ TỊCH"],
        "host_lines": [],
        "name": "Lưu Viết Viên",
    }


def test_a_deputy_signs_for_the_head_who_gives_the_award():
    office = signed_by(power="KT. CHỦ TỊCH", title="PHÓ CHỦ TỊCH", name="Ma Thị Mẫu")

    (item,) = printed(a_nomination(), office=office)

    assert item.context["document"]["authority"].startswith("CHỦ TỊCH ỦY BAN")
    assert item.context["signature"]["lines"] == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]


def test_a_signer_who_may_not_be_printed_so_is_refused():
    with pytest.raises(InvalidSigner, match="học hàm"):
        printed(a_nomination(), office=signed_by(name="TS. Lưu Viết Viên"))


@pytest.mark.parametrize(
    ("kind", "name", "salutation"),
    [
        ("individual", "Nguyễn Thị Mẫu", "Ông (Bà)"),
        ("individual", "Bà Nguyễn Thị Mẫu", ""),
        ("individual", "Bàn Văn Thắng", "Ông (Bà)"),
        ("household", "Nguyễn Văn Mẫu", "Hộ gia đình"),
        ("household", "Hộ ông Nguyễn Văn Mẫu", ""),
        ("household", "Gia đình bà Trần Thị Mẫu", ""),
        ("collective", "Xóm số 1", "Tập thể"),
        ("collective", "Tập thể cán bộ và Nhân dân xóm số 1", ""),
    ],
)
def test_a_word_before_the_name_says_who_it_is_unless_the_name_does(kind, name, salutation):
    assert awardee(kind=kind, name=name)["salutation"] == salutation


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Có thành tích xuất sắc năm 2023.", "Đã có thành tích xuất sắc năm 2023"),
        ("Thành tích  xuất sắc;", "Đã có thành tích xuất sắc"),
        ("đã hoàn thành tốt nhiệm vụ", "Đã hoàn thành tốt nhiệm vụ"),
        ("Hoàn thành tốt nhiệm vụ", "Hoàn thành tốt nhiệm vụ"),
        ("", "Đã có thành tích xuất sắc trong phong trào thi đua yêu nước năm 2023"),
    ],
)
def test_the_achievement_is_told_as_certificates_tell_it(typed, told):
    assert awardee(achievement=typed)["achievement"] == told


def test_office_and_unit_stand_below_the_name():
    assert awardee(title="Trưởng xóm", unit="xóm số 1")["place"] == "Trưởng xóm, xóm số 1"
    assert awardee(title="", unit="")["place"] == ""


@pytest.mark.parametrize(
    ("letters", "size"), [(40, "large"), (160, "large"), (300, "medium"), (420, "small")]
)
def test_the_longer_the_text_the_smaller_the_letters(letters, size):
    assert awardee(achievement=("Có thành tích " * 50)[:letters])["size"] == size


def test_a_text_that_may_not_fit_its_page_is_pointed_out():
    (short,) = printed(a_nomination(achievement="Có thành tích xuất sắc " * 20))
    (long,) = printed(a_nomination(achievement="Có thành tích xuất sắc " * 40))

    assert short.warning == ""
    assert "có thể không vừa một trang" in long.warning
    assert long.context["awardee"]["size"] == "small"


def test_stock_prints_the_variable_texts_only():
    (full,) = printed(a_nomination())
    (on_stock,) = printed(a_nomination(), on_stock=True)

    assert (full.context["is_on_stock"], on_stock.context["is_on_stock"]) == (False, True)


@pytest.mark.parametrize("code", ["advanced_worker", "party_commendation"])
def test_what_is_no_giay_khen_of_the_commune_is_refused(code):
    with pytest.raises(NoCertificate, match="Không in giấy khen"):
        printed(a_nomination(award=code), award_code=code)


def test_what_another_level_gives_is_refused_and_says_who_gives_it():
    with pytest.raises(NoCertificate, match="do Chủ tịch Ủy ban nhân dân huyện tặng"):
        printed(a_nomination(), award_code="district_commendation")


def test_an_award_that_nobody_gives_that_day_or_nobody_knows_is_refused():
    with pytest.raises(NoAuthority):
        printed(a_nomination(), award_code="district_commendation", on=date(2025, 7, 1))
    with pytest.raises(UnknownAward):
        printed(a_nomination(), award_code="gold_star")
