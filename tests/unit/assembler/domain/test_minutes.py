"""The minutes of the council: what the dossier tells, what a session adds, what stays blank."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from services.assembler.domain import minutes
from services.assembler.domain.composing import compose
from services.assembler.domain.council_session import Attendee, CouncilSession, VotesDoNotAddUp
from tests.builders.dossiers import a_dossier, a_nomination, a_sector, linh_thong
from tests.builders.kinds import DECISION, MINUTES, REPORT
from tests.builders.sessions import a_session, a_vote_on

IN_2024 = date(2024, 1, 15)


def told(*nominations, session=None, on=IN_2024, office=None):
    """Return what the minutes say of these nominations of one sector."""
    content = linh_thong()
    content = replace(
        content,
        office=office or content.office,
        sectors=(a_sector(nominations=nominations),),
    )
    return minutes.view(content, minutes.matters(content, on), session)


def rules(*nominations, on=IN_2024):
    content = replace(linh_thong(), sectors=(a_sector(nominations=nominations),))
    return [finding.rule for finding in minutes.check(minutes.matters(content, on))]


def test_every_nominee_of_the_sample_commune_stands_once_by_award_and_kind():
    view = minutes.view(linh_thong(), minutes.matters(linh_thong(), IN_2024), None)

    found = [
        (award["title"], [(group["title"], len(group["rows"])) for group in award["groups"]])
        for award in view["awards"]
    ]
    assert found == [
        ("Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh", [("Tập thể", 1), ("Cá nhân", 1)]),
        ("Giấy khen của Chủ tịch Ủy ban nhân dân huyện", [("Tập thể", 3), ("Cá nhân", 4)]),
        ("Chiến sĩ thi đua cơ sở", [("Cá nhân", 2)]),
        ("Lao động tiên tiến", [("Cá nhân", 17)]),
        ("Giấy khen của Chủ tịch Ủy ban nhân dân xã", [("Tập thể", 19), ("Cá nhân", 70)]),
    ]
    assert view["total"] == {"proposed": "117", "passed": "……", "failed": "……"}
    assert view["proposals"] == "23 lượt tập thể và 94 lượt cá nhân"
    assert [award["label"] for award in view["awards"]] == ["I", "II", "III", "IV", "V"]


def test_awards_of_the_party_and_of_associations_are_not_the_council_s():
    view = told(a_nomination(), a_nomination(award="party_commendation"))

    assert [award["title"] for award in view["awards"]] == [
        "Giấy khen của Chủ tịch Ủy ban nhân dân xã"
    ]
    assert view["proposals"] == "01 lượt cá nhân"


def test_what_the_dossier_does_not_hold_is_a_dotted_blank():
    view = told(a_nomination())

    assert view["begins"] == view["ends"] == "…… giờ …… phút, ngày …… tháng …… năm ……"
    assert (view["members"], view["present"], view["absent"], view["needed"]) == ("……",) * 4
    for key in ("place", "method", "secretary_name"):
        assert set(view[key]) == {"…"}
    assert all("…" in line for line in (*view["present_lines"], *view["absent_lines"]))
    (row,) = view["awards"][0]["groups"][0]["rows"]
    votes = ("present", "in_favour", "against", "absent", "percent", "outcome")
    assert {row[key] for key in votes} == {"……"}
    assert view["conclusions"] == [
        "a) Đề nghị Chủ tịch Ủy ban nhân dân xã Linh Thông tặng Giấy khen cho …… cá nhân."
    ]


def test_the_chair_is_who_signs_with_both_his_offices():
    view = told(a_nomination())

    assert view["chair"] == (
        "Lưu Viết Viên, Chủ tịch Hội đồng, Chủ tịch Ủy ban nhân dân xã Linh Thông"
    )
    assert view["chair_title"] == "CHỦ TỊCH HỘI ĐỒNG"


def test_a_chair_without_another_office_or_with_one_elsewhere_is_told_as_typed():
    office = linh_thong().office
    alone = replace(office, signer=replace(office.signer, other_title=""))
    elsewhere = replace(office, signer=replace(office.signer, other_title="Bí thư Đảng ủy"))

    assert told(office=alone)["chair"] == "Lưu Viết Viên, Chủ tịch Hội đồng"
    assert told(office=elsewhere)["chair"].endswith(", Chủ tịch Hội đồng, Bí thư Đảng ủy")


def test_a_session_fills_who_was_there_when_and_where():
    view = told(a_nomination(), session=a_session())

    assert view["begins"] == "08 giờ 00 phút, ngày 08 tháng 01 năm 2024"
    assert view["ends"] == "11 giờ 30 phút, ngày 08 tháng 01 năm 2024"
    assert (view["members"], view["present"], view["absent"]) == ("15", "13", "02")
    assert view["absent_lines"] == [
        "Mông Văn Mẫu, Trưởng Công an xã, Ủy viên (đi công tác);",
        "Đàm Văn Mẫu, Công chức Địa chính - Nông nghiệp, Ủy viên (nghỉ ốm).",
    ]
    assert view["secretary_name"] == "Ma Đình Mẫu"
    assert view["opinions"][1] == (
        "Không xét trùng thành tích đã được cấp trên khen thưởng trong năm."
    )


def test_nobody_absent_and_no_guest_leave_no_line():
    view = told(a_nomination(), session=a_session(absent=(), guests=(), votes={}))

    assert (view["absent"], view["absent_lines"], view["guest_lines"]) == ("0", [], [])


@pytest.mark.parametrize(
    ("in_favour", "percent", "outcome"), [(13, "86,67%", "Đạt"), (10, "66,67%", "Không đạt")]
)
def test_the_vote_counts_against_all_members_of_the_council(in_favour, percent, outcome):
    nominee = a_nomination()
    votes = a_vote_on(nominee, in_favour, 13 - in_favour)

    view = told(nominee, session=a_session(votes=votes))

    (row,) = view["awards"][0]["groups"][0]["rows"]
    assert (row["percent"], row["outcome"]) == (percent, outcome)
    assert (row["present"], row["absent"]) == ("13", "02")


def test_just_enough_votes_are_enough():
    nominee = a_nomination()
    session = a_session(votes=a_vote_on(nominee, 12, 1), needed_percent=Decimal(80))

    assert session.percent_for(nominee) == 80
    assert session.approves(nominee) is True


def test_the_conclusion_names_only_who_passed():
    passed, failed = a_nomination(), a_nomination(name="Trần Văn Mẫu")
    title = a_nomination(award="advanced_worker")
    votes = a_vote_on(passed, 13, 0) | a_vote_on(failed, 3, 10) | a_vote_on(title, 2, 11)

    view = told(passed, failed, title, session=a_session(votes=votes))

    assert view["conclusions"] == [
        "a) Đề nghị Chủ tịch Ủy ban nhân dân xã Linh Thông tặng Giấy khen cho 01 cá nhân."
    ]
    assert view["total"] == {"proposed": "03", "passed": "01", "failed": "02"}


def test_without_a_threshold_votes_are_told_and_outcomes_stay_blank():
    nominee = a_nomination()
    session = a_session(votes=a_vote_on(nominee, 13, 0), needed_percent=None)

    (row,) = told(nominee, session=session)["awards"][0]["groups"][0]["rows"]

    assert (row["in_favour"], row["outcome"]) == ("13", "……")


def test_a_name_typed_in_other_letters_has_the_same_vote():
    votes = a_vote_on(a_nomination(name="NGUYỄN THỊ  MẪU"), 13, 0)

    assert a_session(votes=votes).vote_on(a_nomination()) is not None
    assert a_session(votes=votes).vote_on(a_nomination(unit="xóm số 2")) is None


@pytest.mark.parametrize(("in_favour", "against"), [(13, 1), (12, 0), (14, -1)])
def test_votes_that_do_not_add_up_are_refused(in_favour, against):
    with pytest.raises(VotesDoNotAddUp, match="13 thành viên có mặt"):
        a_session(votes=a_vote_on(a_nomination(), in_favour, against))


def test_what_a_higher_level_gives_is_submitted_to_it():
    view = told(a_nomination(award="grassroots_emulation_fighter"))

    assert view["conclusions"] == [
        (
            "a) Đề nghị Chủ tịch Ủy ban nhân dân xã Linh Thông trình Chủ tịch Ủy ban nhân dân "
            "huyện công nhận danh hiệu “Chiến sĩ thi đua cơ sở” cho …… cá nhân."
        )
    ]


def test_who_decides_is_asked_of_the_law_of_the_day():
    view = told(a_nomination(award="grassroots_emulation_fighter"), on=date(2025, 7, 1))

    assert "trình" not in view["conclusions"][0]


def test_an_award_that_nobody_gives_that_day_is_pointed_out():
    abolished = a_nomination(award="district_commendation")

    assert rules(abolished, on=date(2025, 7, 1)) == ["authority-missing"]
    assert rules(abolished) == []
    assert "trình cấp có thẩm quyền" in told(abolished, on=date(2025, 7, 1))["conclusions"][0]


def test_without_nominees_there_is_nothing_to_hold_a_session_about():
    assert rules() == ["minutes-without-nominee"]
    assert rules(a_nomination(award="party_commendation")) == ["minutes-without-nominee"]


def test_only_minutes_have_minutes_in_their_context():
    dossier = a_dossier()

    assert compose(dossier, on=IN_2024, kind=REPORT).context["minutes"] is None
    assert compose(dossier, on=IN_2024, kind=DECISION).context["minutes"] is None
    recorded = compose(dossier, on=IN_2024, kind=MINUTES, session=a_session())
    assert recorded.context["minutes"]["present"] == "13"


def test_figures_of_the_report_do_not_block_minutes():
    found = compose(a_dossier(), on=IN_2024, kind=MINUTES).findings

    assert not {"percent-unverified", "indicator-empty"} & {one.rule for one in found}


def test_minutes_stay_with_the_council_and_on_file():
    context = compose(a_dossier(), on=IN_2024, kind=MINUTES).context

    assert context["recipients"] == ["- Lưu: VT."]
    assert context["addressees"]["lines"] == []
    assert context["document"]["symbol"] == "BB-TĐKT"


def test_an_attendee_is_told_with_office_and_reason():
    session = CouncilSession(
        begins_at=datetime(2024, 8, 5, 14, 5),  # noqa: DTZ001 - as the clock on the wall
        present=(Attendee(name="Hoàng  Văn Mẫu"),),
    )

    view = told(a_nomination(), session=session)

    assert view["begins"] == "14 giờ 05 phút, ngày 05 tháng 8 năm 2024"
    assert view["present_lines"] == ["Hoàng Văn Mẫu."]
