"""Lists of a part from Excel: shown before they are stored, and what they replace is kept."""

from io import BytesIO

import pytest
from bs4 import BeautifulSoup

from services.intake.use_cases.opening import open_report
from services.intake.use_cases.setting_aside import list_set_asides
from tests.builders.intake import a_part_form
from tests.support.fields import value_of


@pytest.fixture
def browser(world):
    return world.client(world.officer())


@pytest.fixture
def path(world):
    return f"{world.period}/report/parts/movements"


def _stored(world):
    content = open_report(world.office.period_id, by=world.officer(), deps=world.deps).content
    return [(it.name, it.result) for it in content.movements]


def _preview(browser, path, text):
    return browser.post(f"{path}/list", {"text": text})


def _confirm(browser, path, page, mode="add"):
    form = {name: value_of(page, name) for name in ("idempotency_key", "version", "items")}
    return browser.post(f"{path}/list/confirm", {**form, "mode": mode})


def test_pasted_rows_are_shown_first_and_stored_when_they_are_confirmed(world, browser, path):
    page = _preview(browser, path, "Xây dựng đời sống văn hóa\tSôi nổi\nĐọc sách\t12 buổi")

    assert "Chưa có gì được lưu: 2 dòng thêm mới" in page.text
    assert _stored(world) == [("Xây dựng đời sống văn hóa", "")]
    done = _confirm(browser, path, page)
    assert "Đã nhập 2 dòng" in browser.get(done.location).text
    assert _stored(world) == [("Xây dựng đời sống văn hóa", "Sôi nổi"), ("Đọc sách", "12 buổi")]


def test_what_a_list_replaces_is_kept_beside_the_report(world, browser, path):
    browser.post(path, a_part_form("movements"))
    page = _preview(browser, path, "Đọc sách\t12 buổi")
    assert "bỏ 1 dòng; bản cũ vẫn được giữ" in page.text
    _confirm(browser, path, page, mode="replace")

    assert _stored(world) == [("Đọc sách", "12 buổi")]
    (kept,) = list_set_asides(world.office.period_id, by=world.officer(), deps=world.deps)
    assert kept.why == "replaced"


def test_a_list_confirmed_twice_is_taken_once(world, browser, path):
    page = _preview(browser, path, "Đọc sách\t12 buổi")
    first, second = _confirm(browser, path, page), _confirm(browser, path, page)

    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location


def test_a_colleague_who_saved_meanwhile_is_not_overwritten(world, browser, path):
    page = _preview(browser, path, "Đọc sách\t12 buổi")
    colleague = world.client(world.colleague())
    colleague.post(path, a_part_form("movements"))
    told = _confirm(browser, path, page)

    assert "/set-aside/" in told.location
    assert _stored(world) == [("Xây dựng đời sống văn hóa", "Sôi nổi")]


def test_every_error_is_told_by_row_and_column_and_nothing_is_stored(world, browser, path):
    page = _preview(browser, path, f"Tên phong trào\tKết quả\n{'x' * 501}\ttốt\n\tkhông tên")

    assert page.status_code == 422
    told = BeautifulSoup(page.text, "html.parser").select_one("[role=alert]").text
    assert "Dòng 2, cột A" in told
    assert "Dòng 3, cột A" in told
    assert value_of(page, "text").startswith("Tên phong trào")
    assert _stored(world) == [("Xây dựng đời sống văn hóa", "")]


def test_an_exported_file_comes_back_as_it_was(world, browser, path):
    browser.post(path, a_part_form("movements"))
    file = browser.get(f"{path}/list/export.xlsx")
    page = browser.post(f"{path}/list", {"file": (BytesIO(file.data), "bảng.xlsx")})

    assert "1 dòng giống dòng đang có" in page.text
    assert browser.get(f"{path}/list/template.xlsx").data[:2] == b"PK"


@pytest.mark.parametrize("sent", [{}, {"text": " "}, {"file": b"junk"}])
def test_what_is_no_list_is_asked_for_again(browser, path, sent):
    if "file" in sent:
        sent = {"file": (BytesIO(sent["file"]), "a.xlsx")}
    assert browser.post(f"{path}/list", dict(sent)).status_code == 422


@pytest.mark.parametrize("items", ["", "x", "[]", '{"movements": 1}', '{"directions": ["a"]}'])
def test_a_forged_confirmation_is_refused(world, browser, path, items):
    form = {"idempotency_key": "kkkkkkkk", "version": "0", "items": items, "mode": "add"}
    answer = browser.post(f"{path}/list/confirm", form)

    assert answer.status_code in {303, 422}
    assert _stored(world) == [("Xây dựng đời sống văn hóa", "")]


def test_parts_that_are_no_lists_have_none(browser, world):
    for part in ("achievements", "poems"):
        assert browser.get(f"{world.period}/report/parts/{part}/list").status_code == 404
