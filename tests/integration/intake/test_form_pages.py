"""The clerk's pages of forms: every section, faults beside their fields, nothing typed lost."""

import io
import re
from uuid import UUID

import pytest
from bs4 import BeautifulSoup

from kernel.auth.principal import Role
from services.intake.domain.indicator_sheets import columns_for
from services.intake.gateways.sheet_writing import write_sheet
from services.intake.use_cases.viewing_forms import view_edition
from tests.builders.editions import PERIOD_2024, a_draft, asked_edition, edition
from tests.builders.intake import Api


@pytest.fixture
def clerk(world):
    return world.client(world.clerk())


def _fields(page):
    """Return the hidden fields of a page's forms, as a browser would send them."""
    found = BeautifulSoup(page.text, "html.parser")
    return {
        it["name"]: it["value"]
        for it in found.select("form input[type=hidden]")
        if it["name"] in {"version", "idempotency_key"}
    }


def _press(clerk, path, action, **typed):
    return clerk.post(path, {**_fields(clerk.get(path)), "action": action, **typed})


def _codes(world, draft, rows="indicators"):
    return [it["code"] for it in edition(world, draft["id"])["form"][rows]]


def test_every_page_of_the_editor_can_be_read_of_a_draft_and_of_one_that_is_used(world, clerk):
    draft = a_draft(world)
    for edition_id in (draft["id"], asked_edition(world)):
        home = f"/forms/{edition_id}"
        for path in (
            "/forms",
            "/forms/new",
            home,
            f"{home}/headings",
            f"{home}/prompts",
            f"{home}/indicators",
            f"{home}/headings/edit?code=kinh-te",
            f"{home}/prompts/edit?code=kinh-te",
            f"{home}/indicators/edit?code=VX1",
            f"{home}/movements",
            f"{home}/awards",
            f"{home}/guides",
            f"{home}/preview",
            f"{home}/preview?unit=tai-chinh",
            f"{home}/compare",
            f"{home}/indicators/import",
            "/periods/new",
            f"{world.period}/settings",
        ):
            page = clerk.get(path)
            assert page.status_code == 200, path


def test_a_used_edition_offers_a_copy_and_no_button_that_changes_it(world, clerk):
    page = clerk.get(f"/forms/{asked_edition(world)}/indicators")

    assert "Sao chép để sửa" in page.text
    assert "Nhân đôi" not in page.text


def test_a_copy_is_made_on_the_page_and_opened(world, clerk):
    page = clerk.get(f"/forms/new?copy={asked_edition(world)}")
    typed = {"title": "Tổng kết năm 2024", "copy_of": asked_edition(world)}

    made = clerk.post("/forms/new", {**_fields(page), **typed})

    assert made.status_code == 303
    assert "Tổng kết năm 2024" in clerk.get(made.location).text


def test_a_new_edition_without_a_title_is_asked_again_with_what_was_chosen(clerk):
    page = clerk.post("/forms/new", {**_fields(clerk.get("/forms/new")), "copy_of": ""})

    assert page.status_code == 422
    assert "f-title" in page.text


def test_a_row_is_added_moved_duplicated_removed_and_brought_back(world, clerk):
    draft = a_draft(world)
    path = f"/forms/{draft['id']}/indicators"

    added = _press(clerk, path, "add", name="Hộ thoát nghèo", field="van-hoa-xa-hoi")
    assert "undo=" in added.location
    assert _codes(world, draft) == ["VX1", "VX2", "KT1", "ho-thoat-ngheo"]
    _press(clerk, path, "up:ho-thoat-ngheo")
    assert _codes(world, draft) == ["VX1", "ho-thoat-ngheo", "VX2", "KT1"]
    _press(clerk, path, "copy:VX1")
    assert _codes(world, draft)[:2] == ["VX1", "VX1-2"]
    gone = _press(clerk, path, "remove:VX1")
    assert "VX1" not in _codes(world, draft)
    offered = clerk.get(gone.location)
    assert "Đã bỏ chỉ tiêu “Hộ nghèo giảm”." in offered.text
    form = BeautifulSoup(offered.text, "html.parser").select_one("form[action$='/undo']")
    sent = {it["name"]: it["value"] for it in form.select("input[type=hidden]")}

    undone = clerk.post(f"/forms/{draft['id']}/undo", sent)

    assert undone.status_code == 303
    assert _codes(world, draft)[:2] == ["VX1", "VX1-2"]


def test_a_double_click_adds_one_row(world, clerk):
    draft = a_draft(world)
    path = f"/forms/{draft['id']}/headings"
    sent = {**_fields(clerk.get(path)), "action": "add", "name": "An ninh"}

    for _ in range(2):
        clerk.post(path, sent)

    assert _codes(world, draft, "headings")[2:] == ["an-ninh"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 301, "có\u0000lỗi"])
def test_a_row_without_a_fitting_name_is_asked_again(world, clerk, name):
    draft = a_draft(world)
    path = f"/forms/{draft['id']}/headings"

    page = _press(clerk, path, "add", name=name)

    assert page.status_code == 422
    assert "f-name" in page.text
    assert len(_codes(world, draft, "headings")) == 2


def _indicator(**changes):
    return {
        "code": "VX1",
        "name": "Hộ nghèo giảm",
        "field": "van-hoa-xa-hoi",
        "unit": "hộ",
        "decimals": "1",
        "unit_codes": ["van-hoa", "tai-chinh"],
        "plan": "12.000",
        "base": "8,5",
        **changes,
    }


def test_an_indicator_is_saved_as_it_was_typed(world, clerk):
    draft = a_draft(world)
    path = f"/forms/{draft['id']}/indicators/edit?code=VX1"
    typed = _indicator(within_base="true", parts=["VX2"], jump_bound="20")

    saved = clerk.post(path, {**_fields(clerk.get(path)), **typed})

    assert saved.status_code == 303
    found = edition(world, draft["id"])["form"]["indicators"][0]
    assert (found["plan"], found["base"], found["decimals"]) == ("12000", "8.5", 1)
    assert (found["unit_codes"], found["parts"]) == (["van-hoa", "tai-chinh"], ["VX2"])
    assert (found["within_base"], found["better_when_lower"]) == (True, False)
    again = clerk.get(path)
    assert 'value="12.000"' in again.text


def test_every_wrong_field_is_told_at_once_and_everything_typed_is_still_there(world, clerk):
    draft = a_draft(world)
    path = f"/forms/{draft['id']}/indicators/edit?code=VX1"
    typed = _indicator(name="Tên mới", plan="nhiều", base="12.5", decimals="9", code="VX2")

    page = clerk.post(path, {**_fields(clerk.get(path)), **typed})

    assert page.status_code == 422
    for name in ("plan", "base", "decimals"):
        assert f"e-{name}" in page.text
    for value in ("Tên mới", "nhiều", "12.5"):
        assert f'value="{value}"' in page.text
    assert edition(world, draft["id"])["version"] == draft["version"]


def test_a_code_of_another_row_is_refused_beside_its_field(world, clerk):
    draft = a_draft(world)
    path = f"/forms/{draft['id']}/indicators/edit?code=VX1"

    page = clerk.post(path, {**_fields(clerk.get(path)), **_indicator(code="VX2")})

    assert page.status_code == 422
    assert "e-code" in page.text


def test_an_indicator_that_lacks_something_is_saved_and_says_so_everywhere(world, clerk):
    draft = a_draft(world)
    path = f"/forms/{draft['id']}/indicators/edit?code=VX1"
    typed = _indicator(name="", unit_codes=[], base="")

    assert clerk.post(path, {**_fields(clerk.get(path)), **typed}).status_code == 303

    overview = clerk.get(f"/forms/{draft['id']}").text
    assert "Còn 2 chỗ phải sửa" in overview
    assert "indicators/edit?code=VX1#f-unit_codes" in overview
    assert "Cần sửa" in clerk.get(f"/forms/{draft['id']}/indicators").text
    page = clerk.get(path).text
    assert "Nhập tên chỉ tiêu." in page
    assert "Chọn ít nhất một ngành báo cáo chỉ tiêu này." in page


def test_what_is_missing_is_told_of_the_indicator_by_its_name(world, clerk):
    draft = a_draft(world)
    path = f"/forms/{draft['id']}/indicators/edit?code=VX1"
    typed = _indicator(name="Hồ sơ trực tuyến", unit_codes=[], base="")

    clerk.post(path, {**_fields(clerk.get(path)), **typed})

    told = BeautifulSoup(clerk.get(f"/forms/{draft['id']}").text, "html.parser")
    (fault,) = told.select(".alert-warning li")
    assert fault.text.startswith("Hồ sơ trực tuyến: ")


def test_two_clerks_at_different_rows_do_not_disturb_each_other(world, clerk):
    draft = a_draft(world)
    mine, theirs = (f"/forms/{draft['id']}/indicators/edit?code={it}" for it in ("VX1", "VX2"))
    other = world.client(world.person(Role.ADMIN))
    seen, seen_by_other = clerk.get(mine), other.get(theirs)

    first = other.post(theirs, {**_fields(seen_by_other), **_indicator(code="VX2", name="Họ")})
    second = clerk.post(mine, {**_fields(seen), **_indicator(name="Tôi")})

    assert (first.status_code, second.status_code) == (303, 303)
    names = [it["name"] for it in edition(world, draft["id"])["form"]["indicators"]]
    assert names[:2] == ["Tôi", "Họ"]


def test_two_clerks_at_the_same_row_are_told_and_both_texts_are_shown(world, clerk):
    draft = a_draft(world)
    path = f"/forms/{draft['id']}/indicators/edit?code=VX1"
    other = world.client(world.person(Role.ADMIN))
    seen, seen_by_other = clerk.get(path), other.get(path)
    other.post(path, {**_fields(seen_by_other), **_indicator(name="Tên của họ")})

    page = clerk.post(path, {**_fields(seen), **_indicator(name="Tên của tôi")})

    assert page.status_code == 409
    assert 'value="Tên của tôi"' in page.text
    assert "<ins>Tên của họ</ins>" in page.text
    assert world.person(Role.ADMIN).name in page.text
    again = clerk.post(path, {**_fields(page), **_indicator(name="Tên của tôi")})
    assert again.status_code == 303
    assert edition(world, draft["id"])["form"]["indicators"][0]["name"] == "Tên của tôi"


def test_a_row_that_somebody_removed_can_still_be_saved_by_who_was_writing_it(world, clerk):
    draft = a_draft(world)
    path = f"/forms/{draft['id']}/indicators/edit?code=VX1"
    seen = clerk.get(path)
    other = world.client(world.person(Role.ADMIN))
    _press(other, f"/forms/{draft['id']}/indicators", "remove:VX1")

    told = clerk.post(path, {**_fields(seen), **_indicator(name="Còn đây")})
    saved = clerk.post(path, {**_fields(told), **_indicator(name="Còn đây")})

    assert (told.status_code, saved.status_code) == (409, 303)
    assert _codes(world, draft) == ["VX2", "KT1", "VX1"]


def test_movements_are_typed_one_a_line(world, clerk):
    draft = a_draft(world)
    path = f"/forms/{draft['id']}/movements"
    typed = {
        "from_above": "An toàn giao thông\r\n\r\n  Dân vận khéo ",
        "commune_wide": "",
        "unit-van-hoa": "Đọc sách",
        "unit-tai-chinh": "",
    }

    assert clerk.post(path, {**_fields(clerk.get(path)), **typed}).status_code == 303

    form = edition(world, draft["id"])["form"]
    assert form["movements_from_above"] == ["An toàn giao thông", "Dân vận khéo"]
    assert form["movements_commune_wide"] == []
    assert form["expected_movements"] == [{"unit_code": "van-hoa", "movements": ["Đọc sách"]}]
    wrong = clerk.post(path, {**_fields(clerk.get(path)), **typed, "commune_wide": "x" * 501})
    assert wrong.status_code == 422
    assert "e-commune_wide" in wrong.text
    assert "Dân vận khéo" in wrong.text


def test_awards_are_chosen_with_those_who_may_get_them(world, clerk):
    draft = a_draft(world)
    path = f"/forms/{draft['id']}/awards"
    typed = {
        "chosen": ["commune_commendation", "advanced_worker"],
        "commune_commendation-kinds": ["collective"],
    }

    assert clerk.post(path, {**_fields(clerk.get(path)), **typed}).status_code == 303

    awards = {it["code"]: it["kinds"] for it in edition(world, draft["id"])["form"]["awards"]}
    assert awards == {"commune_commendation": ["collective"], "advanced_worker": ["individual"]}


def test_guides_say_what_is_asked_of_whom(world, clerk):
    draft = a_draft(world)
    path = f"/forms/{draft['id']}/guides"
    typed = {
        "chosen": ["movements", "indicators", "achievements", "nominations", "directions"],
        "nominations-help": "Không quá 2 người một ngành.",
        "directions-unit_codes": ["van-hoa"],
    }

    assert clerk.post(path, {**_fields(clerk.get(path)), **typed}).status_code == 303

    assert edition(world, draft["id"])["form"]["guides"] == [
        {
            "part": "nominations",
            "help": "Không quá 2 người một ngành.",
            "is_asked": True,
            "unit_codes": [],
        },
        {"part": "limitations", "help": "", "is_asked": False, "unit_codes": []},
        {"part": "directions", "help": "", "is_asked": True, "unit_codes": ["van-hoa"]},
    ]
    culture = clerk.get(f"/forms/{draft['id']}/preview?unit=van-hoa").text
    finance = clerk.get(f"/forms/{draft['id']}/preview?unit=tai-chinh").text
    assert "Không quá 2 người một ngành." in culture
    assert "Phương hướng" in culture
    assert "Phương hướng" not in finance
    assert "Hạn chế, khuyết điểm" not in culture


def test_sections_overtaken_by_somebody_else_keep_what_was_typed(world, clerk):
    draft = a_draft(world)
    path = f"/forms/{draft['id']}/movements"
    other = world.client(world.person(Role.ADMIN))
    seen, seen_by_other = clerk.get(path), other.get(path)
    other.post(path, {**_fields(seen_by_other), "from_above": "Của họ"})

    page = clerk.post(path, {**_fields(seen), "from_above": "Của tôi"})

    assert page.status_code == 409
    assert ">Của tôi</textarea>" in page.text
    assert "Của họ" in page.text


def _sheet(world, draft, *rows):
    form = view_edition(UUID(draft["id"]), office_id=world.office.office_id, deps=world.deps).form
    return io.BytesIO(write_sheet("Chỉ tiêu", columns_for(form), rows)), "bang.xlsx"


def test_indicators_are_imported_after_a_preview(world, clerk):
    draft = a_draft(world)
    home = f"/forms/{draft['id']}/indicators"
    sheet = _sheet(
        world,
        draft,
        {
            "code": "VX1",
            "name": "Hộ nghèo giảm",
            "field": "van-hoa-xa-hoi",
            "unit_codes": "Tài chính",
        },
        {"name": "Thu phí", "field": "kinh-te", "unit_codes": "Tài chính; van-hoa", "unit": "%"},
    )

    preview = clerk.post(f"{home}/import", {"file": sheet}, content_type="multipart/form-data")

    assert "Tệp có 2 chỉ tiêu" in preview.text
    assert _codes(world, draft) == ["VX1", "VX2", "KT1"]
    table = BeautifulSoup(preview.text, "html.parser").select_one("input[name=table]")["value"]
    done = clerk.post(f"{home}/import/confirm", {**_fields(preview), "table": table})
    assert done.status_code == 303
    indicators = edition(world, draft["id"])["form"]["indicators"]
    assert [it["code"] for it in indicators] == ["VX1", "VX2", "KT1", "thu-phi"]
    assert indicators[0]["unit_codes"] == ["tai-chinh"]
    assert indicators[3]["unit_codes"] == ["tai-chinh", "van-hoa"]


def test_errors_of_a_sheet_are_told_by_row_and_column_and_nothing_is_stored(world, clerk):
    draft = a_draft(world)
    sheet = _sheet(
        world,
        draft,
        {"code": "A", "name": "", "field": "kinh-te"},
        {"code": "A", "name": "Hai", "field": "kinh-te", "unit_codes": "Không có ngành này"},
    )

    page = clerk.post(
        f"/forms/{draft['id']}/indicators/import",
        {"file": sheet},
        content_type="multipart/form-data",
    )

    assert page.status_code == 422
    assert "Dòng 2, cột B" in page.text
    assert edition(world, draft["id"])["version"] == draft["version"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"name;field"])
def test_what_is_no_excel_file_is_refused_in_words(world, clerk, data):
    draft = a_draft(world)

    page = clerk.post(
        f"/forms/{draft['id']}/indicators/import",
        {"file": (io.BytesIO(data), "x.xlsx")},
        content_type="multipart/form-data",
    )

    assert page.status_code == 422
    assert "Excel" in page.text


@pytest.mark.parametrize("table", ["", "{", "[1]", '{"a": 1}', "[" * 100_000, "null"])
def test_a_table_that_was_tampered_with_is_refused(world, clerk, table):
    draft = a_draft(world)
    home = f"/forms/{draft['id']}/indicators"
    fields = _fields(clerk.get(home))

    page = clerk.post(f"{home}/import/confirm", {**fields, "table": table})

    assert page.status_code == 422
    assert _codes(world, draft) == ["VX1", "VX2", "KT1"]


def test_what_was_exported_is_read_back_as_the_same(world, clerk):
    draft = a_draft(world)
    home = f"/forms/{draft['id']}/indicators"
    exported = clerk.get(f"{home}/export")
    assert exported.mimetype.endswith("spreadsheetml.sheet")

    preview = clerk.post(
        f"{home}/import",
        {"file": (io.BytesIO(exported.data), "x.xlsx")},
        content_type="multipart/form-data",
    )

    assert preview.status_code == 200
    assert "Không có gì khác với biểu mẫu hiện nay." in preview.text


def _opening(clerk, world, **changes):
    page = clerk.get("/periods/new")
    typed = {**PERIOD_2024, "due_on": "15/12/2024", "edition_id": asked_edition(world)}
    return {"idempotency_key": _fields(page)["idempotency_key"], **typed, **changes}


def test_a_period_is_opened_after_a_look_at_who_is_asked_what(world, clerk):
    typed = _opening(clerk, world)

    preview = clerk.post("/periods/new", {**typed, "action": "check"})
    assert "Ngành phải báo cáo (2/2)" in preview.text
    assert len(Api(world, world.clerk()).get("/periods").json) == 1
    opened = clerk.post("/periods/new", {**typed, "action": "open"})
    clerk.post("/periods/new", {**typed, "action": "open"})

    assert opened.status_code == 303
    assert re.search(r"/periods/[0-9a-f-]{36}$", opened.location)
    assert len(Api(world, world.clerk()).get("/periods").json) == 2


def test_a_period_that_does_not_fit_is_asked_again_with_every_error_beside_its_field(world, clerk):
    typed = _opening(clerk, world, code="", year="hai nghìn", due_on="31/02/2024", edition_id="x")

    page = clerk.post("/periods/new", {**typed, "action": "open"})

    assert page.status_code == 422
    for name in ("code", "year", "due_on", "edition_id"):
        assert f"e-{name}" in page.text
    assert 'value="31/02/2024"' in page.text


def test_a_taken_code_is_told_before_the_confirmation(world, clerk):
    page = clerk.post("/periods/new", {**_opening(clerk, world, code="2023"), "action": "check"})

    assert page.status_code == 422
    assert "Mã kỳ 2023 đã có." in page.text


def test_one_goes_back_from_the_confirmation_with_everything_typed(world, clerk):
    typed = _opening(clerk, world)

    page = clerk.post("/periods/new", {**typed, "action": "edit"})

    assert 'value="Tổng kết năm 2024"' in page.text
    assert 'value="15/12/2024"' in page.text


def test_the_settings_of_a_period_keep_its_history(world, clerk):
    page = clerk.get(f"{world.period}/settings")
    key = {"idempotency_key": "settings-key"}
    moved = {**key, "due_on": "20/12/2023", "reason": "Mưa bão"}

    assert clerk.post(f"{world.period}/deadline", moved).status_code == 303
    assert clerk.post(f"{world.period}/close", {"idempotency_key": "close-key"}).status_code == 303
    refused = clerk.post(f"{world.period}/reopen", {"idempotency_key": "reopen-key"})
    assert refused.status_code == 422
    assert "e-reopen-reason" in refused.text
    reopened = {"idempotency_key": "reopen-key-2", "reason": "Còn thiếu"}
    assert clerk.post(f"{world.period}/reopen", reopened).status_code == 303

    assert page.status_code == 200
    history = clerk.get(f"{world.period}/settings").text
    for text in ("15/12/2023 → 20/12/2023", "Mưa bão", "Đóng kỳ", "Mở lại kỳ", "Còn thiếu"):
        assert text in history


@pytest.mark.parametrize("typed", [{}, {"due_on": "hôm nay"}, {"due_on": "15/12/2023"}])
def test_a_deadline_that_does_not_fit_is_told_beside_its_field(world, clerk, typed):
    sent = {"idempotency_key": "deadline-key", "reason": "Lý do đã gõ", **typed}

    page = clerk.post(f"{world.period}/deadline", sent)

    assert page.status_code == 422
    assert "e-move-due_on" in page.text
    assert "Lý do đã gõ" in page.text


def test_another_form_is_looked_at_before_it_is_asked(world, clerk):
    draft = a_draft(world)
    _press(clerk, f"/forms/{draft['id']}/indicators", "remove:VX1")
    path = f"{world.period}/edition"

    look = clerk.get(f"{path}?edition={draft['id']}")
    assert "Hộ nghèo giảm" in look.text
    sent = {**_fields(look), "edition_id": draft["id"]}
    assert clerk.post(path, sent).status_code == 422
    done = clerk.post(path, {**sent, "reason": "Bỏ chỉ tiêu"})

    assert done.status_code == 303
    assert "Đổi biểu mẫu" in clerk.get(done.location).text


def test_an_officer_moves_his_report_and_finds_what_has_no_place_any_more(
    world, clerk, officer_api
):
    report = officer_api.report(action="draft").json["submission_id"]
    draft = a_draft(world)
    _press(clerk, f"/forms/{draft['id']}/indicators", "remove:VX1")
    asked = {"idempotency_key": "edition-key", "edition_id": draft["id"], "reason": "Bỏ"}
    clerk.post(f"{world.period}/edition", asked)
    assert "Chuyển sang biểu mẫu mới" in clerk.get(f"{world.period}/settings").text
    officer = world.client(world.officer())
    path = f"/submissions/{report}/edition"

    look = officer.get(path)
    assert "Hộ nghèo giảm: thực hiện 65 hộ" in look.text
    assert "65 hộ" not in clerk.get(path).text
    moved = officer.post(path, _fields(look))

    assert moved.status_code == 303
    after = officer.get(path).text
    assert "Nội dung để lại" in after
    assert "thực hiện 65 hộ" in after
    assert officer.post(path, _fields(look) | {"idempotency_key": "other-key"}).status_code == 409


@pytest.mark.parametrize("role", [Role.LEADER, Role.SECTOR_OFFICER, Role.SUPERIOR])
def test_pages_of_forms_and_periods_are_for_the_office(world, role):
    client = world.client(world.person(role, "van-hoa" if role is Role.SECTOR_OFFICER else ""))

    for path in ("/forms", "/forms/new", "/periods/new", f"{world.period}/settings"):
        assert client.get(path).status_code == 403


def test_pages_of_another_office_are_not_found(world):
    own = asked_edition(world)
    stranger = world.client(world.person(Role.CLERK, at=world.foreign))

    for path in ("", "/indicators", "/movements", "/preview", "/compare", "/indicators/export"):
        assert stranger.get(f"/forms/{own}{path}").status_code == 404
    assert stranger.get(f"{world.period}/settings").status_code == 404
