"""Documents of a dossier on which the council has voted."""

from dataclasses import replace
from datetime import date

import pytest

from services.assembler.domain import award_table, minutes
from services.assembler.domain.certificates import certificates
from services.assembler.domain.composing import compose
from services.assembler.domain.deciding import decidable_awards
from tests.builders.council import a_record, a_result, reviewed
from tests.builders.dossiers import a_dossier, a_nomination, a_sector, linh_thong
from tests.builders.kinds import DECISION, MINUTES, REPORT, SUBMISSION

ON = date(2024, 1, 15)
ONE, TWO = a_nomination(name="Nguyễn Thị Một"), a_nomination(name="Nguyễn Thị Hai")
PARTY = a_nomination(name="Nguyễn Thị Ba", award="party_commendation")


def voted(*results, **changes):
    """Return a dossier whose sector proposed one, two and somebody of the Party."""
    return a_dossier(
        sectors=(a_sector(nominations=(ONE, TWO, PARTY)),), council=(a_record(*results),), **changes
    )


def test_only_who_was_approved_stands_in_the_decision():
    dossier = voted(a_result(ONE), a_result(TWO, passed=False))

    made = compose(dossier, on=ON, kind=DECISION)

    (group,) = made.context["commendation"]["groups"]
    assert [row["name"] for row in group["rows"]] == ["Nguyễn Thị Một"]
    assert "not-reviewed" not in [it.rule for it in made.findings]
    assert [
        it.label.split(",")[0]
        for it in certificates(dossier, award_code="commune_commendation", on=ON)
    ] == ["Nguyễn Thị Một"]


@pytest.mark.parametrize("kind", [DECISION, REPORT, SUBMISSION])
def test_documents_without_a_vote_say_so_and_name_everybody_who_was_proposed(kind):
    made = compose(a_dossier(), on=ON, kind=kind)

    assert [it.rule for it in made.findings].count("not-reviewed") == 1
    assert len(award_table.nominations(linh_thong())) == 172


def test_awards_that_are_not_the_council_s_are_counted_as_sectors_told_them():
    content = voted(a_result(ONE), a_result(TWO, passed=False)).content

    assert award_table.nominations(content) == [ONE, PARTY]


def test_when_nobody_was_approved_there_is_nothing_to_decide():
    dossier = voted(a_result(ONE, passed=False), a_result(TWO, passed=False))

    assert decidable_awards(dossier.content, ON) == []
    found = compose(dossier, on=ON, kind=DECISION).findings
    assert "decision-without-nominee" in [it.rule for it in found]


def test_the_submission_lists_only_approved_awards_of_the_superior():
    content = reviewed(linh_thong(), refused=("Trường Tiểu học (mẫu)",))

    made = compose(a_dossier(content), on=ON, kind=SUBMISSION)

    titles = [group["title"] for group in made.context["proposals"]["groups"]]
    assert titles == [
        "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
        "Giấy khen của Chủ tịch Ủy ban nhân dân huyện",
        "Chiến sĩ thi đua cơ sở",
    ]
    rows = [row for group in made.context["proposals"]["groups"] for row in group["rows"]]
    assert len(rows) == 10  # 11 were proposed, one was voted down


def test_minutes_tell_the_session_as_it_was():
    dossier = voted(
        a_result(ONE, in_favour=4, against=0, not_voting=1, units=("van-hoa", "phu-nu")),
        a_result(TWO, passed=False),
    )

    view = compose(dossier, on=ON, kind=MINUTES).context["minutes"]

    assert view["begins"] == "08 giờ 00 phút, ngày 08 tháng 01 năm 2024"
    assert (view["members"], view["present"], view["absent"]) == ("06", "05", "01")
    assert view["chair"] == "Lưu Viết Viên, Chủ tịch Ủy ban nhân dân xã, Chủ tịch Hội đồng"
    assert view["secretary"] == "Ma Đình Mẫu, Công chức Văn phòng - Thống kê, Thư ký Hội đồng"
    assert view["absent_lines"] == ["Mông Văn Mẫu, Trưởng Công an xã, Ủy viên (đi công tác)."]
    assert (view["method"], view["needed"], view["units"]) == ("bỏ phiếu kín", "70", "03")
    two, one = view["awards"][0]["groups"][0]["rows"]
    assert (one["in_favour"], one["against"], one["absent"]) == ("04", "0", "02")
    assert (one["percent"], one["outcome"]) == ("66,67%", "Đạt")
    assert (two["in_favour"], two["against"], two["outcome"]) == ("02", "03", "Không đạt")


def test_an_outcome_that_was_decided_otherwise_than_the_votes_give_is_kept():
    dossier = voted(a_result(ONE, in_favour=1, against=4, reason="Bổ sung hồ sơ"), a_result(TWO))

    assert award_table.nominations(dossier.content) == [TWO, ONE, PARTY]


def test_two_namesakes_whom_the_council_told_apart_are_no_repetition():
    other = replace(ONE, title="Trưởng xóm")
    dossier = voted(a_result(ONE), a_result(other, passed=False))

    found = compose(dossier, on=ON, kind=DECISION)

    assert "nominee-repeated" not in [it.rule for it in found.findings]
    rows = compose(dossier, on=ON, kind=MINUTES).context["minutes"]["awards"][0]["groups"][0][
        "rows"
    ]
    assert {row["place"]: row["outcome"] for row in rows} == {
        "Hội viên, xóm số 1": "Đạt",
        "Trưởng xóm, xóm số 1": "Không đạt",
    }


def test_minutes_record_the_last_of_several_sessions_and_decisions_those_of_all():
    first, second = a_record(a_result(ONE)), a_record(a_result(TWO), number=2)
    content = a_dossier(council=(first, second)).content

    assert [it.name for it in minutes.considered(content)] == ["Nguyễn Thị Hai"]
    assert {it.name for it in award_table.nominations(content)} >= {
        "Nguyễn Thị Một",
        "Nguyễn Thị Hai",
    }
