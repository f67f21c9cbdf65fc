"""Four eyes: accepted only once a second person has confirmed; who and when are moves."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from kernel.auth.principal import Role
from services.intake.domain.moves import State
from services.intake.persistence.models import PeriodRow
from services.intake.use_cases.founding import NewAccount, create_account
from tests.builders.intake import PASSWORD, Api, a_report, submitted


@pytest.fixture
def four_eyes(world):
    """A world whose period needs two persons, with a report handed in."""
    with world.deps.database.begin() as session:
        session.execute(update(PeriodRow).values(needs_second=True))
    return world


@pytest.fixture
def submission_id(four_eyes):
    return submitted(four_eyes)


@pytest.fixture
def second_clerk(world):
    account_id = create_account(
        NewAccount(
            office_id=world.office.office_id,
            login_name="second",
            display_name="Văn thư thứ hai",
            password=PASSWORD,
            role=Role.CLERK,
        ),
        deps=world.deps,
    )
    return replace(world.clerk(), account_id=account_id, name="Văn thư thứ hai")


def _moves(api, submission_id):
    found = api.get(f"/submissions/{submission_id}").json["moves"]
    return [(it["from_state"], it["to_state"], it["by"]) for it in found]


def test_accepting_only_proposes(clerk_api, submission_id):
    answer = clerk_api.post(f"/submissions/{submission_id}/accept", {})

    assert (answer.status_code, answer.json["state"]) == (200, State.PROPOSED)
    assert clerk_api.get(f"/submissions/{submission_id}").json["state"] == State.PROPOSED


def test_a_leader_confirms_and_both_stand_in_the_history(world, clerk_api, submission_id):
    clerk_api.post(f"/submissions/{submission_id}/accept", {})

    answer = Api(world, world.person(Role.LEADER)).post(f"/submissions/{submission_id}/confirm", {})

    assert (answer.status_code, answer.json["state"]) == (200, State.ACCEPTED)
    assert _moves(clerk_api, submission_id)[1:] == [
        ("submitted", "proposed", "Người clerk"),
        ("proposed", "accepted", "Người leader"),
    ]


def test_another_clerk_confirms(world, clerk_api, submission_id, second_clerk):
    clerk_api.post(f"/submissions/{submission_id}/accept", {})

    answer = Api(world, second_clerk).post(f"/submissions/{submission_id}/confirm", {"round": 1})

    assert (answer.status_code, answer.json["state"]) == (200, State.ACCEPTED)


def test_the_one_who_proposed_cannot_confirm(clerk_api, submission_id):
    clerk_api.post(f"/submissions/{submission_id}/accept", {})

    answer = clerk_api.post(f"/submissions/{submission_id}/confirm", {})

    assert answer.status_code == 403
    assert clerk_api.get(f"/submissions/{submission_id}").json["state"] == State.PROPOSED


def test_nothing_is_confirmed_that_nobody_proposed(world, clerk_api, submission_id):
    leader = Api(world, world.person(Role.LEADER))

    assert leader.post(f"/submissions/{submission_id}/confirm", {}).status_code == 409
    assert leader.post(f"/submissions/{submission_id}/accept", {}).status_code == 403


def test_after_a_return_the_next_round_is_proposed_anew(
    four_eyes, clerk_api, officer_api, submission_id, second_clerk
):
    clerk_api.post(f"/submissions/{submission_id}/accept", {})
    clerk_api.post(f"/submissions/{submission_id}/return", {"reason": "Thiếu"})
    officer_api.report(a_report(limitations=["Đã bổ sung"]))

    early = Api(four_eyes, second_clerk).post(f"/submissions/{submission_id}/confirm", {})
    # Now the second clerk proposes, and the first one may be the second.
    Api(four_eyes, second_clerk).post(f"/submissions/{submission_id}/accept", {})
    late = clerk_api.post(f"/submissions/{submission_id}/confirm", {"round": 2})

    assert (early.status_code, late.status_code) == (409, 200)


def test_a_confirmation_of_another_round_is_a_conflict(world, clerk_api, submission_id):
    clerk_api.post(f"/submissions/{submission_id}/accept", {})

    answer = Api(world, world.person(Role.LEADER)).post(
        f"/submissions/{submission_id}/confirm", {"round": 2}
    )

    assert answer.status_code == 409


def test_confirming_twice_under_one_key_is_one_move(world, clerk_api, submission_id):
    clerk_api.post(f"/submissions/{submission_id}/accept", {})
    leader = Api(world, world.person(Role.LEADER))

    answers = [
        leader.post(f"/submissions/{submission_id}/confirm", {}, key="one-and-the-same")
        for _ in "12"
    ]

    assert [it.status_code for it in answers] == [200, 200]
    assert [it[1] for it in _moves(clerk_api, submission_id)].count("accepted") == 1


def test_a_proposed_report_is_in_no_dossier(four_eyes, clerk_api, submission_id):
    clerk_api.post(f"/submissions/{submission_id}/accept", {})

    assert clerk_api.post(f"{four_eyes.period}/dossiers").status_code == 409


def test_the_unit_is_not_told_before_the_second_word(four_eyes, officer_api, submission_id):
    Api(four_eyes, four_eyes.clerk()).post(f"/submissions/{submission_id}/accept", {})

    assert officer_api.report(a_report()).status_code == 409
    page = four_eyes.client(four_eyes.officer()).get(f"/submissions/{submission_id}")
    assert "Chờ xác nhận" in page.text
    assert "Xác nhận duyệt" not in page.text


def test_the_pages_offer_each_person_what_is_his(four_eyes, clerk_api, submission_id):
    clerk, leader = four_eyes.client(four_eyes.clerk()), four_eyes.person(Role.LEADER)

    before = clerk.get(f"/submissions/{submission_id}").text
    clerk_api.post(f"/submissions/{submission_id}/accept", {})
    own = clerk.get(f"/submissions/{submission_id}").text
    other = four_eyes.client(leader).get(f"/submissions/{submission_id}").text

    assert "Đề nghị duyệt" in before
    assert "không tự xác nhận" in own
    assert "Xác nhận duyệt" in other


def test_a_leader_confirms_on_the_page(four_eyes, clerk_api, submission_id):
    clerk_api.post(f"/submissions/{submission_id}/accept", {})
    leader = four_eyes.client(four_eyes.person(Role.LEADER))

    assert "Chờ người thứ hai xác nhận" in leader.get("/overview").text
    done = leader.post(
        f"/submissions/{submission_id}/confirm", {"idempotency_key": "a-key-here", "round": "1"}
    )

    assert done.status_code == 303
    assert clerk_api.get(f"/submissions/{submission_id}").json["state"] == State.ACCEPTED


def test_a_period_is_opened_with_four_eyes(world, clerk_api):
    body = {
        "like": str(world.office.period_id),
        "code": "2024",
        "title": "Tổng kết năm 2024",
        "year": 2024,
        "due_on": "2024-12-15",
    }

    opened = clerk_api.post("/periods", {**body, "needs_second": True})
    plain = clerk_api.post("/periods", {**body, "code": "2024b"})

    assert (opened.json["needs_second"], plain.json["needs_second"]) == (True, False)
