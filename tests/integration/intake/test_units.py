"""Units and superiors by their days; the reform of 1 July 2025 as a worked example."""

from datetime import date

import pytest

from kernel.auth.principal import Role
from services.intake.persistence.models import UnitRow
from services.intake.persistence.offices import Offices, Units
from services.intake.use_cases.founding import NextPeriod, open_period_like
from tests.builders.intake import Api, accepted

PROVINCE = {
    "code": "quang-ngai",
    "name": "Ủy ban nhân dân tỉnh Quảng Ngãi",
    "short_name": "UBND tỉnh Quảng Ngãi",
    "place": "Quảng Ngãi",
    "level": "province",
    "valid_from": "2025-07-01",
}


@pytest.fixture
def admin(world):
    return world.person(Role.ADMIN)


@pytest.fixture
def pages(world, admin):
    return world.client(admin)


@pytest.fixture
def api(world, admin):
    return Api(world, admin)


def put(api, path, body):
    headers = {"Idempotency-Key": "a-key-of-this-call"}
    return api._client.api("PUT", f"/api/v1{path}", json=body, headers=headers)


def unit_id(world, code="van-hoa"):
    return world.office.unit_ids[code]


def next_period(world, year, due_on):
    return open_period_like(
        NextPeriod(
            office_id=world.office.office_id,
            model_code="2023",
            code=str(year),
            title=f"Tổng kết năm {year}",
            year=year,
            due_on=due_on,
        ),
        deps=world.deps,
    )


def frozen(world, period_id):
    return Api(world, world.clerk()).post(f"/periods/{period_id}/dossiers").json["content"]


def test_a_unit_is_added_behind_the_others_and_reports(world, pages):
    form = {"code": "y-te", "name": "Trạm Y tế", "valid_from": "", "idempotency_key": "k" * 12}

    assert pages.post("/units", form).status_code == 303
    assert pages.post("/units", form).status_code == 303

    board = world.client(world.clerk()).get(world.period).text
    assert board.count("Trạm Y tế") >= 1
    with world.deps.database.read() as session:
        units = Units(session, office_id=world.office.office_id).all()
    assert [it.code for it in units] == ["van-hoa", "tai-chinh", "y-te"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "Y Tế"}, "code"),
        ({"code": "van-hoa"}, "code"),
        ({"name": ""}, "name"),
        ({"valid_from": "31/02/2025"}, "valid_from"),
        ({"valid_from": "hôm nay"}, "valid_from"),
        ({"valid_from": "1/1/0001"}, "valid_from"),
    ],
)
def test_what_cannot_be_a_unit_is_refused_beside_its_field(world, pages, changes, field):
    form = {"code": "y-te", "name": "Trạm Y tế", "valid_from": "", "idempotency_key": "k" * 12}

    answer = pages.post("/units", {**form, **changes})

    assert (answer.status_code, f'href="#f-{field}"' in answer.text) == (422, True)
    with world.deps.database.read() as session:
        assert len(Units(session, office_id=world.office.office_id).all()) == 2


def test_the_order_is_that_of_the_board(world, pages):
    pages.post(f"/units/{unit_id(world, 'tai-chinh')}/move", {"direction": "up"})

    board = world.client(world.clerk()).get(world.period).text
    assert board.index("Tài chính") < board.index("Ban Văn hóa")


def test_an_ended_unit_reports_no_more_and_its_old_report_stays(world, api):
    accepted(world)
    due = date(2024, 12, 15)
    later = next_period(world, 2024, due)
    body = {"valid_to": "2024-06-30", "successor_code": "tai-chinh"}

    assert put(api, f"/units/{unit_id(world)}/validity", body).json["is_live"] is True

    clerk = world.client(world.clerk())
    assert "Ban Văn hóa" not in clerk.get(f"/periods/{later}").text
    assert "Ban Văn hóa" in clerk.get(world.period).text
    officer = world.client(world.officer())
    assert "Tổng kết năm 2024" not in officer.get("/reports").text
    assert officer.get(f"/periods/{later}/report").status_code == 409
    assert frozen(world, world.office.period_id)["sectors"][0]["unit_name"] == "Ban Văn hóa"


@pytest.mark.parametrize(
    ("valid_to", "reports"), [("2023-12-15", True), ("2023-12-14", False), ("2023-12-16", True)]
)
def test_both_days_belong_to_the_time_in_which_a_unit_reports(world, api, valid_to, reports):
    put(api, f"/units/{unit_id(world)}/validity", {"valid_to": valid_to})

    assert ("Ban Văn hóa" in world.client(world.clerk()).get(world.period).text) is reports


def test_a_unit_cannot_end_before_a_report_that_it_has_made(world, api):
    accepted(world)

    answer = put(api, f"/units/{unit_id(world)}/validity", {"valid_to": "2023-06-30"})

    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == "#/valid_to"
    assert "Tổng kết năm 2023" in answer.json["errors"][0]["detail"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"valid_from": "2025-01-02", "valid_to": "2025-01-01"}, "#/valid_to"),
        ({"valid_to": "2025-01-01", "successor_code": "van-hoa"}, "#/successor_code"),
        ({"valid_to": "2025-01-01", "successor_code": "khong-co"}, "#/successor_code"),
        ({"successor_code": "tai-chinh"}, "#/valid_to"),
    ],
)
def test_days_and_successors_that_contradict_are_refused(world, api, body, pointer):
    answer = put(api, f"/units/{unit_id(world)}/validity", body)

    assert pointer in [it["pointer"] for it in answer.json["errors"]]


def test_a_renamed_unit_keeps_its_old_name_in_what_was_due_before(world, pages):
    accepted(world)
    world.clock.forward(days=365)
    later = next_period(world, 2024, date(2025, 12, 15))
    form = {"name": "Phòng Văn hóa - Xã hội", "since": "01/07/2024"}

    assert pages.post(f"/units/{unit_id(world)}/name", form).status_code == 303

    clerk = world.client(world.clerk())
    assert "Ban Văn hóa" in clerk.get(world.period).text
    assert "Phòng Văn hóa - Xã hội" in clerk.get(f"/periods/{later}").text
    assert frozen(world, world.office.period_id)["sectors"][0]["unit_name"] == "Ban Văn hóa"


def test_a_misspelt_name_is_corrected_everywhere(world, pages):
    accepted(world)

    pages.post(f"/units/{unit_id(world)}/name", {"name": "Ban Văn hoá", "since": ""})

    assert frozen(world, world.office.period_id)["sectors"][0]["unit_name"] == "Ban Văn hoá"


def test_a_name_is_not_given_for_a_day_to_come_nor_twice_for_one(world, api):
    path = f"/units/{unit_id(world)}/name"

    assert put(api, path, {"name": "Mới", "since": "2030-01-01"}).status_code == 422
    assert put(api, path, {"name": "Mới", "since": "2023-07-01"}).status_code == 200
    assert put(api, path, {"name": "Mới nữa", "since": "2023-06-01"}).status_code == 422


def test_an_administrator_s_program_lists_the_periods_that_his_page_lists(world, api):
    assert [it["id"] for it in api.get("/periods").json] == [str(world.office.period_id)]


def test_an_office_under_nobody_today_is_told_so_until_it_names_the_next_one(world, pages, api):
    world.clock.forward(days=900)
    told = "Hôm nay đơn vị không có cơ quan cấp trên nào."
    before = pages.get("/superiors").text

    api.post("/superiors", PROVINCE)

    assert told in before
    assert told not in pages.get("/superiors").text


def test_the_reform_of_2025_a_district_ends_and_the_province_takes_over(world, api, admin):
    """Districts ended on 30 June 2025; what was due before keeps the district's name."""
    accepted(world)
    before = frozen(world, world.office.period_id)
    # The file of the office already says that the district ends on 30 June 2025.
    assert api.get("/superiors").json[0]["valid_to"] == "2025-06-30"

    found = api.post("/superiors", PROVINCE).json

    assert [(it["name"], it["valid_from"], it["valid_to"]) for it in found] == [
        ("Ủy ban nhân dân huyện Bình Sơn", None, "2025-06-30"),
        ("Ủy ban nhân dân tỉnh Quảng Ngãi", "2025-07-01", None),
    ]
    assert found[0]["successor_name"] == "Ủy ban nhân dân tỉnh Quảng Ngãi"
    world.clock.forward(days=900)
    assert frozen(world, world.office.period_id) == before
    assert before["office"]["superior_name"] == "Ủy ban nhân dân huyện Bình Sơn"
    with world.deps.database.read() as session:
        offices = Offices(session)
        names = [
            offices.superior_on(admin.office_id, day).name
            for day in (date(2024, 12, 15), date(2025, 6, 30), date(2025, 7, 1), date(2026, 1, 1))
        ]
    assert names == ["Ủy ban nhân dân huyện Bình Sơn"] * 2 + ["Ủy ban nhân dân tỉnh Quảng Ngãi"] * 2


def test_a_dossier_due_after_the_reform_names_the_province(world, api):
    api.post("/superiors", PROVINCE)
    world.clock.forward(days=730)
    later = next_period(world, 2025, date(2025, 12, 15))
    officer = Api(world, world.officer())
    report = {"action": "submit", "content": {"limitations": ["Thu phí thấp"]}}
    made = officer.post(f"/periods/{later}/submissions", report).json
    clerk = Api(world, world.clerk())
    clerk.post(f"/submissions/{made['submission_id']}/accept", {})

    assert frozen(world, later)["office"]["superior_name"] == PROVINCE["name"]


def test_an_open_superior_ends_the_day_before_the_next_one(world, api):
    first = api.get("/superiors").json[0]["id"]
    put(api, f"/superiors/{first}", {"valid_from": None, "valid_to": None})

    found = api.post("/superiors", PROVINCE).json

    assert found[0]["valid_to"] == "2025-06-30"


def test_two_superiors_never_stand_above_on_one_day(world, api):
    early = {**PROVINCE, "valid_from": "2025-06-30"}

    answer = api.post("/superiors", early)

    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == "#/valid_from"
    assert len(api.get("/superiors").json) == 1


def test_a_commune_is_no_superior_and_a_new_one_needs_its_names(world, api):
    neighbour = {**PROVINCE, "code": "tan-lap"}
    nameless = {"code": "so-noi-vu", "valid_from": "2025-07-01"}

    assert api.post("/superiors", neighbour).json["errors"][0]["pointer"] == "#/code"
    assert {it["pointer"] for it in api.post("/superiors", nameless).json["errors"]} == {
        "#/name",
        "#/short_name",
        "#/place",
    }


def test_a_known_superior_is_named_by_its_code_alone(world, api):
    api.post("/superiors", PROVINCE)
    foreign = Api(world, world.person(Role.ADMIN, at=world.foreign))

    found = foreign.post("/superiors", {"code": "quang-ngai", "valid_from": "2025-07-01"}).json

    assert found[-1]["name"] == PROVINCE["name"]


def test_a_merged_commune_keeps_its_old_name_in_old_dossiers(world, pages):
    accepted(world)
    world.clock.forward(days=600)
    form = {
        "name": "Ủy ban nhân dân xã Bình Sơn",
        "short_name": "UBND xã Bình Sơn",
        "place": "Bình Sơn",
        "since": "01/07/2025",
    }

    assert pages.post("/office", form).status_code == 303

    office = frozen(world, world.office.period_id)["office"]
    assert (office["name"], office["place"]) == ("Ủy ban nhân dân xã An Phú", "An Phú")
    page = pages.get("/office").text
    assert "Ủy ban nhân dân xã Bình Sơn" in page
    assert "UBND xã Bình Sơn" in page


@pytest.mark.parametrize("path", ["/units", "/superiors", "/office"])
def test_every_page_is_for_the_administrator_alone(world, pages, path):
    assert pages.get(path).status_code == 200
    assert world.client(world.clerk()).get(path).status_code == 403


def test_another_offices_unit_is_not_found(world, pages, api):
    foreign = world.foreign.unit_ids["van-hoa"]

    assert pages.get(f"/units/{foreign}").status_code == 404
    assert put(api, f"/units/{foreign}/name", {"name": "x"}).status_code == 404
    with world.deps.database.read() as session:
        assert session.get_one(UnitRow, foreign).name == "Ban Văn hóa"
