"""Comments on a part: said by both sides, kept with their round, sent along with a return."""

import pytest

from kernel.auth.principal import Role
from services.intake.persistence.notices import Notices
from tests.builders.intake import Api, a_report, submitted


@pytest.fixture
def submission_id(world):
    return submitted(world)


def _comment(api, submission_id, text="Số hộ nghèo chưa khớp", part="indicators", **options):
    body = {"part": part, "text": text}
    return api.post(f"/submissions/{submission_id}/comments", body, **options)


def _threads(api, submission_id):
    return api.get(f"/submissions/{submission_id}/comments").json


def test_a_clerk_asks_an_officer_answers_the_clerk_settles(clerk_api, officer_api, submission_id):
    thread = _comment(clerk_api, submission_id).json
    here = f"/submissions/{submission_id}/comments/{thread['id']}"
    answered = officer_api.post(f"{here}/answers", {"text": "Đã đối chiếu"})
    settled = clerk_api.post(f"{here}/settle", {"is_settled": True})

    assert (answered.status_code, settled.status_code) == (201, 200)
    (found,) = _threads(officer_api, submission_id)
    assert [it["text"] for it in found["comments"]] == ["Số hộ nghèo chưa khớp", "Đã đối chiếu"]
    assert (found["is_open"], found["resolved_by"]) == (False, "Người clerk")
    assert (found["part"], found["round"]) == ("indicators", 1)


def test_a_settled_thread_takes_no_answer_until_it_is_open_again(
    clerk_api, officer_api, submission_id
):
    here = f"/submissions/{submission_id}/comments/{_comment(clerk_api, submission_id).json['id']}"
    clerk_api.post(f"{here}/settle", {"is_settled": True})
    refused = officer_api.post(f"{here}/answers", {"text": "Muộn"})
    clerk_api.post(f"{here}/settle", {"is_settled": False})
    taken = officer_api.post(f"{here}/answers", {"text": "Kịp"})

    assert (refused.status_code, taken.status_code) == (409, 201)
    assert [it["text"] for it in _threads(clerk_api, submission_id)[0]["comments"]][1:] == ["Kịp"]


def test_the_same_call_twice_is_said_once(clerk_api, submission_id):
    first, second = (_comment(clerk_api, submission_id, key="the-same-key") for _ in "12")

    assert first.json == second.json
    assert len(_threads(clerk_api, submission_id)) == 1


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"part": "indicators", "text": " "}, "#/text"),
        ({"part": "indicators"}, "#/text"),
        ({"part": "nonsense", "text": "a"}, "#/part"),
        ({"part": "indicators", "text": "a" * 2_001}, "#/text"),
        ({"part": "indicators", "text": "a\u0000b"}, "#/text"),
    ],
)
def test_a_refused_comment_leaves_no_trace(clerk_api, submission_id, body, pointer):
    answer = clerk_api.post(f"/submissions/{submission_id}/comments", body)

    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, pointer)
    assert _threads(clerk_api, submission_id) == []


def test_comments_stay_with_their_round(world, clerk_api, officer_api, submission_id):
    _comment(clerk_api, submission_id)
    clerk_api.post(f"/submissions/{submission_id}/return", {"reason": ""})
    officer_api.report(a_report(limitations=["Khác"]))
    world.clock.forward(hours=1)
    _comment(clerk_api, submission_id, "Còn thiếu", part="directions")

    found = _threads(clerk_api, submission_id)

    assert [(it["part"], it["round"]) for it in found] == [("indicators", 1), ("directions", 2)]


def test_a_return_carries_the_open_comments_and_not_the_settled(clerk_api, submission_id):
    _comment(clerk_api, submission_id)
    settled = _comment(clerk_api, submission_id, "Đã rõ", part="directions").json
    clerk_api.post(
        f"/submissions/{submission_id}/comments/{settled['id']}/settle", {"is_settled": True}
    )

    clerk_api.post(f"/submissions/{submission_id}/return", {"reason": "Sửa giúp"})

    reason = clerk_api.get(f"/submissions/{submission_id}").json["moves"][-1]["reason"]
    assert reason == "Sửa giúp\n– Chỉ tiêu: Số hộ nghèo chưa khớp"


def test_open_comments_alone_are_reason_enough(clerk_api, submission_id):
    _comment(clerk_api, submission_id)

    answer = clerk_api.post(f"/submissions/{submission_id}/return", {"reason": ""})

    assert (answer.status_code, answer.json["state"]) == (200, "returned")


def test_nobody_outside_reads_or_writes(world, clerk_api, submission_id):
    thread = _comment(clerk_api, submission_id).json
    here = f"/submissions/{submission_id}/comments"
    strangers = (world.person(Role.CLERK, at=world.foreign), world.officer("tai-chinh"))

    for person in strangers:
        api = Api(world, person)
        assert api.get(here).status_code == 404
        assert _comment(api, submission_id).status_code == 404
        assert api.post(f"{here}/{thread['id']}/answers", {"text": "a"}).status_code == 404
    assert len(_threads(clerk_api, submission_id)[0]["comments"]) == 1


def test_a_thread_is_only_found_at_its_own_report(world, clerk_api, submission_id):
    thread = _comment(clerk_api, submission_id).json
    other = submitted(world, "tai-chinh")

    answer = clerk_api.post(
        f"/submissions/{other}/comments/{thread['id']}/settle", {"is_settled": True}
    )

    assert answer.status_code == 404
    assert _threads(clerk_api, submission_id)[0]["is_open"]


def test_only_the_clerk_settles(officer_api, clerk_api, submission_id):
    thread = _comment(clerk_api, submission_id).json

    answer = officer_api.post(
        f"/submissions/{submission_id}/comments/{thread['id']}/settle", {"is_settled": True}
    )

    assert answer.status_code == 403


def test_a_draft_has_nothing_to_comment_on(clerk_api, officer_api):
    draft = officer_api.report(action="draft").json["submission_id"]

    assert _comment(officer_api, draft).status_code == 409
    assert _comment(clerk_api, draft).status_code == 404
    assert clerk_api.get(f"/submissions/{draft}/comments").status_code == 404


def test_the_other_side_is_told(world, clerk_api, officer_api):
    submission_id = submitted(world)
    world.clerk()
    thread = _comment(clerk_api, submission_id).json
    officer_api.post(
        f"/submissions/{submission_id}/comments/{thread['id']}/answers", {"text": "Đã sửa"}
    )

    with world.deps.database.read() as session:
        told = {
            person.role: [
                it.detail
                for it in Notices(session, account_id=person.account_id).page().items
                if it.kind == "commented"
            ]
            for person in (world.clerk(), world.officer())
        }
    assert told == {Role.CLERK: ["Đã sửa"], Role.SECTOR_OFFICER: ["Số hộ nghèo chưa khớp"]}


def test_a_comment_is_written_on_the_page_and_refused_beside_its_field(world, submission_id):
    clerk = world.client(world.clerk())
    here = f"/submissions/{submission_id}/comments"
    form = {"idempotency_key": "k-on-the-page", "part": "indicators"}

    refused = clerk.post(here, {**form, "comment-indicators": "a\u0007b"})
    written = clerk.post(here, {**form, "comment-indicators": "Xem lại số hộ"})

    assert refused.status_code == 422
    assert 'id="e-comment-indicators"' in refused.text
    assert written.location.endswith("#part-indicators")
    assert (
        "Xem lại số hộ" in world.client(world.officer()).get(f"/submissions/{submission_id}").text
    )


def test_an_answer_is_written_and_a_thread_settled_on_the_page(world, clerk_api, submission_id):
    thread = _comment(clerk_api, submission_id).json
    here = f"/submissions/{submission_id}/comments/{thread['id']}"
    officer, clerk = world.client(world.officer()), world.client(world.clerk())

    refused = officer.post(f"{here}/answers", {f"answer-{thread['id']}": " "})
    officer.post(f"{here}/answers", {f"answer-{thread['id']}": "Đã sửa", "idempotency_key": "k1"})
    clerk.post(f"{here}/settle", {"is_settled": "true", "idempotency_key": "k2"})

    (found,) = _threads(clerk_api, submission_id)
    assert refused.status_code == 422
    assert ([it["text"] for it in found["comments"]][1:], found["is_open"]) == (["Đã sửa"], False)
