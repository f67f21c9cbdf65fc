"""Drafts of forms by the API: made, saved with faults, overtaken, undone, pinned, compared."""

from uuid import uuid4

import pytest

from kernel.auth.principal import Role
from tests.builders.editions import PERIOD_2024, a_draft, asked_edition, edition, saves, without_vx1
from tests.builders.intake import Api


def test_a_copy_is_a_draft_of_the_next_number_that_says_what_it_was_copied_from(world):
    draft = a_draft(world)

    assert (draft["number"], draft["state"], draft["based_on"]) == (2, "draft", 1)
    assert draft["updated_by"] == world.clerk().name
    assert draft["form"] == edition(world, asked_edition(world))["form"]
    assert draft["faults"] == []


def test_an_empty_form_proposes_every_award_of_the_law(world, clerk_api):
    made = clerk_api.post("/forms", {"title": "Trống"}).json

    form = edition(world, made["id"])["form"]

    assert (form["headings"], form["indicators"]) == ([], [])
    assert "advanced_worker" in {it["code"] for it in form["awards"]}


def test_the_same_creation_twice_makes_one_draft(clerk_api):
    first = clerk_api.post("/forms", {"title": "Một"}, key="one-and-the-same")
    second = clerk_api.post("/forms", {"title": "Một"}, key="one-and-the-same")

    assert first.json == second.json
    assert len(clerk_api.get("/forms").json["items"]) == 2


def test_a_draft_with_faults_is_saved_and_says_what_is_missing(world, clerk_api):
    draft = a_draft(world)
    draft["form"]["indicators"][0] |= {"name": "", "unit_codes": [], "within_base": True}
    draft["form"]["indicators"][0]["base"] = None

    assert saves(world, draft).status_code == 200

    faults = {it["pointer"] for it in edition(world, draft["id"])["faults"]}
    assert faults == {f"#/form/indicators/0/{it}" for it in ("name", "unit_codes", "base")}
    refused = clerk_api.post("/periods", {**PERIOD_2024, "edition_id": draft["id"]})
    assert refused.status_code == 422
    assert {it["pointer"] for it in refused.json["errors"]} == {"#/edition_id", *faults}
    assert edition(world, draft["id"])["state"] == "draft"


def test_what_somebody_else_saved_meanwhile_is_not_written_over(world):
    draft = a_draft(world)
    assert saves(world, draft, title="Của tôi").status_code == 200

    overtaken = Api(world, world.person(Role.ADMIN))
    body = {name: draft[name] for name in ("form", "version")} | {"title": "Của người khác"}
    refused = world.client(world.person(Role.ADMIN)).api(
        "PUT",
        f"/api/v1/forms/{draft['id']}",
        json=body,
        headers={"Idempotency-Key": uuid4().hex},
    )

    assert refused.status_code == 409
    assert overtaken.get(f"/forms/{draft['id']}").json["edition"]["title"] == "Của tôi"


def test_the_last_saving_can_be_taken_back_until_the_next_one(world, clerk_api):
    draft = a_draft(world)
    emptied = {**draft, "form": {**draft["form"], "indicators": []}}
    version = saves(world, emptied).json["version"]

    undone = clerk_api.post(f"/forms/{draft['id']}/undo", {"version": version})
    again = clerk_api.post(f"/forms/{draft['id']}/undo", {"version": version})

    assert undone.status_code == 200
    assert edition(world, draft["id"])["form"] == draft["form"]
    assert again.status_code == 409


def test_an_edition_that_a_period_asks_is_refused_every_change(world, clerk_api):
    draft = a_draft(world)
    opened = clerk_api.post("/periods", {**PERIOD_2024, "edition_id": draft["id"]})
    assert opened.status_code == 201

    pinned = edition(world, draft["id"])
    assert (pinned["state"], [it["code"] for it in pinned["periods"]]) == ("used", ["2024"])
    refused = saves(world, pinned, title="Khác")
    assert refused.status_code == 409
    assert "Sao chép để sửa" in refused.json["detail"]
    assert clerk_api.post(f"/forms/{draft['id']}/undo", {"version": 1}).status_code == 409


def test_two_editions_are_compared_field_by_field(world, clerk_api):
    draft_id = without_vx1(world)

    found = clerk_api.get(f"/forms/{draft_id}/differences?with={asked_edition(world)}").json

    assert (found["before"]["number"], found["after"]["number"]) == (1, 2)
    (lost,) = found["differences"]
    assert (lost["section"], lost["change"], lost["code"]) == ("indicators", "removed", "VX1")
    assert {"label": "Ngành báo cáo", "before": "Ban Văn hóa", "after": ""} in lost["fields"]


def test_a_preview_tells_what_one_unit_is_asked(world, clerk_api):
    url = f"/forms/{asked_edition(world)}/preview"

    culture, finance = (
        clerk_api.get(f"{url}?unit={code}").json for code in ("van-hoa", "tai-chinh")
    )

    assert (culture["indicators"], finance["indicators"]) == (["VX1", "VX2"], ["KT1"])
    assert culture["movements"] == ["Xây dựng đời sống văn hóa"]
    assert clerk_api.get(f"{url}?unit=khong-co").status_code == 404


def test_editions_are_listed_page_by_page(clerk_api):
    for number in range(24):
        clerk_api.post("/forms", {"title": f"Nháp {number}"})

    first = clerk_api.get("/forms").json
    rest = clerk_api.get(f"/forms?after={first['next']}").json

    numbers = [it["number"] for it in first["items"] + rest["items"]]
    assert (numbers, rest["next"]) == (list(range(25, 0, -1)), None)


@pytest.mark.parametrize("path", ["", "/differences?with={own}", "/preview"])
def test_another_offices_editions_cannot_be_seen(world, path):
    own = asked_edition(world)
    stranger = Api(world, world.person(Role.CLERK, at=world.foreign))

    assert stranger.get(f"/forms/{own}{path.format(own=own)}").status_code == 404
    assert stranger.post("/forms", {"title": "x", "copy_of": own}).status_code == 404


@pytest.mark.parametrize("role", [Role.LEADER, Role.SECTOR_OFFICER, Role.SUPERIOR])
def test_only_the_office_edits_forms(world, role):
    unit = "van-hoa" if role is Role.SECTOR_OFFICER else ""
    api = Api(world, world.person(role, unit))

    assert api.get("/forms").status_code == 403
    assert api.post("/forms", {"title": "x"}).status_code == 403
