"""Parts of a report by the API: versions, both texts of a conflict, handing in."""

from uuid import uuid4

import pytest

from tests.builders.intake import Api


@pytest.fixture
def parts(world):
    return f"/periods/{world.office.period_id}/parts"


@pytest.fixture
def colleague_api(world):
    return Api(world, world.colleague())


def _body(*texts, version=0):
    return {"version": version, "content": {"limitations": list(texts)}}


def test_a_part_is_read_with_its_version_and_saved_under_the_next(officer_api, parts):
    asked = officer_api.get(f"{parts}/limitations").json
    saved = officer_api.put(f"{parts}/limitations", _body("a", version=asked["version"]))
    again = officer_api.get(f"{parts}/limitations").json

    assert (asked["version"], asked["state"]) == (0, "not_begun")
    assert (saved.status_code, saved.json["version"]) == (200, 1)
    assert (again["version"], again["state"], again["content"]["limitations"]) == (
        1,
        "complete",
        ["a"],
    )
    assert again["saved_by"] == "Người sector_officer van-hoa"


def test_a_conflict_is_a_problem_with_both_texts(officer_api, colleague_api, parts):
    officer_api.put(f"{parts}/limitations", _body("một"))
    refused = colleague_api.put(f"{parts}/limitations", _body("hai"))

    assert (refused.status_code, refused.json["type"]) == (409, "/problems/conflict")
    texts = refused.json["texts"]
    assert texts["mine"]["limitations"] == ["hai"]
    assert texts["theirs"]["limitations"] == ["một"]
    assert texts["version"] == 1
    settled = colleague_api.post(
        f"/set-asides/{texts['set_aside']['id']}/settle",
        {"side": "both", "version": 1, "rows": [{"key": "một", "side": "neither"}]},
    )
    assert settled.json["version"] == 2
    assert officer_api.get(f"{parts}/limitations").json["content"]["limitations"] == ["hai"]


def test_the_same_save_twice_is_one_save_and_one_conflict_twice_is_one_text(
    world, officer_api, colleague_api, parts
):
    first = officer_api.put(f"{parts}/limitations", _body("một"), key="one-key-1")
    second = officer_api.put(f"{parts}/limitations", _body("một"), key="one-key-1")
    refused = [
        colleague_api.put(f"{parts}/limitations", _body("hai"), key="one-key-2") for _ in range(2)
    ]

    assert first.json == second.json
    assert refused[0].json["texts"] == refused[1].json["texts"]
    kept = officer_api.get(f"/periods/{world.office.period_id}/set-asides").json
    assert len(kept) == 1


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"version": 0, "content": {"directions": ["của phần khác"]}}, "#/content/directions"),
        (
            {"version": 0, "content": {"limitations": ["a"], "nothing_to_report": ["limitations"]}},
            "#/content/nothing_to_report/0",
        ),
        ({"version": -1, "content": {}}, "#/version"),
        ({"version": 2**40, "content": {}}, "#/version"),
        ({"content": {}}, "#/version"),
        ({"version": 0, "content": {"limitations": [1]}}, "#/content/limitations/0"),
    ],
)
def test_a_body_that_does_not_fit_is_refused_in_its_place(officer_api, parts, body, pointer):
    refused = officer_api.put(f"{parts}/limitations", body)

    assert refused.status_code == 422
    assert refused.json["errors"][0]["pointer"] == pointer


def test_a_version_of_what_was_never_begun_is_refused(officer_api, parts):
    assert officer_api.put(f"{parts}/limitations", _body("a", version=7)).status_code == 422


def test_a_draft_is_handed_in_by_its_sha256(world, officer_api, parts):
    officer_api.put(f"{parts}/limitations", _body("a"))
    draft = officer_api.get(f"/periods/{world.office.period_id}/draft").json
    path = f"/periods/{world.office.period_id}/submit"
    wrong = officer_api.post(path, {"sha256": "0" * 64})
    receipt = officer_api.post(path, {"sha256": draft["sha256"]})

    assert wrong.status_code == 409
    assert (receipt.status_code, receipt.json["state"]) == (201, "submitted")
    assert receipt.json["sha256"] == draft["sha256"]


def test_another_sector_reaches_no_text_beside_a_report(world, officer_api, colleague_api, parts):
    officer_api.put(f"{parts}/limitations", _body("một"))
    refused = colleague_api.put(f"{parts}/limitations", _body("hai")).json
    place = f"/set-asides/{refused['texts']['set_aside']['id']}"
    stranger = Api(world, world.officer("tai-chinh"))

    assert stranger.get(place).status_code == 404
    body = {"side": "mine", "version": 1}
    assert stranger.post(f"{place}/settle", body).status_code == 404
    assert officer_api.get(f"/set-asides/{uuid4()}").status_code == 404


def test_parts_that_a_unit_is_not_asked_are_not_found(officer_api, parts):
    assert officer_api.get(f"{parts}/poems").status_code == 404
    assert officer_api.put(f"{parts}/poems", _body("a")).status_code == 404


def test_the_rounds_are_told_apart_word_by_word(world, officer_api, clerk_api):
    first = officer_api.report({"limitations": ["Thiếu cán bộ"], "directions": ["x"]}).json
    clerk_api.post(f"/submissions/{first['submission_id']}/return", {"reason": "Sửa"})
    officer_api.report({"limitations": ["Thiếu nhiều cán bộ"], "directions": ["x"]})
    page = world.client(world.officer()).get(f"{world.period}/report/rounds")

    assert "Thay đổi từ lượt 1 đến lượt 2" in page.text
    assert "<ins>nhiều " in page.text
    assert "Phương hướng" not in page.text
    assert page.text.count("2023-VAN-HOA-L") == 2


def test_without_rounds_the_history_says_what_comes(world):
    page = world.client(world.officer()).get(f"{world.period}/report/rounds")

    assert "Chưa có lượt nộp nào" in page.text
