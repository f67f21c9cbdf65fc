"""Sessions of the council: votes typed by several hands, locked, carried into the dossier."""

from threading import Barrier, Thread
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from kernel.auth.principal import Role
from services.intake.persistence.models import CouncilEventRow
from tests.builders.council import Bench, facts_json, members_json, nominated
from tests.builders.intake import Api

ONE, TWO = nominated("Nguyễn Thị Một"), nominated("Trần Văn Hai")


@pytest.fixture
def bench(world, clerk_api):
    return Bench(world, clerk_api)


@pytest.fixture
def ready(bench):
    """Return a bench with two nominees on its list."""
    bench.propose("van-hoa", ONE, TWO)
    bench.read()
    return bench


def pointers(answer):
    return [it["pointer"] for it in answer.json["errors"]]


def test_a_session_begins_with_who_signs_and_the_default_share_and_only_one_is_open(ready):
    opened = ready.done(f"{ready.period}/council-sessions")

    facts = ready.session(f"/council-sessions/{opened['id']}")["facts"]
    assert [(it["name"], it["role"]) for it in facts["members"]] == [("Lê Văn Ba", "chair")]
    assert facts["needed_percent"] == "70"
    assert ready.clerk.post(f"{ready.period}/council-sessions").status_code == 409


def test_votes_must_add_up_with_who_was_there(ready):
    path = ready.open()
    (one, _) = ready.session(path)["tallied"]

    def said(**votes):
        return ready.clerk.put(
            f"{path}/votes", {"votes": [{"nominee_id": one["nominee_id"], "version": 0, **votes}]}
        )

    assert pointers(said(in_favour=4, against=0, not_voting=0)) == ["#/votes/0/in_favour"]
    assert pointers(said(in_favour=6)) == ["#/votes/0/in_favour"]
    assert pointers(said(against=5)) == ["#/votes/0/in_favour"]
    assert pointers(said(in_favour=-1)) == ["#/votes/0/in_favour"]
    assert pointers(said(in_favour=5, decided="failed")) == ["#/votes/0/reason"]
    assert said(in_favour=3).status_code == 200
    kept = ready.session(path)["tallied"][0]
    assert (kept["in_favour"], kept["against"], kept["not_voting"]) == (3, 2, 0)
    # Three of six members are fewer than seventy per cent.
    assert kept["passed"] is False


def test_of_two_clerks_who_type_at_once_neither_overwrites_the_other_unseen(ready):
    path = ready.open()
    one, two = ready.session(path)["tallied"]
    other = Api(ready.world, ready.world.person(Role.CLERK, at=ready.world.office))

    def put(api, nominee, figure, version=0):
        entry = {"nominee_id": nominee["nominee_id"], "version": version, "in_favour": figure}
        return api.put(f"{path}/votes", {"votes": [entry]})

    assert put(ready.clerk, one, 5).status_code == 200
    assert put(other, two, 4).status_code == 200
    refused = put(other, one, 1)
    assert refused.status_code == 409
    assert "vừa ghi 5/0/0" in refused.json["errors"][0]["detail"]
    assert put(other, one, 5).status_code == 200  # the same figures are no conflict

    now = ready.session(path)["tallied"][0]
    assert (now["in_favour"], now["version"]) == (5, 2)
    assert put(other, one, 1, now["version"]).status_code == 200


def test_facts_are_written_over_the_version_that_was_seen(ready):
    path = ready.open()
    version = ready.session(path)["outline"]["version"]
    changed = facts_json(place="Nhà văn hóa")

    assert ready.clerk.put(path, {"version": version, "facts": changed}).status_code == 200
    assert ready.clerk.put(path, {"version": version, "facts": changed}).status_code == 409

    twice = facts_json(members=[*members_json(), *members_json()[:1]], ends="07:00")
    refused = ready.clerk.put(path, {"version": version + 1, "facts": twice})
    assert pointers(refused) == ["#/facts/members/6/name", "#/facts/members/6/role", "#/facts/ends"]


def test_locking_is_refused_with_everything_that_is_missing(ready):
    opened = ready.done(f"{ready.period}/council-sessions")
    path = f"/council-sessions/{opened['id']}"
    ready.world.clock.forward(minutes=1)
    ready.propose("tai-chinh", nominated("Lê Thị Ba"))

    refused = ready.lock(path)

    assert refused.status_code == 422
    details = " ".join(it["detail"] for it in refused.json["errors"])
    for told in ("cập nhật danh sách", "ngày họp", "giờ bắt đầu", "Chưa có phiếu của 2 đề nghị"):
        assert told in details


def test_what_the_council_decided_stands_in_the_dossier_by_award_and_authority(ready):
    ready.propose("tai-chinh", nominated("Lê Thị Ba", "provincial_certificate_of_merit"))

    path = ready.locked(Hai=2)

    (record,) = ready.frozen()["council"]
    assert record["held_on"] == "2024-01-08"
    assert [(it["award"], it["authority"]) for it in record["groups"]] == [
        ("provincial_certificate_of_merit", "province"),
        ("commune_commendation", "commune"),
    ]
    results = {
        it["nomination"]["name"]: it for group in record["groups"] for it in group["results"]
    }
    assert {name: it["passed"] for name, it in results.items()} == {
        "Nguyễn Thị Một": True,
        "Trần Văn Hai": False,
        "Lê Thị Ba": True,
    }
    assert results["Lê Thị Ba"]["units"] == ["tai-chinh"]
    shown = ready.session(path)
    assert shown["outline"]["state"] == "locked"
    assert shown["outline"]["is_carried"]
    assert record["sha256"]


def test_without_a_locked_session_the_dossier_carries_none(ready):
    ready.vote(ready.open())

    assert ready.frozen()["council"] == []


def test_a_locked_session_is_opened_again_with_a_reason_until_a_dossier_carries_it(ready):
    path = ready.locked()
    assert ready.clerk.post(f"{path}/reopen", {"reason": ""}).status_code == 422
    ready.done(f"{path}/reopen", {"reason": "Nhập nhầm phiếu"})
    assert ready.vote(path, Hai=1).status_code == 200
    assert ready.lock(path).status_code == 200
    ready.frozen()

    refused = ready.clerk.post(f"{path}/reopen", {"reason": "Nhầm"})

    assert refused.status_code == 409
    assert "phiên họp bổ sung" in refused.json["detail"]
    with ready.world.deps.database.read() as session:
        events = session.query(CouncilEventRow).order_by(CouncilEventRow.at).all()
    assert [(it.event, it.reason) for it in events] == [
        ("locked", ""),
        ("reopened", "Nhập nhầm phiếu"),
        ("locked", ""),
    ]


def test_a_later_session_votes_only_on_who_came_since_and_keeps_the_members(ready):
    first = ready.locked()
    ready.frozen()
    ready.propose("tai-chinh", nominated("Lê Thị Ba"))
    ready.read()
    opened = ready.done(f"{ready.period}/council-sessions")
    path = f"/council-sessions/{opened['id']}"

    shown = ready.session(path)

    assert [it["nomination"]["name"] for it in shown["tallied"]] == ["Lê Thị Ba"]
    assert len(shown["facts"]["members"]) == 6
    body = {"version": opened["version"], "facts": facts_json(held_on="2024-01-10")}
    assert ready.clerk.put(path, body).status_code == 200
    ready.vote(path)
    assert ready.lock(path).status_code == 200
    assert [it["number"] for it in ready.frozen()["council"]] == [1, 2]
    assert ready.clerk.post(f"{first}/reopen", {"reason": "x"}).status_code == 409


def test_who_was_decided_on_can_no_longer_be_merged_or_set_aside(ready):
    ready.locked()
    one = ready.candidate("Nguyễn Thị Một")["id"]

    assert ready.clerk.post(f"/candidates/{one}/set-aside", {"reason": "x"}).status_code == 409


def test_results_that_were_locked_stay_when_reports_change_afterwards(ready):
    submission_id = ready.propose("tai-chinh", nominated("Lê Thị Ba"))
    path = ready.locked()
    before = ready.session(path)["tallied"]
    ready.propose_again(submission_id, "tai-chinh", nominated("Lê Thị Ba", achievement="khác"))
    ready.read()

    assert ready.session(path)["tallied"] == before


def test_an_outcome_may_be_decided_otherwise_with_a_reason(ready):
    path = ready.open()
    ready.vote(path)
    one = ready.session(path)["tallied"][0]
    entry = {
        "nominee_id": one["nominee_id"],
        "version": one["version"],
        "in_favour": 5,
        "decided": "failed",
        "reason": "Vi phạm phát hiện sau khi bỏ phiếu",
    }
    assert ready.clerk.put(f"{path}/votes", {"votes": [entry]}).status_code == 200
    assert ready.lock(path).status_code == 200

    results = ready.frozen()["council"][0]["groups"][0]["results"]

    told = {it["nomination"]["name"]: (it["passed"], it["reason"]) for it in results}
    assert told["Nguyễn Thị Một"] == (False, "Vi phạm phát hiện sau khi bỏ phiếu")


def test_too_few_members_for_a_quorum_need_a_reason(ready):
    few = [{**it, "is_present": n < 3, "reason": "ốm"} for n, it in enumerate(members_json())]
    path = ready.open(members=few)
    (found,) = [it for it in ready.findings() if it["rule"] == "quorum"]
    assert (found["severity"], found["mark"]) == ("warning", "K")
    votes = [
        {"nominee_id": it["nominee_id"], "in_favour": 3} for it in ready.session(path)["tallied"]
    ]
    ready.clerk.put(f"{path}/votes", {"votes": votes})
    assert ready.lock(path).status_code == 422

    reason = {"key": found["key"], "reason": "Ba thành viên gửi ý kiến bằng văn bản"}
    ready.done(f"{ready.period}/findings/reasons", reason)

    assert ready.lock(path).status_code == 200


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE council_session SET facts = '{}'",
        "UPDATE council_session SET state = 'draft'",
        "DELETE FROM council_session",
        "UPDATE council_vote SET in_favour = 0",
        "DELETE FROM council_vote",
        "DELETE FROM council_event",
        "UPDATE council_event SET reason = 'khác'",
    ],
)
def test_the_database_refuses_to_change_what_a_dossier_carries(ready, statement):
    ready.locked()
    ready.frozen()

    with (
        pytest.raises(DBAPIError, match=r"kept|written once"),
        ready.world.deps.database.begin() as session,
    ):
        session.execute(text(statement))


def test_votes_cannot_be_added_to_a_locked_session(ready):
    path = ready.locked()
    one = ready.candidate("Nguyễn Thị Một")["id"]

    entry = {"nominee_id": one, "version": 9, "in_favour": 1}
    assert ready.clerk.put(f"{path}/votes", {"votes": [entry]}).status_code == 409


def test_freezing_and_opening_again_at_once_never_leave_a_dossier_with_an_open_session(ready):
    path = ready.locked()
    start = Barrier(2)
    answers = {}

    def do(name, api, where, body):
        start.wait()
        answers[name] = api.post(where, body).status_code

    clerks = [Api(ready.world, ready.world.clerk()) for _ in range(2)]
    threads = [
        Thread(target=do, args=("frozen", clerks[0], f"{ready.period}/dossiers", None)),
        Thread(target=do, args=("reopened", clerks[1], f"{path}/reopen", {"reason": "x"})),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    carried = ready.clerk.get(f"{ready.period}/dossier").json["content"]["council"]
    state = ready.session(path)["outline"]["state"]
    assert answers["frozen"] == 201
    assert (len(carried), state, answers["reopened"]) in {(1, "locked", 409), (0, "draft", 200)}


def test_the_same_call_twice_locks_once(ready):
    ready.read()
    path = ready.open()
    ready.vote(path)
    body = {"version": ready.session(path)["outline"]["version"]}

    first = ready.clerk.post(f"{path}/lock", body, key="one-key-of-the-test")
    again = ready.clerk.post(f"{path}/lock", body, key="one-key-of-the-test")

    assert first.json == again.json
    with ready.world.deps.database.read() as session:
        assert session.query(CouncilEventRow).count() == 1


def test_another_office_and_a_sector_do_not_reach_a_session_and_a_leader_only_looks(ready):
    path = ready.open()
    foreign = Api(ready.world, ready.world.person(Role.CLERK, at=ready.world.foreign))
    leader = Api(ready.world, ready.world.person(Role.LEADER))

    assert foreign.get(path).status_code == 404
    assert foreign.post(f"{path}/lock", {"version": 1}).status_code == 404
    assert Api(ready.world, ready.world.officer()).get(path).status_code == 403
    assert leader.get(path).status_code == 200
    assert leader.post(f"{path}/lock", {"version": 1}).status_code == 403
    assert leader.put(path, {"version": 1, "facts": {}}).status_code == 403


@pytest.mark.parametrize("body", [None, [], {"votes": 1}, {"votes": [{"nominee_id": "x"}]}])
def test_odd_votes_are_refused_and_change_nothing(ready, body):
    path = ready.open()

    assert ready.clerk.put(f"{path}/votes", body).status_code == 422

    assert {it["version"] for it in ready.session(path)["tallied"]} == {0}
    absent = UUID(int=0)
    entry = {"nominee_id": str(absent), "in_favour": 5}
    assert ready.clerk.put(f"{path}/votes", {"votes": [entry]}).status_code == 422
