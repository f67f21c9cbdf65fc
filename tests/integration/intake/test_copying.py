"""Beginning with last period's report: shown first, only blanks filled, taken back at one press."""

from datetime import date
from uuid import UUID

import pytest
from bs4 import BeautifulSoup

from services.intake.use_cases.opening import open_report
from services.intake.use_cases.setting_aside import list_set_asides
from tests.builders.intake import Api, a_part_form, a_report
from tests.support.fields import value_of as _value


@pytest.fixture
def next_period(world):
    """Open the period of next year, for which the culture sector has reported the year before."""
    last = a_report(
        movements=[{"name": "Xây dựng đời sống văn hóa", "result": "Sôi nổi"}, {"name": "Sách"}],
        indicators=[{"code": "VX2", "plan": 85, "actual": 90}],
    )
    assert Api(world, world.officer()).report(last).status_code == 201
    body = {
        "like": str(world.office.period_id),
        "code": "2024",
        "title": "Tổng kết năm 2024",
        "year": 2024,
        "due_on": date(2024, 12, 15).isoformat(),
    }
    opened = Api(world, world.clerk()).post("/periods", body)
    assert opened.status_code == 201, opened.json
    return UUID(opened.json["id"])


@pytest.fixture
def path(next_period):
    return f"/periods/{next_period}/report"


@pytest.fixture
def browser(world):
    return world.client(world.officer())


def _content(world, period_id):
    return open_report(period_id, by=world.officer(), deps=world.deps).content


def _copy(browser, path, *parts):
    page = browser.get(f"{path}/copy")
    form = {"idempotency_key": _value(page, "idempotency_key"), "part": list(parts)}
    return browser.post(f"{path}/copy", form)


def test_a_unit_without_an_older_report_is_told_so(world, browser):
    page = browser.get(f"{world.period}/report/copy")

    assert "Chưa có kỳ trước" in page.text


def test_what_would_be_copied_is_shown_and_nothing_is_done_by_looking(
    world, browser, path, next_period
):
    page = browser.get(f"{path}/copy")
    shown = {
        it["value"] for it in BeautifulSoup(page.text, "html.parser").select("input[name=part]")
    }

    assert shown == {"movements", "indicators", "achievements", "limitations", "directions"}
    assert "Hộ đạt gia đình văn hóa: kế hoạch 85%" in page.text
    assert "Nguyễn Thị Một" not in page.text
    assert _content(world, next_period).limitations == ()


def test_only_blanks_are_filled_and_the_part_is_marked(world, browser, path, next_period):
    mine = {"movements-0-name": "Xây dựng đời sống văn hóa", "movements-0-result": "Năm nay"}
    browser.post(f"{path}/parts/movements", {"action": "save", "version": "0", **mine})
    _copy(browser, path, "movements", "indicators", "achievements")

    content = _content(world, next_period)
    assert [(it.name, it.result) for it in content.movements] == [
        ("Xây dựng đời sống văn hóa", "Năm nay"),
        ("Sách", ""),
    ]
    assert [(it.code, it.plan, it.actual) for it in content.indicators] == [("VX2", 85, None)]
    assert [it.text for it in content.achievements] == ["Chất lượng dạy học nâng lên"]
    assert content.nominations == content.limitations == ()
    assert "Còn nguyên như Tổng kết năm 2023" in browser.get(path).text
    assert "hãy sửa lại cho đúng kỳ này" in browser.get(f"{path}/parts/achievements").text


def test_the_mark_goes_when_the_words_are_changed(browser, path):
    _copy(browser, path, "limitations")
    changed = a_part_form("limitations", version="1", **{"limitations-0": "Của năm nay"})
    browser.post(f"{path}/parts/limitations", changed)

    assert "Còn nguyên như" not in browser.get(path).text


def test_a_copy_is_taken_back(world, browser, path, next_period):
    before = _content(world, next_period)
    _copy(browser, path, "limitations")
    assert _content(world, next_period).limitations
    kept = list_set_asides(next_period, by=world.officer(), deps=world.deps)
    place = f"{path}/set-aside/{kept[0].id}"
    page = browser.get(place)
    form = {name: _value(page, name) for name in ("version", "idempotency_key")}
    browser.post(place, {**form, "choice": "mine"})

    assert _content(world, next_period) == before


def test_copying_nothing_says_so(browser, path):
    told = browser.get(_copy(browser, path).location)

    assert "Chưa chọn phần nào" in told.text


def test_the_same_press_twice_copies_once(world, browser, path, next_period):
    form = {
        "idempotency_key": _value(browser.get(f"{path}/copy"), "idempotency_key"),
        "part": "limitations",
    }
    first, second = browser.post(f"{path}/copy", form), browser.post(f"{path}/copy", form)

    assert first.location == second.location
    assert len(list_set_asides(next_period, by=world.officer(), deps=world.deps)) == 1


def test_last_years_accepted_figure_stands_beside_this_years(world, browser, path):
    last = Api(world, world.clerk()).get("/submissions").json["items"][0]
    Api(world, world.clerk()).post(f"/submissions/{last['id']}/accept", {})
    page = browser.get(f"{path}/parts/indicators")

    assert "Năm trước: <strong>90</strong> %" in page.text


def test_a_program_copies_too(world, next_period):
    api = Api(world, world.officer())
    preview = api.get(f"/periods/{next_period}/copy").json
    copied = api.post(f"/periods/{next_period}/copy", {"parts": ["limitations"]}).json

    assert preview["source"] == "Tổng kết năm 2023"
    assert copied["parts"] == ["limitations"]
    body = {"side": "mine", "version": 1}
    undone = api.post(f"/set-asides/{copied['before'][0]}/settle", body)
    assert undone.status_code == 200
    assert _content(world, next_period).limitations == ()
