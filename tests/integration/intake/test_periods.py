"""Periods by the API: opened with an edition, closed, reopened, moved, given another form."""

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from kernel.auth.principal import Role
from services.intake.persistence.models import EditionMoveRow, NoticeRow, PeriodEventRow
from tests.builders.editions import (
    PERIOD_2024,
    a_draft,
    asked_edition,
    asks,
    edition,
    without_vx1,
)
from tests.builders.intake import Api, a_report, submitted


def _settings(world):
    return Api(world, world.clerk()).get(f"{world.period}/settings").json


def _notices(world):
    with world.deps.database.read() as session:
        return session.scalars(select(NoticeRow).order_by(NoticeRow.created_at)).all()


@pytest.mark.parametrize("source", ["edition_id", "like"])
def test_a_period_asks_the_edition_that_was_chosen_or_that_of_an_earlier_period(
    world, clerk_api, source
):
    world.officer()
    asked = asked_edition(world)
    chosen = asked if source == "edition_id" else str(world.office.period_id)

    opened = clerk_api.post("/periods", {**PERIOD_2024, source: chosen})

    settings = clerk_api.get(f"/periods/{opened.json['id']}/settings").json
    assert (settings["edition"]["id"], settings["period"]["status"]) == (asked, "open")
    (event,) = settings["events"]
    assert (event["kind"], event["by"]) == ("opened", world.clerk().name)
    assert [it.kind for it in _notices(world)][-1] == "period_opened"


@pytest.mark.parametrize("body", [{}, {"edition_id": None}, {"like": None}])
def test_a_period_names_one_form(clerk_api, body):
    refused = clerk_api.post("/periods", {**PERIOD_2024, **body})

    assert refused.status_code == 422
    assert [it["pointer"] for it in refused.json["errors"]] == ["#/edition_id"]


def test_a_code_that_is_taken_is_refused_at_its_place(world, clerk_api):
    body = {**PERIOD_2024, "code": "2023", "like": str(world.office.period_id)}

    refused = clerk_api.post("/periods", body)

    assert [it["pointer"] for it in refused.json["errors"]] == ["#/code"]


def test_a_moved_deadline_is_kept_as_history_and_told_to_the_officers(world, clerk_api):
    officer = world.officer()
    body = {"due_on": "2023-12-20", "reason": "Mưa bão"}

    moved = clerk_api.post(f"{world.period}/deadline", body)

    assert moved.json["due_on"] == "2023-12-20"
    (event,) = _settings(world)["events"]
    assert (event["before"], event["after"]) == ("15/12/2023", "20/12/2023")
    assert (event["reason"], event["by"]) == ("Mưa bão", world.clerk().name)
    (told,) = [it for it in _notices(world) if it.account_id == officer.account_id]
    assert "20/12/2023" in told.detail
    assert "Mưa bão" in told.detail


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"due_on": "2023-12-20"}, "#/reason"),
        ({"due_on": "2023-12-15", "reason": "x"}, "#/due_on"),
        ({"due_on": "1999-12-15", "reason": "x"}, "#/due_on"),
        ({"reason": "x"}, "#/due_on"),
    ],
)
def test_a_deadline_that_does_not_fit_changes_nothing(world, clerk_api, body, pointer):
    refused = clerk_api.post(f"{world.period}/deadline", body)

    assert [it["pointer"] for it in refused.json["errors"]] == [pointer]
    assert _settings(world)["events"] == []


def test_a_closed_period_takes_no_report_until_it_is_reopened_with_a_reason(
    world, clerk_api, officer_api
):
    assert clerk_api.post(f"{world.period}/close", {}).status_code == 200
    assert officer_api.report().status_code == 409
    assert clerk_api.post(f"{world.period}/close", {}).status_code == 409
    assert clerk_api.post(f"{world.period}/reopen", {"reason": " "}).status_code == 422
    assert clerk_api.post(f"{world.period}/reopen", {"reason": "Còn thiếu"}).status_code == 200

    assert officer_api.report().status_code == 201
    assert [it["kind"] for it in _settings(world)["events"]] == ["reopened", "closed"]
    assert clerk_api.post(f"{world.period}/reopen", {"reason": "x"}).status_code == 409


def test_the_same_call_twice_is_one_event(world, clerk_api):
    body = {"due_on": "2023-12-20", "reason": "Mưa bão"}

    for _ in range(2):
        moved = clerk_api.post(f"{world.period}/deadline", body, key="the-same-key")

    assert moved.status_code == 200
    assert len(_settings(world)["events"]) == 1


def test_another_form_reaches_only_the_units_that_have_not_begun(world, clerk_api, officer_api):
    officer_api.report(action="draft")
    old, new = asked_edition(world), without_vx1(world)

    plan = clerk_api.get(f"{world.period}/edition?edition={new}").json
    asks(world, new)

    assert [it["code"] for it in plan["waiting"]] == ["tai-chinh"]
    assert [it["code"] for it in plan["differences"]] == ["VX1"]
    settings = _settings(world)
    assert settings["edition"]["id"] == new
    (begun,) = settings["begun"]
    assert (begun["unit"]["code"], begun["edition_number"]) == ("van-hoa", 1)
    assert begun["may_move"]
    assert edition(world, new)["state"] == "used"
    assert edition(world, old)["state"] == "retired"
    finance = Api(world, world.officer("tai-chinh"))
    assert finance.report({"limitations": ["Thu phí thấp"]}).status_code == 201
    assert [it["may_move"] for it in _settings(world)["begun"]] == [True, False]


def test_the_form_of_a_closed_period_is_not_changed(world, clerk_api):
    clerk_api.post(f"{world.period}/close", {})

    body = {"edition_id": without_vx1(world), "reason": "x"}

    assert clerk_api.post(f"{world.period}/edition", body).status_code == 409


def test_a_form_with_faults_is_not_asked(world, clerk_api):
    made = clerk_api.post("/forms", {"title": "Trống"}).json
    body = {"edition_id": made["id"], "reason": "x"}

    refused = clerk_api.post(f"{world.period}/edition", body)

    assert refused.status_code == 422
    assert "#/form/headings" in {it["pointer"] for it in refused.json["errors"]}
    assert _settings(world)["edition"]["number"] == 1


def test_a_report_moves_to_the_new_form_and_loses_nothing_that_was_typed(world, officer_api):
    draft = officer_api.report(action="draft").json["submission_id"]
    asks(world, without_vx1(world))
    plan = officer_api.get(f"/submissions/{draft}/edition").json

    moved = officer_api.post(f"/submissions/{draft}/edition", {"version": plan["version"]})

    assert (plan["is_behind"], plan["loses_nothing"]) == (True, False)
    assert [it["code"] for it in plan["differences"]] == ["VX1"]
    assert moved.status_code == 200
    now = officer_api.get(f"/submissions/{draft}").json["content"]
    assert now["indicators"] == []
    assert now["achievements"][0]["text"] == a_report()["achievements"][0]["text"]
    (aside,) = officer_api.get(f"/submissions/{draft}/set-aside").json
    assert [(it["code"], it["actual"]) for it in aside["content"]["indicators"]] == [("VX1", "65")]
    assert officer_api.report(a_report(indicators=[])).status_code == 201


def test_a_round_that_was_handed_in_is_read_under_the_form_of_its_day(world, clerk_api):
    report = submitted(world)
    clerk_api.post(f"/submissions/{report}/return", {"reason": "Xem lại"})
    asks(world, without_vx1(world))
    officer = world.officer()
    version = Api(world, officer).get(f"/submissions/{report}/edition").json["version"]

    body = {"version": version}
    assert Api(world, officer).post(f"/submissions/{report}/edition", body).status_code == 200

    page = world.client(officer).get(f"/submissions/{report}?round=1")
    assert "Hộ nghèo giảm" in page.text
    assert "65 hộ" in page.text
    draft = world.client(officer).get(f"/submissions/{report}?round=2")
    assert "Hộ nghèo giảm" not in draft.text


def test_a_report_that_waits_for_review_does_not_move(world, officer_api):
    report = submitted(world)
    asks(world, without_vx1(world))
    version = officer_api.get(f"/submissions/{report}/edition").json["version"]

    refused = officer_api.post(f"/submissions/{report}/edition", {"version": version})

    assert refused.status_code == 409
    assert "VX1" in str(officer_api.get(f"/submissions/{report}").json["content"])


def test_a_report_that_was_changed_after_it_was_seen_does_not_move(world, officer_api):
    report = officer_api.report(action="draft").json["submission_id"]
    asks(world, without_vx1(world))
    version = officer_api.get(f"/submissions/{report}/edition").json["version"]
    officer_api.report(a_report(limitations=["Mới"]), action="draft")

    refused = officer_api.post(f"/submissions/{report}/edition", {"version": version})

    assert refused.status_code == 409


def test_another_units_report_cannot_be_moved_nor_seen(world, officer_api):
    report = officer_api.report(action="draft").json["submission_id"]
    asks(world, without_vx1(world))
    other = Api(world, world.officer("tai-chinh"))

    assert other.get(f"/submissions/{report}/edition").status_code == 404
    assert other.post(f"/submissions/{report}/edition", {"version": 1}).status_code == 404
    assert other.get(f"/submissions/{report}/set-aside").status_code == 404


def test_the_office_may_move_a_report_and_does_not_see_what_the_draft_says(world, clerk_api):
    report = Api(world, world.officer()).report(action="draft").json["submission_id"]
    asks(world, without_vx1(world))
    plan = clerk_api.get(f"/submissions/{report}/edition").json

    assert clerk_api.post(f"/submissions/{report}/edition", {"version": plan["version"]}).json
    assert "'65'" not in str(plan)
    assert clerk_api.get(f"/submissions/{report}/set-aside").status_code == 403


@pytest.mark.parametrize("change", [update, delete])
@pytest.mark.parametrize("table", [PeriodEventRow, EditionMoveRow])
def test_what_happened_cannot_be_rewritten(world, officer_api, table, change):
    report = officer_api.report(action="draft").json["submission_id"]
    asks(world, without_vx1(world))
    officer_api.post(f"/submissions/{report}/edition", {"version": 1})
    statement = update(table).values(account_name="x") if change is update else delete(table)

    with pytest.raises(DBAPIError, match="written once"), world.deps.database.begin() as session:
        session.execute(statement)


def test_another_offices_period_cannot_be_run(world):
    stranger = Api(world, world.person(Role.CLERK, at=world.foreign))

    for action, body in (
        ("close", {}),
        ("deadline", {"due_on": "2023-12-20", "reason": "x"}),
        ("edition", {"edition_id": asked_edition(world), "reason": "x"}),
    ):
        assert stranger.post(f"{world.period}/{action}", body).status_code == 404
    assert stranger.get(f"{world.period}/settings").status_code == 404


def test_a_period_cannot_ask_another_offices_edition(world):
    draft = a_draft(world)
    stranger = Api(world, world.person(Role.CLERK, at=world.foreign))
    period = f"/periods/{world.foreign.period_id}"

    body = {"edition_id": draft["id"], "reason": "x"}

    assert stranger.post(f"{period}/edition", body).status_code == 404
    assert stranger.post("/periods", {**PERIOD_2024, "edition_id": draft["id"]}).status_code == 404
