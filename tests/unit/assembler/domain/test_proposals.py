"""What is proposed to a superior: above our authority on the day, by award and by authority."""

from datetime import date

import pytest

from services.assembler.domain.findings import Severity
from services.assembler.domain.proposals import check, decided, nominee_words, proposals, view
from tests.builders.dossiers import a_nomination

BEFORE, AFTER = date(2024, 1, 15), date(2025, 7, 1)
SUPERIOR = "Ủy ban nhân dân huyện Định Hóa"
FIGHTER = a_nomination(award="grassroots_emulation_fighter", name="Trần Văn Mẫu")
SCHOOL = a_nomination(
    award="provincial_certificate_of_merit", kind="collective", name="Trường Mẫu", title="", unit=""
)
TEACHER = a_nomination(award="provincial_certificate_of_merit", name="Ma Thị Mẫu")
OURS = a_nomination()


def seen(*every, on=BEFORE):
    return view(proposals(every, on, {}, SUPERIOR), on)


def test_awards_of_our_own_are_not_proposed():
    found = proposals([OURS, FIGHTER, TEACHER, SCHOOL], BEFORE, {}, SUPERIOR)

    assert [it.award.code for it in found] == [
        "provincial_certificate_of_merit",
        "grassroots_emulation_fighter",
    ]


def test_an_award_that_the_law_gave_to_the_commune_is_proposed_no_more():
    assert proposals([FIGHTER], BEFORE, {})
    assert proposals([FIGHTER], AFTER, {}) == []
    assert [it.level for it in decided([FIGHTER], AFTER, {})] == ["commune"]


def test_what_is_asked_is_gathered_by_who_decides_the_highest_first():
    assert seen(OURS, FIGHTER, TEACHER, SCHOOL)["authorities"] == [
        {
            "number": "1.",
            "title": "Chủ tịch Ủy ban nhân dân tỉnh",
            "lines": ["Tặng Bằng khen cho 01 tập thể và 01 cá nhân."],
        },
        {
            "number": "2.",
            "title": "Chủ tịch Ủy ban nhân dân huyện Định Hóa",
            "lines": ["Công nhận danh hiệu “Chiến sĩ thi đua cơ sở” cho 01 cá nhân."],
        },
    ]


def test_a_superior_of_another_level_lends_nobody_its_name():
    found = proposals([FIGHTER], BEFORE, {}, "Ủy ban nhân dân tỉnh Thái Nguyên")

    assert found[0].authority == "Chủ tịch Ủy ban nhân dân huyện"


def test_collectives_stand_before_people_and_are_numbered_with_them():
    (group,) = seen(TEACHER, SCHOOL)["groups"]

    assert (group["label"], group["count_line"]) == ("I", "01 tập thể và 01 cá nhân")
    assert [(row["number"], row["name"], row["place"]) for row in group["rows"]] == [
        ("1", "Trường Mẫu", ""),
        ("2", "Ma Thị Mẫu", "Hội viên, xóm số 1"),
    ]


def test_someone_proposed_twice_is_counted_by_turns():
    again = a_nomination(award="provincial_certificate_of_merit", name="Trần  văn Mẫu")

    assert seen(FIGHTER)["whom"] == "01 cá nhân"
    assert seen(FIGHTER, TEACHER)["whom"] == "02 cá nhân"
    assert seen(FIGHTER, again)["whom"] == "02 lượt cá nhân"


def test_the_papers_are_those_of_the_awards_that_are_asked_for():
    assert seen(TEACHER)["papers"] == [
        "Báo cáo thành tích của 01 cá nhân;",
        "Biên bản xét khen thưởng.",
    ]
    assert seen(FIGHTER)["papers"][-1] == "Chứng nhận sáng kiến, đề tài khoa học (nếu có)."


def test_the_kinds_of_nominee_are_named_in_the_order_of_official_lists():
    assert nominee_words(proposals([TEACHER, SCHOOL], BEFORE, {})) == "tập thể, cá nhân"
    assert seen(OURS)["nominees"] == ""


def test_awards_of_the_party_are_its_own_business():
    assert decided([a_nomination(award="party_commendation")], BEFORE, {}) == []


@pytest.mark.parametrize(
    ("every", "on", "rules"),
    [
        ([FIGHTER], BEFORE, []),
        ([OURS], BEFORE, ["submission-without-nominee"]),
        ([FIGHTER], AFTER, ["submission-without-nominee"]),
        (
            [a_nomination(award="district_commendation"), TEACHER],
            AFTER,
            ["authority-missing"],
        ),
        ([a_nomination(award="unknown"), FIGHTER], BEFORE, []),
        ([a_nomination(award="party_commendation"), FIGHTER], BEFORE, []),
    ],
)
def test_what_cannot_be_asked_for_on_the_day_is_an_error(every, on, rules):
    found = check(every, on, proposals(every, on, {}))

    assert [finding.rule for finding in found] == rules
    assert all(finding.severity is Severity.ERROR for finding in found)
