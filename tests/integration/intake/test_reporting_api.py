import unicodedata

import pytest
from sqlalchemy import func, select, update

from services.intake.persistence.models import PeriodRow, RoundRow, SubmissionRow
from tests.builders.intake import Api, a_report


def _rows(world, model):
    with world.deps.database.read() as session:
        return session.scalar(select(func.count()).select_from(model))


def test_a_submitted_report_gets_a_receipt(officer_api):
    answer = officer_api.report()

    assert answer.status_code == 201
    assert answer.json["state"] == "submitted"
    assert answer.json["round"] == 1
    assert answer.json["code"] == f"2023-VAN-HOA-L1-{answer.json['sha256'][:6].upper()}"
    assert answer.json["submitted_at"] == "2023-12-10T02:30:00+00:00"


def test_the_same_call_twice_is_carried_out_once(world, officer_api):
    first = officer_api.report(key="same-key-1")
    world.clock.forward(minutes=5)
    second = officer_api.report(key="same-key-1")

    assert (second.status_code, second.json) == (201, first.json)
    assert _rows(world, RoundRow) == 1


def test_a_key_is_not_good_for_another_request(officer_api):
    officer_api.report(action="draft", key="same-key-1")
    other = officer_api.report(a_report(limitations=[]), action="draft", key="same-key-1")

    assert other.status_code == 422
    assert other.json["errors"][0]["pointer"] == "#/Idempotency-Key"


def test_two_people_may_use_the_same_key(world, officer_api):
    mine = officer_api.report(key="same-key-1")
    theirs = Api(world, world.officer("tai-chinh")).report({"limitations": ["x"]}, key="same-key-1")

    assert theirs.status_code == 201
    assert theirs.json["submission_id"] != mine.json["submission_id"]


def test_submitting_again_under_a_new_key_is_a_conflict(officer_api):
    officer_api.report()
    again = officer_api.report()

    assert again.status_code == 409
    assert "đã được nộp rồi" in again.json["detail"]


def test_a_submitted_report_is_no_draft_any_more(officer_api):
    officer_api.report()
    again = officer_api.report(action="draft")

    assert again.status_code == 409


def test_a_draft_is_saved_again_and_again_in_one_round(world, officer_api):
    officer_api.report(action="draft")
    answer = officer_api.report(a_report(limitations=["Sửa lại"]), action="draft")

    assert (answer.json["state"], answer.json["round"]) == ("draft", 1)
    assert answer.json["submitted_at"] is None
    stored = officer_api.get(f"/submissions/{answer.json['submission_id']}").json
    assert stored["content"]["limitations"] == ["Sửa lại"]
    assert [move["to_state"] for move in stored["moves"]] == ["draft"]


def test_a_draft_may_lack_what_a_report_must_have(officer_api):
    content = a_report(nominations=[{"name": "Nguyễn Thị Một"}])

    assert officer_api.report(content, action="draft").status_code == 201
    refused = officer_api.report(content)
    assert [error["pointer"] for error in refused.json["errors"]] == [
        "#/content/nominations/0/kind",
        "#/content/nominations/0/award",
    ]


BAD_CONTENT = {
    "unknown part": ({"poems": []}, "#/content/poems"),
    "unknown field": ({"movements": [{"name": "a", "mood": "b"}]}, "#/content/movements/0/mood"),
    "list of the wrong thing": ({"movements": ["a"]}, "#/content/movements/0"),
    "no list": ({"limitations": "a"}, "#/content/limitations"),
    "number for text": ({"limitations": [1]}, "#/content/limitations/0"),
    "null for text": ({"directions": [None]}, "#/content/directions/0"),
    "missing code": ({"indicators": [{"actual": 1}]}, "#/content/indicators/0/code"),
    "text for figure": (
        {"indicators": [{"code": "VX1", "actual": "nhiều"}]},
        "#/content/indicators/0/actual",
    ),
    "truth for figure": (
        {"indicators": [{"code": "VX1", "actual": True}]},
        "#/content/indicators/0/actual",
    ),
    "infinite figure": (
        {"indicators": [{"code": "VX1", "actual": "Infinity"}]},
        "#/content/indicators/0/actual",
    ),
    "huge figure": (
        {"indicators": [{"code": "VX1", "actual": "1e30"}]},
        "#/content/indicators/0/actual",
    ),
    "odd checkbox": (
        {"indicators": [{"code": "VX1", "actual": 1, "at_least": "maybe"}]},
        "#/content/indicators/0/at_least",
    ),
    "unknown indicator": (
        {"indicators": [{"code": "ZZ", "actual": 1}]},
        "#/content/indicators/0/code",
    ),
    "another sector's indicator": (
        {"indicators": [{"code": "KT1", "actual": 1}]},
        "#/content/indicators/0/code",
    ),
    "indicator twice": (
        {"indicators": [{"code": "VX1", "actual": 1}, {"code": "VX1", "actual": 2}]},
        "#/content/indicators/1/code",
    ),
    "negative count": (
        {"indicators": [{"code": "VX1", "actual": -1}]},
        "#/content/indicators/0/actual",
    ),
    "percentage that follows": (
        {"indicators": [{"code": "VX1", "actual": 65, "reported_percent": 9}]},
        "#/content/indicators/0/reported_percent",
    ),
    "unknown heading": (
        {"achievements": [{"field": "tho-ca", "text": "a"}]},
        "#/content/achievements/0/field",
    ),
    "unknown award": (
        {"nominations": [{"kind": "individual", "name": "a", "award": "nobel"}]},
        "#/content/nominations/0/award",
    ),
    "award for another kind": (
        {"nominations": [{"kind": "collective", "name": "a", "award": "advanced_worker"}]},
        "#/content/nominations/0/award",
    ),
    "unknown kind": (
        {"nominations": [{"kind": "cat", "name": "a", "award": "advanced_worker"}]},
        "#/content/nominations/0/kind",
    ),
    "nomination without name": (
        {"nominations": [{"kind": "individual", "award": "advanced_worker"}]},
        "#/content/nominations/0/name",
    ),
    "nomination twice": (
        {"nominations": [a_report()["nominations"][0], a_report()["nominations"][0]]},
        "#/content/nominations/1/name",
    ),
    "movement twice": (
        {"movements": [{"name": "Một"}, {"name": "một"}]},
        "#/content/movements/1/name",
    ),
    "result without movement": ({"movements": [{"result": "tốt"}]}, "#/content/movements/0/name"),
    "control character": ({"limitations": ["a\x07b"]}, "#/content/limitations/0"),
    "null character": ({"limitations": ["a\x00b"]}, "#/content/limitations/0"),
    "lone surrogate": ({"limitations": ["a\ud800b"]}, "#/content/limitations/0"),
    "a megabyte": ({"limitations": ["a" * 1_000_000]}, "#/content/limitations/0"),
    "too many rows": ({"limitations": ["a"] * 201}, "#/content/limitations"),
}


@pytest.mark.parametrize(("part", "pointer"), BAD_CONTENT.values(), ids=BAD_CONTENT)
def test_a_refused_report_says_where_and_leaves_no_trace(world, officer_api, part, pointer):
    answer = officer_api.report(a_report(**part))

    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert pointer in [error["pointer"] for error in answer.json["errors"]]
    assert _rows(world, SubmissionRow) == 0


BAD_BODIES = {
    "nothing": {},
    "list": [],
    "text": "a",
    "unknown action": {"action": "publish", "content": a_report()},
    "no action": {"content": a_report()},
    "no content": {"action": "submit"},
    "extra": {"action": "submit", "content": a_report(), "state": "accepted"},
}


@pytest.mark.parametrize("body", BAD_BODIES.values(), ids=BAD_BODIES)
def test_a_body_that_does_not_fit_is_refused(world, officer_api, body):
    answer = officer_api.post(f"{world.period}/submissions", body)

    assert answer.status_code == 422
    assert _rows(world, SubmissionRow) == 0


@pytest.mark.parametrize(
    "body",
    [
        "[" * 100_000,
        '{"a":' * 50_000,
        '{"action": "draft", "content": {"indicators": [{"plan": %s}]}}' % ("9" * 6_000),
        r'{"\ud800": 1}',
        b'{"action": "\xff"}',
    ],
    ids=["too deep a list", "too deep an object", "too long a number", "a half pair", "no UTF-8"],
)
def test_json_that_python_cannot_take_is_refused_in_vietnamese(world, body):
    answer = world.client(world.officer("van-hoa")).api(
        "POST",
        f"/api/v1/periods/{world.office.period_id}/submissions",
        data=body,
        content_type="application/json",
        headers={"Idempotency-Key": "a-key-here"},
    )

    assert (answer.status_code, answer.json["title"]) == (422, "Dữ liệu chưa hợp lệ")
    assert _rows(world, SubmissionRow) == 0


def test_a_call_without_a_key_is_refused(world):
    answer = world.client(world.officer()).api(
        "POST",
        f"/api/v1{world.period}/submissions",
        json={"action": "draft", "content": a_report()},
    )

    assert answer.status_code == 422
    assert "Idempotency-Key" in answer.json["errors"][0]["pointer"]


def test_an_empty_report_is_no_report(officer_api):
    empty = {"movements": [{"name": "Xây dựng đời sống văn hóa"}]}

    assert officer_api.report(empty).status_code == 422
    assert officer_api.report(empty, action="draft").status_code == 201


@pytest.mark.parametrize(
    "typed",
    [
        "{{ 7*7 }}",
        "{% for x in y %}",
        "<w:p><w:r/></w:p>",
        "A & B < C > D \"E\" 'F'",
        "=HYPERLINK(1)",
        "'; DROP TABLE submission; --",
        "dòng một\ndòng hai",
        "Đặng Thị Ngọc Thịnh ư ơ ă â ê ô đ 😀",
    ],
)
def test_text_is_stored_exactly_as_typed(officer_api, typed):
    receipt = officer_api.report(a_report(limitations=[typed])).json
    stored = officer_api.get(f"/submissions/{receipt['submission_id']}").json

    assert stored["content"]["limitations"] == [typed]


def test_decomposed_text_is_stored_composed(officer_api):
    typed = unicodedata.normalize("NFD", "Thi đua yêu nước ở xã Linh Thông")
    receipt = officer_api.report(a_report(directions=[typed])).json
    stored = officer_api.get(f"/submissions/{receipt['submission_id']}").json

    assert stored["content"]["directions"] == [unicodedata.normalize("NFC", typed)]


@pytest.mark.parametrize(
    ("sent", "stored"),
    [(8.78, "8.78"), ("8.780", "8.78"), (12000, "12000"), ("1.2e4", "12000"), (0.0, "0")],
)
def test_figures_are_kept_exactly_and_in_one_form(officer_api, sent, stored):
    receipt = officer_api.report(a_report(indicators=[{"code": "VX1", "actual": sent}])).json
    content = officer_api.get(f"/submissions/{receipt['submission_id']}").json["content"]

    assert content["indicators"][0]["actual"] == stored


def test_a_closed_period_takes_no_report(world, officer_api):
    with world.deps.database.begin() as session:
        session.execute(update(PeriodRow).values(status="closed"))

    answer = officer_api.report()

    assert answer.status_code == 409
    assert "đã đóng" in answer.json["detail"]


def test_the_form_says_what_is_asked_and_of_whom(world, officer_api):
    form = officer_api.get(f"{world.period}/form").json

    assert [it["code"] for it in form["indicators"]] == ["VX1", "VX2", "KT1"]
    assert form["indicators"][0]["base"] == "740"
    assert [it["decimals"] for it in form["indicators"]] == [2, 0, 2]
    assert form["movements_from_above"] == ["An toàn giao thông"]
    assert "advanced_worker" in {it["code"] for it in form["awards"]}


def test_periods_count_what_is_accepted(world, officer_api, clerk_api):
    receipt = officer_api.report().json
    clerk_api.post(f"/submissions/{receipt['submission_id']}/accept", {})

    assert officer_api.get("/periods").json == [
        {
            "id": str(world.office.period_id),
            "code": "2023",
            "title": "Tổng kết năm 2023",
            "year": 2023,
            "due_on": "2023-12-15",
            "status": "open",
            "accepted": 1,
            "total": 2,
        }
    ]
