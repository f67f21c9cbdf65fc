"""The list of candidates: read again without losing decisions, merged and told apart, explained."""

import pytest

from kernel.auth.principal import Role
from services.intake.persistence.models import CandidateRow
from tests.builders.council import Bench, nominated
from tests.builders.intake import Api

ONE, TWO = nominated("Nguyễn Thị Một"), nominated("Trần Văn Hai")


@pytest.fixture
def bench(world, clerk_api):
    return Bench(world, clerk_api)


def test_the_list_is_read_from_accepted_reports_only(bench):
    bench.propose("van-hoa", ONE)
    Api(bench.world, bench.world.officer("tai-chinh")).report(
        {"limitations": ["x"], "nominations": [TWO]}
    )

    assert bench.read() == {"new": 1, "changed": 0, "withdrawn": 0, "same": 0}

    (candidate,) = bench.candidates()
    assert candidate["nomination"] == ONE
    assert (candidate["unit_name"], candidate["change"]) == ("Ban Văn hóa", "new")


def test_reading_again_tells_what_is_new_changed_or_withdrawn_and_keeps_decisions(bench):
    three, four = nominated("Lê Thị Ba"), nominated("Vũ Văn Bốn")
    submission_id = bench.propose("van-hoa", ONE, TWO, three)
    bench.read()
    bench.done(
        f"/candidates/{bench.candidate('Nguyễn Thị Một')['id']}/set-aside",
        {"reason": "Thiếu hồ sơ"},
    )
    changed = {**ONE, "achievement": "Thành tích viết lại"}
    bench.propose_again(submission_id, "van-hoa", changed, three, four)

    assert bench.read() == {"new": 1, "changed": 1, "withdrawn": 1, "same": 1}

    found = {it["nomination"]["name"]: it for it in bench.candidates()}
    assert {name: it["change"] for name, it in found.items()} == {
        "Nguyễn Thị Một": "changed",
        "Trần Văn Hai": "withdrawn",
        "Lê Thị Ba": "same",
        "Vũ Văn Bốn": "new",
    }
    assert found["Nguyễn Thị Một"]["previous"] == ONE
    assert found["Nguyễn Thị Một"]["set_aside"] == "Thiếu hồ sơ"


def test_what_comes_back_after_it_was_withdrawn_is_new_and_still_the_same_one(bench):
    submission_id = bench.propose("van-hoa", ONE)
    bench.read()
    first = bench.candidate("Nguyễn Thị Một")["id"]
    bench.propose_again(submission_id, "van-hoa", TWO)
    bench.read()
    bench.propose_again(submission_id, "van-hoa", ONE)

    assert bench.read()["new"] == 1
    again = bench.candidate("Nguyễn Thị Một")
    assert (again["id"], again["change"]) == (first, "new")


def test_one_nominee_of_two_sectors_is_found_and_merged_and_taken_apart_without_loss(bench):
    other = {**ONE, "name": "NGUYỄN  THỊ MỘT", "achievement": "Cách kể khác"}
    bench.propose("van-hoa", ONE)
    bench.propose("tai-chinh", other)
    bench.read()
    before = bench.candidates()
    (pair,) = bench.clerk.get(f"{bench.period}/duplicates").json
    assert pair["is_certain"]
    assert ("error", "duplicate") in bench.rules()

    bench.done(f"/candidates/{pair['first_id']}/merge", {"other_id": pair["second_id"]})

    assert bench.clerk.get(f"{bench.period}/duplicates").json == []
    (tallied,) = bench.session(bench.open())["tallied"]
    assert tallied["nomination"]["name"] == "Nguyễn Thị Một"

    bench.done(f"/candidates/{pair['second_id']}/unmerge")
    assert bench.candidates() == before
    assert len(bench.clerk.get(f"{bench.period}/duplicates").json) == 1


def test_a_namesake_of_another_unit_may_be_the_same_and_no_is_remembered(bench):
    submission_id = bench.propose("van-hoa", ONE)
    bench.propose("tai-chinh", {**ONE, "unit": "thôn Tây"})
    bench.read()
    (pair,) = bench.clerk.get(f"{bench.period}/duplicates").json
    assert not pair["is_certain"]
    told = {"other_id": pair["second_id"]}

    bench.done(f"/candidates/{pair['first_id']}/tell-apart", told)
    bench.done(f"/candidates/{pair['first_id']}/tell-apart", told)
    bench.propose_again(submission_id, "van-hoa", {**ONE, "achievement": "Viết lại"})
    bench.read()

    assert bench.clerk.get(f"{bench.period}/duplicates").json == []
    bench.done(f"/candidates/{pair['first_id']}/ask-again", told)
    assert len(bench.clerk.get(f"{bench.period}/duplicates").json) == 1


def test_when_the_lead_withdraws_the_other_sector_still_proposes(bench):
    submission_id = bench.propose("van-hoa", ONE)
    bench.propose("tai-chinh", {**ONE, "achievement": "Lời của Tài chính"})
    bench.read()
    (pair,) = bench.clerk.get(f"{bench.period}/duplicates").json
    bench.done(f"/candidates/{pair['first_id']}/merge", {"other_id": pair["second_id"]})
    bench.propose_again(submission_id, "van-hoa", TWO)
    bench.read()

    told = {it["nomination"]["name"]: it for it in bench.session(bench.open())["tallied"]}

    assert told["Nguyễn Thị Một"]["nomination"]["achievement"] == "Lời của Tài chính"


def test_only_the_same_kind_and_award_can_be_merged(bench):
    bench.propose("van-hoa", ONE, {**ONE, "award": "advanced_worker"})
    bench.read()
    one, other = (it["id"] for it in bench.candidates())

    refused = bench.clerk.post(f"/candidates/{one}/merge", {"other_id": other})

    assert refused.status_code == 409
    assert bench.clerk.post(f"/candidates/{one}/merge", {"other_id": one}).status_code == 409
    assert bench.clerk.post(f"/candidates/{one}/unmerge").status_code == 409


def test_too_many_fighters_need_a_reason_that_lasts_as_long_as_the_figures(bench):
    fighter = nominated("Nguyễn Thị Một", "grassroots_emulation_fighter")
    submission_id = bench.propose(
        "van-hoa", fighter, nominated("Nguyễn Thị Một", "advanced_worker", achievement="khác")
    )
    bench.read()
    (found,) = [it for it in bench.findings() if it["rule"] == "ratio"]
    assert found["severity"] == "warning"
    assert (found["article"], found["mark"]) == ("Điều 9 Nghị định số 91/2017/NĐ-CP", "K")
    assert "1/1" in found["message"]
    reason = {"key": found["key"], "reason": "Xã chỉ có một", "on": "2024-01-08"}

    bench.done(f"{bench.period}/findings/reasons", reason)

    assert [it["reason"] for it in bench.findings() if it["rule"] == "ratio"] == ["Xã chỉ có một"]
    bench.propose_again(submission_id, "van-hoa", fighter)
    bench.read()
    assert [it["reason"] for it in bench.findings() if it["rule"] == "ratio"] == [""]
    answer = bench.clerk.post(f"{bench.period}/findings/reasons", reason)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == "#/key"


def test_what_the_law_says_of_the_day_stands_at_each_nominee(bench):
    bench.propose(
        "van-hoa",
        nominated("Nguyễn Thị Một", "grassroots_emulation_fighter"),
        nominated("Trần Văn Hai", "district_commendation"),
        nominated("Lê Thị Ba", "commune_commendation", occasion=""),
        nominated("Tập thể", "advanced_collective", kind="collective"),
    )
    bench.read()

    on_the_day = bench.rules("2024-01-08")

    assert on_the_day.count(("hint", "authority-above")) == 3
    assert ("hint", "prerequisite") in on_the_day
    assert ("hint", "occasion") in on_the_day
    assert ("hint", "members-share") in on_the_day
    later = bench.rules("2025-07-01")
    assert ("error", "authority-none") in later  # the district's own award ended
    assert ("hint", "authority-above") not in later  # the commune decides on fighters itself


def test_one_achievement_asks_for_a_reason_or_is_refused_where_two_forms_reward_it(bench):
    told = {"achievement": "Cứu người đuối nước"}
    bench.propose(
        "van-hoa",
        nominated("Nguyễn Thị Một", **told),
        nominated("Nguyễn Thị Một", "advanced_worker", **told),
        nominated("Trần Văn Hai", **told),
        nominated("Trần Văn Hai", "provincial_certificate_of_merit", **told),
    )
    bench.read()

    found = [it for it in bench.rules() if it[1] == "one-achievement"]

    assert found == [("error", "one-achievement"), ("warning", "one-achievement")]


def test_who_is_set_aside_is_not_put_to_the_council_until_taken_up_again(bench):
    bench.propose("van-hoa", ONE, TWO)
    bench.read()
    one = bench.candidate("Nguyễn Thị Một")["id"]
    assert bench.clerk.post(f"/candidates/{one}/set-aside", {"reason": " "}).status_code == 422
    bench.done(f"/candidates/{one}/set-aside", {"reason": "Chờ xác minh"})
    path = bench.open()
    assert [it["nomination"]["name"] for it in bench.session(path)["tallied"]] == ["Trần Văn Hai"]

    bench.done(f"/candidates/{one}/take-up")

    assert len(bench.session(path)["tallied"]) == 2


def test_the_list_comes_page_by_page(bench):
    bench.propose("van-hoa", *(nominated(f"Người {n}") for n in range(5)))
    bench.read()

    first = bench.clerk.get(f"{bench.period}/candidates?limit=2").json
    rest = bench.clerk.get(f"{bench.period}/candidates?limit=3&after={first['next']}").json

    assert [it["nomination"]["name"] for it in first["items"]] == ["Người 0", "Người 1"]
    assert len(rest["items"]) == 3
    assert rest["next"] is None
    assert bench.clerk.get(f"{bench.period}/candidates?limit=0").status_code == 422


def test_another_office_s_candidates_do_not_exist(bench):
    bench.propose("van-hoa", ONE)
    bench.read()
    one = bench.candidate("Nguyễn Thị Một")["id"]
    foreign_clerk = bench.world.person(Role.CLERK, at=bench.world.foreign)
    foreign = Api(bench.world, foreign_clerk)

    assert foreign.post(f"/candidates/{one}/set-aside", {"reason": "x"}).status_code == 404
    assert foreign.get(f"{bench.period}/candidates").status_code == 404
    assert foreign.post(f"{bench.period}/candidates/read").status_code == 404
    officer = Api(bench.world, bench.world.officer())
    assert officer.get(f"{bench.period}/candidates").status_code == 403
    with bench.world.deps.database.read() as session:
        assert session.query(CandidateRow).one().set_aside == ""
