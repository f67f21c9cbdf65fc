"""What documents say of the office, changed after founding."""

import pytest
from bs4 import BeautifulSoup

from kernel.auth.principal import Role
from tests.builders.intake import Api, accepted


@pytest.fixture
def admin(world):
    return world.person(Role.ADMIN)


@pytest.fixture
def pages(world, admin):
    return world.client(admin)


def form_of(page):
    form = {}
    shown = BeautifulSoup(page.text, "html.parser")
    for field in shown.find("form", {"novalidate": True}).find_all(["input", "textarea"]):
        if field.get("type") != "checkbox" or field.has_attr("checked"):
            form[field["name"]] = field.get("value", field.text.lstrip("\n"))
    del form["csrf_token"]
    return form


def test_what_is_shown_and_saved_unchanged_stays_the_same(world, admin, pages):
    before = Api(world, admin).get("/office/letterhead").json

    saved = pages.post("/office/letterhead", form_of(pages.get("/office/letterhead")))

    assert saved.status_code == 303
    assert Api(world, admin).get("/office/letterhead").json == before


def test_a_new_signer_signs_what_is_frozen_from_now_on(world, pages):
    accepted(world)
    clerk = Api(world, world.clerk())
    first = clerk.post(f"{world.period}/dossiers").json
    form = form_of(pages.get("/office/letterhead"))

    pages.post(
        "/office/letterhead",
        {**form, "signer-name": "Trần Văn Tư", "issuing_bodies-0-letter_unit": "VX"},
    )

    again = clerk.post(f"{world.period}/dossiers").json["content"]["office"]
    assert again["signer"]["name"] == "Trần Văn Tư"
    assert again["issuing_bodies"][0]["letter_unit"] == "VX"
    kept = clerk.get(f"/dossiers/{first['id']}").json["content"]["office"]
    assert kept["signer"]["name"] == "Lê Văn Ba"


def test_rows_are_added_in_blank_ones_and_dropped_by_emptying(world, admin, pages):
    form = form_of(pages.get("/office/letterhead"))
    form |= {
        "recipients-0-label": "",
        "recipients-0-office_code": "",
        "recipients-2-label": "Đảng ủy xã",
        "legal_basis-1-text": "Nghị định số 98/2023/NĐ-CP",
        "legal_basis-1-valid_to": "30/06/2025",
    }
    del form["recipients-0-is_addressee"]

    assert pages.post("/office/letterhead", form).status_code == 303

    found = Api(world, admin).get("/office/letterhead").json
    assert [it["label"] for it in found["recipients"]] == ["Lưu: VT", "Đảng ủy xã"]
    assert found["legal_basis"][1]["valid_to"] == "2025-06-30"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"signer-name": ""}, "signer-name"),
        ({"issuing_bodies-0-header": ""}, "issuing_bodies-0-header"),
        ({"legal_basis-0-valid_from": "hôm qua"}, "legal_basis-0-valid_from"),
        (
            {"legal_basis-0-valid_from": "2/1/2024", "legal_basis-0-valid_to": "1/1/2024"},
            "legal_basis-0-valid_to",
        ),
        ({"villages": "-1"}, "villages"),
        ({"households": "nhiều"}, "households"),
        ({"village_word": ""}, "village_word"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_changes_nothing(
    world, admin, pages, changes, field
):
    before = Api(world, admin).get("/office/letterhead").json
    form = {**form_of(pages.get("/office/letterhead")), "signer-title": "QUYỀN CHỦ TỊCH", **changes}

    answer = pages.post("/office/letterhead", form)

    assert (answer.status_code, f'href="#f-{field}"' in answer.text) == (422, True)
    assert "QUYỀN CHỦ TỊCH" in answer.text
    assert Api(world, admin).get("/office/letterhead").json == before


def test_two_tabs_never_overwrite_each_other_unseen(world, pages):
    form = form_of(pages.get("/office/letterhead"))
    pages.post("/office/letterhead", {**form, "signer-name": "Người Thứ Nhất"})

    answer = pages.post("/office/letterhead", {**form, "signer-name": "Người Thứ Hai"})

    assert (answer.status_code, "vừa được người khác sửa" in answer.text) == (409, True)
    assert "Người Thứ Hai" in answer.text
    assert "Người Thứ Nhất" in pages.get("/office/letterhead").text


@pytest.mark.parametrize("seen", ["", "[", "[]", "{}x", "null"])
def test_a_form_that_did_not_arrive_whole_changes_nothing(pages, seen):
    form = {**form_of(pages.get("/office/letterhead")), "seen": seen}

    assert pages.post("/office/letterhead", form).status_code == 409
