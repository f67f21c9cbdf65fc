import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from kernel.auth.principal import Role
from kernel.errors import Conflict
from services.intake.domain.receipts import Call
from services.intake.persistence.accounts import Accounts
from services.intake.persistence.models import MoveRow
from services.intake.use_cases.reading import read_submission
from services.intake.use_cases.reviewing import Review, reopen_report
from tests.builders.intake import Api, a_report, accepted, submitted


def test_an_accepted_report_stays_accepted(world, clerk_api, officer_api):
    submission_id = accepted(world)

    assert clerk_api.post(f"/submissions/{submission_id}/accept", {}).status_code == 409
    assert officer_api.report().status_code == 409
    assert clerk_api.get(f"/submissions/{submission_id}").json["state"] == "accepted"


def test_accepting_twice_under_one_key_is_one_move(world, clerk_api):
    submission_id = submitted(world)
    answers = [
        clerk_api.post(f"/submissions/{submission_id}/accept", {}, key="test-one-key") for _ in "12"
    ]

    assert [answer.status_code for answer in answers] == [200, 200]
    moves = clerk_api.get(f"/submissions/{submission_id}").json["moves"]
    assert [move["to_state"] for move in moves] == ["submitted", "accepted"]


def test_a_call_without_a_body_accepts_too(world):
    submission_id = submitted(world)

    answer = world.client(world.clerk()).api(
        "POST",
        f"/api/v1/submissions/{submission_id}/accept",
        headers={"Idempotency-Key": "a-key-here"},
    )

    assert answer.status_code == 200


@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": "  "}, {"reason": "a" * 3000}])
def test_returning_needs_a_reason(world, clerk_api, body):
    submission_id = submitted(world)

    answer = clerk_api.post(f"/submissions/{submission_id}/return", body)

    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"].endswith("/reason")
    assert clerk_api.get(f"/submissions/{submission_id}").json["state"] == "submitted"


def test_every_round_and_every_move_is_kept(world, clerk_api, officer_api):
    submission_id = submitted(world)
    clerk_api.post(f"/submissions/{submission_id}/return", {"reason": "Thiếu số liệu"})
    officer_api.report(a_report(limitations=["Đã bổ sung"]), action="draft")
    answer = officer_api.report(a_report(limitations=["Đã bổ sung đủ"]))
    clerk_api.post(f"/submissions/{submission_id}/accept", {})

    assert answer.json["round"] == 2
    first = read_submission(submission_id, by=world.clerk(), deps=world.deps, round_number=1)
    latest = read_submission(submission_id, by=world.clerk(), deps=world.deps)
    assert first.content.limitations == ("Tuyên truyền chưa thường xuyên",)
    assert latest.content.limitations == ("Đã bổ sung đủ",)
    assert [(it.number, it.state) for it in latest.rounds] == [(1, "returned"), (2, "accepted")]
    assert [(it.from_state, it.to_state, it.round, it.reason) for it in latest.moves] == [
        ("not_begun", "submitted", 1, ""),
        ("submitted", "returned", 1, "Thiếu số liệu"),
        ("returned", "submitted", 2, ""),
        ("submitted", "accepted", 2, ""),
    ]


def test_the_office_does_not_read_a_draft(world, clerk_api, officer_api):
    receipt = officer_api.report(action="draft").json

    assert clerk_api.get(f"/submissions/{receipt['submission_id']}").status_code == 404
    assert officer_api.get(f"/submissions/{receipt['submission_id']}").status_code == 200


def test_a_decision_about_an_older_round_is_a_conflict(world, clerk_api, officer_api):
    submission_id = submitted(world)
    clerk_api.post(f"/submissions/{submission_id}/return", {"reason": "Thiếu"})
    officer_api.report()

    late = clerk_api.post(f"/submissions/{submission_id}/accept", {"round": 1})

    assert late.status_code == 409
    assert clerk_api.get(f"/submissions/{submission_id}").json["state"] == "submitted"


def test_a_draft_cannot_be_accepted(clerk_api, officer_api):
    receipt = officer_api.report(action="draft").json

    answer = clerk_api.post(f"/submissions/{receipt['submission_id']}/accept", {})

    assert answer.status_code == 409
    assert "bản nháp" in answer.json["detail"]


def test_moves_cannot_be_rewritten(world):

    submitted(world)

    for statement in (update(MoveRow).values(reason="khác"), delete(MoveRow)):
        with (
            pytest.raises(DBAPIError, match="written once"),
            world.deps.database.begin() as session,
        ):
            session.execute(statement)


@pytest.mark.parametrize("role", [Role.LEADER, Role.SECTOR_OFFICER, Role.SUPERIOR, Role.ADMIN])
def test_only_the_clerk_decides(world, role):
    submission_id = submitted(world)
    unit = "van-hoa" if role is Role.SECTOR_OFFICER else ""
    api = Api(world, world.person(role, unit))

    assert api.post(f"/submissions/{submission_id}/accept", {}).status_code == 403
    assert api.post(f"/submissions/{submission_id}/return", {"reason": "a"}).status_code == 403
    assert api.post(f"{world.period}/dossiers").status_code == 403


@pytest.mark.parametrize("doing", ["accept", "return"])
def test_another_office_finds_nothing(world, doing):
    submission_id = submitted(world)
    foreign = Api(world, world.person(Role.CLERK, at=world.foreign))

    assert foreign.get(f"/submissions/{submission_id}").status_code == 404
    answer = foreign.post(
        f"/submissions/{submission_id}/{doing}", {"reason": "a"} if doing == "return" else {}
    )
    assert answer.status_code == 404


@pytest.mark.parametrize("path", ["", "/dossier", "/form", "/dossiers"])
def test_another_office_finds_no_period(world, path):
    accepted(world)
    foreign = Api(world, world.person(Role.CLERK, at=world.foreign))

    if path == "/dossiers":
        assert foreign.post(f"{world.period}{path}").status_code == 404
    else:
        assert foreign.get(f"{world.period}{path}").status_code == 404
    assert (
        world.client(world.person(Role.CLERK, at=world.foreign)).get(f"{world.period}").status_code
        == 404
    )


def test_another_sector_finds_nothing(world):
    submission_id = submitted(world)
    other = world.officer("tai-chinh")

    assert Api(world, other).get(f"/submissions/{submission_id}").status_code == 404
    assert world.client(other).get(f"/submissions/{submission_id}").status_code == 404
    assert world.client(other).get(f"/submissions/{submission_id}/receipt").status_code == 404


def test_a_refused_form_about_what_one_may_not_see_is_not_found_either(world):
    submission_id = submitted(world)
    client = world.client(world.person(Role.CLERK, at=world.foreign))

    answer = client.post(f"/submissions/{submission_id}/return", data={"reason": ""})

    assert answer.status_code == 404


def test_a_body_that_is_no_json_is_not_taken_for_none(world, clerk_api):
    submission_id = submitted(world)

    answer = world.client(world.clerk()).api(
        "POST",
        f"/api/v1/submissions/{submission_id}/accept",
        data='{"round": 7}',
        content_type="text/plain",
        headers={"Idempotency-Key": "a-key-here"},
    )

    assert (answer.status_code, answer.json["title"]) == (415, "Kiểu dữ liệu không nhận")
    assert clerk_api.get(f"/submissions/{submission_id}").json["state"] == "submitted"


def test_an_officer_without_a_unit_finds_nothing(world):
    lost = world.officer()
    with world.deps.database.begin() as session:
        Accounts(session).get(lost.account_id).unit_id = None

    assert Api(world, lost).report().status_code == 404
    assert world.client(lost).get("/reports").status_code == 404


def test_a_reopened_report_can_be_handed_in_again(world, officer_api):
    submission_id = accepted(world)
    page = world.client(world.clerk())
    page.post(
        f"/submissions/{submission_id}/reopen",
        {"idempotency_key": "k" * 20, "round": "1", "reason": "Sai tên"},
    )

    assert "Mở lại (lượt 1)" in page.get(f"/submissions/{submission_id}").text
    assert officer_api.report().json["round"] == 2


def test_what_is_not_accepted_cannot_be_reopened(world):
    submission_id = submitted(world)
    call = Call(actor="a", key="k", fingerprint="f")
    review = Review(submission_id=submission_id, call=call, reason="a")

    with pytest.raises(Conflict, match="Chỉ mở lại"):
        reopen_report(review, by=world.clerk(), deps=world.deps)
