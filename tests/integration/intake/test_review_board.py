"""The board, accepting several, the review sheet and the leader's view."""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup

from kernel.auth.principal import Role
from services.intake.domain.receipts import Call
from services.intake.use_cases import accepting_many
from services.intake.use_cases.comparing import read_review
from tests.builders.intake import Api, a_report, accepted, submitted


def _board(api, world, **query):
    text = "&".join(f"{name}={value}" for name, value in query.items())
    return api.get(f"{world.period}/board?{text}").json


def _cells(board, code):
    row = next(it for it in board["rows"] if it["unit"]["code"] == code)
    return {it["part"]: it["state"] for it in row["cells"]}


def test_every_part_of_every_unit_has_its_state(world, clerk_api, officer_api):
    officer_api.report(a_report(nothing_to_report=["directions"], directions=[]))

    cells = _cells(_board(clerk_api, world), "van-hoa")

    assert cells == {
        "movements": "complete",
        "indicators": "some",
        "achievements": "some",
        "nominations": "complete",
        "limitations": "complete",
        "directions": "declared_empty",
    }
    assert set(_cells(_board(clerk_api, world), "tai-chinh").values()) == {"nothing"}


def test_plans_alone_do_not_complete_a_part(world, clerk_api, officer_api):
    plans = [{"code": code, "plan": 10} for code in ("VX1", "VX2")]

    officer_api.report(a_report(indicators=plans), action="draft")

    assert _cells(_board(clerk_api, world), "van-hoa")["indicators"] == "some"
    page = world.client(world.officer()).get(f"{world.period}/report/check")
    assert "Chưa có số thực hiện" in page.text


def test_of_a_draft_the_office_learns_no_more_than_how_far_it_is(world, clerk_api, officer_api):
    secret = "Điều chưa muốn nói"
    officer_api.report(a_report(limitations=[secret]), action="draft")

    answer = clerk_api.get(f"{world.period}/board")
    page = world.client(world.clerk()).get(world.period)

    assert _cells(answer.json, "van-hoa")["limitations"] == "complete"
    assert secret not in answer.get_data(as_text=True)
    assert secret not in page.text
    assert "/submissions/" not in page.text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"state": "submitted"}, ["van-hoa"]),
        ({"late": "true"}, ["tai-chinh"]),
        ({"q": "TAI+chinh"}, ["tai-chinh"]),
        ({"comments": "true"}, ["van-hoa"]),
        ({"state": "accepted"}, []),
        ({"order": "hand"}, ["van-hoa", "tai-chinh"]),
        ({"order": "name"}, ["van-hoa", "tai-chinh"]),
    ],
)
def test_the_board_is_filtered_and_sorted(world, clerk_api, query, expected):
    submission_id = submitted(world)
    clerk_api.post(
        f"/submissions/{submission_id}/comments", {"part": "directions", "text": "Nói rõ hơn"}
    )
    world.clock.forward(days=9)

    board = _board(clerk_api, world, **query)

    assert [it["unit"]["code"] for it in board["rows"]] == expected
    assert (board["total"], board["late"]) == (2, 1)


@pytest.mark.parametrize("query", ["state=nonsense", "late=perhaps", "order=up"])
def test_an_unknown_filter_is_refused_to_programs_and_ignored_on_the_page(world, clerk_api, query):
    assert clerk_api.get(f"{world.period}/board?{query}").status_code == 422
    page = world.client(world.clerk()).get(f"{world.period}?{query}")
    assert len(BeautifulSoup(page.text, "html.parser").select("table.board tbody tr")) == 2


def test_the_chart_has_its_table_behind_it(world):
    submitted(world)

    page = BeautifulSoup(world.client(world.clerk()).get(world.period).text, "html.parser")

    figure = page.select_one("figure")
    assert "đã nộp 1" in figure.select_one("svg title").text
    assert "Tổng số2" in figure.select_one("table").text.replace("\n", "").replace(" ", "").replace(
        "Tổngsố", "Tổng số"
    )


def _many(world, *chosen, key="a-key-for-many"):
    return accepting_many.accept_many(
        tuple(accepting_many.Chosen(submission_id=one, round=number) for one, number in chosen),
        Call(actor="clerk", key=key, fingerprint=""),
        by=world.clerk(),
        deps=world.deps,
    )


def test_many_are_accepted_and_what_changed_is_left_out(world, clerk_api, officer_api):
    first, second = submitted(world), submitted(world, "tai-chinh")
    clerk_api.post(f"/submissions/{first}/return", {"reason": "Thiếu"})
    officer_api.report(a_report(limitations=["Khác"]))

    outcomes = _many(world, (first, 1), (second, 1), (uuid4(), 1))

    assert [it.is_done for it in outcomes] == [False, True, False]
    assert clerk_api.get(f"/submissions/{first}").json["state"] == "submitted"
    assert clerk_api.get(f"/submissions/{second}").json["state"] == "accepted"


def test_many_under_one_key_are_accepted_once(world, clerk_api):
    chosen = [(submitted(world), 1), (submitted(world, "tai-chinh"), 1)]

    first, again = _many(world, *chosen), _many(world, *chosen)

    assert first == again
    for one, _ in chosen:
        moves = clerk_api.get(f"/submissions/{one}").json["moves"]
        assert [it["to_state"] for it in moves].count("accepted") == 1


def test_many_through_the_api(world, clerk_api):
    one = str(submitted(world))

    done = clerk_api.post("/accept-many", {"chosen": [{"submission_id": one, "round": 1}]})
    empty = clerk_api.post("/accept-many", {"chosen": []})

    assert [(it["unit_name"], it["state"]) for it in done.json] == [("Ban Văn hóa", "accepted")]
    assert (empty.status_code, empty.json["errors"][0]["pointer"]) == (422, "#/chosen")


def test_the_page_of_many_warns_then_tells_each_outcome(world, clerk_api, officer_api):
    first, second = submitted(world), submitted(world, "tai-chinh")
    clerk_api.post(f"/submissions/{first}/comments", {"part": "directions", "text": "Rõ hơn"})
    clerk = world.client(world.clerk())
    here = f"{world.period}/accept-many"

    asked = clerk.get(f"{here}?chosen={first}~1&chosen={second}~1")
    clerk_api.post(f"/submissions/{second}/return", {"reason": "Thiếu"})
    told = clerk.post(here, {"idempotency_key": "k-many", "chosen": [f"{first}~1", f"{second}~1"]})

    assert "Còn 1 ý kiến chưa xong." in asked.text
    assert "Xong 1/2 báo cáo" in told.text
    assert clerk_api.get(f"/submissions/{first}").json["state"] == "accepted"


@pytest.mark.parametrize("query", ["", "chosen=x", "chosen=~", "chosen=1~1", "chosen=%00~99999999"])
def test_a_broken_choice_leads_back_to_the_board(world, query):
    answer = world.client(world.clerk()).get(f"{world.period}/accept-many?{query}")

    assert (answer.status_code, answer.location) == (303, world.period)


def test_reports_of_others_cannot_be_chosen(world):
    one = submitted(world)
    foreign = world.person(Role.CLERK, at=world.foreign)
    own_period = f"/periods/{world.foreign.period_id}/accept-many?chosen={one}~1"

    assert world.client(foreign).get(own_period).status_code == 404
    assert (
        not Api(world, foreign)
        .post("/accept-many", {"chosen": [{"submission_id": str(one), "round": 1}]})
        .json[0]["is_done"]
    )


def test_the_review_marks_what_changed_and_the_switch_hides_it(world, clerk_api, officer_api):
    submission_id = submitted(world)
    clerk_api.post(f"/submissions/{submission_id}/return", {"reason": "Thiếu"})
    officer_api.report(a_report(indicators=[{"code": "VX1", "actual": 70}]))
    clerk = world.client(world.clerk())

    marked = clerk.get(f"/submissions/{submission_id}").text
    plain = clerk.get(f"/submissions/{submission_id}?marks=0").text

    assert "<del>65 hộ</del>" in marked
    assert "<ins>70 hộ</ins>" in marked
    assert "<ins>" not in plain


def test_differences_are_told_to_programs(world, clerk_api, officer_api):
    submission_id = submitted(world)
    clerk_api.post(f"/submissions/{submission_id}/return", {"reason": "Thiếu"})
    officer_api.report(a_report(directions=["Đẩy mạnh các phong trào"]))
    here = f"/submissions/{submission_id}/differences"

    found = clerk_api.get(f"{here}?from=1&to=2").json

    (part,) = found["parts"]
    words = part["rows"][0]["fields"][0]["words"]
    assert part["part"] == "directions"
    assert [it["text"] for it in words if it["change"] == "added"] == ["các "]
    assert clerk_api.get(f"{here}?from=1&to=9").status_code == 404
    assert clerk_api.get(f"{here}?from=x&to=2").status_code == 422


def test_the_office_compares_no_draft(world, clerk_api, officer_api):
    submission_id = submitted(world)
    clerk_api.post(f"/submissions/{submission_id}/return", {"reason": "Thiếu"})
    officer_api.report(a_report(limitations=["Bí mật"]), action="draft")
    here = f"/submissions/{submission_id}/differences?from=1&to=2"

    assert clerk_api.get(here).status_code == 404
    assert officer_api.get(here).status_code == 200


def test_last_years_accepted_figures_stand_beside(world, clerk_api):
    accepted(world)
    clerk_api.post(
        "/periods",
        {
            "like": str(world.office.period_id),
            "code": "2024",
            "title": "Tổng kết năm 2024",
            "year": 2024,
            "due_on": "2024-12-15",
        },
    )
    period_id = clerk_api.get("/periods").json[0]["id"]
    body = {"action": "submit", "content": a_report(indicators=[{"code": "VX1", "actual": 50}])}
    one = Api(world, world.officer()).post(f"/periods/{period_id}/submissions", body).json
    clerk_api.post(f"/submissions/{one['submission_id']}/accept", {})

    page = world.client(world.clerk()).get(f"/submissions/{one['submission_id']}").text
    overview = clerk_api.get(f"/overview?period={period_id}").json

    assert "Năm trước (đã duyệt)" in page
    assert "65 hộ" in page
    figures = [it for heading in overview["headings"] for it in heading["figures"]]
    assert [(it["code"], it["actual"], it["last_year"]) for it in figures] == [("VX1", "50", "65")]


def test_a_reopening_tells_which_dossiers_stay_as_they_are(world, clerk_api):
    submission_id = accepted(world)
    clerk_api.post(f"{world.period}/dossiers")

    sheet = read_review(submission_id, by=world.clerk(), deps=world.deps)
    page = world.client(world.clerk()).get(f"/submissions/{submission_id}").text

    assert [it.round for it in sheet.frozen_in] == [1]
    assert "lượt 1: giữ nguyên" in page


def test_the_next_waiting_report_is_one_link_away(world):
    first, second = submitted(world), submitted(world, "tai-chinh")

    sheet = read_review(first, by=world.clerk(), deps=world.deps)
    back = read_review(second, by=world.clerk(), deps=world.deps)

    assert (sheet.previous, sheet.next.id) == (None, second)
    assert (back.previous.id, back.next) == (first, None)


def test_a_leader_sees_progress_late_units_questions_and_figures(world, clerk_api):
    submission_id = accepted(world)
    clerk_api.post(
        f"/submissions/{submission_id}/comments", {"part": "indicators", "text": "Số liệu lạ"}
    )
    world.clock.forward(days=9)

    page = world.client(world.person(Role.LEADER)).get("/overview").text

    for text in ("đã duyệt 1/2", "Tài chính", "muộn", "Số liệu lạ", "65 hộ", "Hồ sơ tổng hợp"):
        assert text in page
    assert 'method="post" action="/overview' not in page


def test_the_overview_is_of_ones_own_office_and_never_of_a_sector(world):
    accepted(world)
    leader = world.client(world.person(Role.LEADER))

    assert leader.get(f"/overview?period={world.foreign.period_id}").status_code == 404
    assert leader.get("/overview?period=x").status_code == 404
    assert world.client(world.officer()).get("/overview").status_code == 403
    assert Api(world, world.officer()).get("/overview").status_code == 403
