"""One part of the report a page: what is typed is saved, shown again, or kept as it was typed."""

import json

import pytest
from bs4 import BeautifulSoup

from services.intake.persistence.periods import Periods
from tests.builders.intake import a_part_form, submitted
from tests.support.fields import value_of as _value


@pytest.fixture
def browser(world):
    return world.client(world.officer())


@pytest.fixture
def path(world):
    return f"{world.period}/report/parts"


def _count(page):
    return len(BeautifulSoup(page.text, "html.parser").select("[data-rows] > [data-row]"))


def test_a_new_part_holds_the_expected_movements_and_own_indicators(browser, path):
    movements, indicators = browser.get(f"{path}/movements"), browser.get(f"{path}/indicators")

    assert _value(movements, "movements-0-name") == "Xây dựng đời sống văn hóa"
    assert _value(indicators, "indicators-0-code") == "VX1"
    assert _value(indicators, "indicators-1-code") == "VX2"
    assert "KT1" not in indicators.text


def test_a_saved_part_comes_back_as_it_was_typed(browser, path):
    typed = {"indicators-1-plan": "85", "indicators-1-actual": "12.000,50"}
    form = a_part_form("indicators", **typed, **{"indicators-1-at_least": "true"})
    saved = browser.post(f"{path}/indicators", form)
    page = browser.get(saved.location)

    assert "Đã lưu phần Chỉ tiêu." in page.text
    assert _value(page, "indicators-1-actual") == "12.000,5"
    assert "checked" in page.text
    assert _value(page, "version") == "1"
    share = BeautifulSoup(page.text, "html.parser").select_one("[data-shares]")
    assert share.text == "Bằng 8,78% tổng số"


def test_going_on_leads_through_all_parts_and_back_to_the_list(browser, path):
    seen, part = [], "movements"
    while part:
        answer = browser.post(f"{path}/{part}", a_part_form(part, action="next"))
        seen.append(part)
        part = answer.location.rpartition("/parts/")[2] if "/parts/" in answer.location else ""

    assert seen == [
        "movements",
        "indicators",
        "achievements",
        "nominations",
        "limitations",
        "directions",
    ]
    assert answer.location == path.removesuffix("/parts")


def test_a_part_that_no_form_has_is_not_found(browser, path):
    assert browser.get(f"{path}/poems").status_code == 404
    assert browser.post(f"{path}/poems", {"version": "0"}).status_code == 404


def test_occasion_and_evidence_of_a_nomination_are_kept(browser, path):
    page = browser.get(f"{path}/nominations")
    options = BeautifulSoup(page.text, "html.parser").select("#f-nominations-0-occasion option")
    occasion = options[1]["value"]
    more = {"nominations-0-occasion": occasion, "nominations-0-evidence": "QĐ 12 ngày 01/02/2023"}
    saved = browser.post(f"{path}/nominations", a_part_form("nominations", **more))
    again = browser.get(saved.location)

    assert _value(again, "nominations-0-occasion") == occasion
    assert _value(again, "nominations-0-evidence") == "QĐ 12 ngày 01/02/2023"


@pytest.mark.parametrize("version", [None, "", "x", "-1", "99999999999"])
def test_a_form_that_did_not_arrive_whole_leaves_the_part_as_it_was(browser, path, version):
    browser.post(f"{path}/achievements", a_part_form("achievements"))
    torn = {} if version is None else {"version": version}

    answer = browser.post(f"{path}/achievements", {"action": "save", **torn})

    assert answer.status_code == 409
    assert "bản đã lưu trước đó vẫn còn" in answer.text
    assert "Chất lượng dạy học nâng lên" in browser.get(f"{path}/achievements").text


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("indicators-0-actual", "12.5", "Dùng dấu phẩy"),
        ("indicators-0-actual", "nhiều", "Phải là một số"),
        ("indicators-0-plan", "-3", "Không thể là số âm"),
        ("indicators-0-reported_percent", "9", "Để trống"),
        ("limitations-0", "a\x07b", "ký tự điều khiển U+0007"),
        ("directions-0", "a" * 20_001, "quá giới hạn"),
        ("nominations-0-award", "nobel", "không có trong biểu mẫu"),
        ("nominations-0-kind", "collective", "chỉ dành cho: cá nhân"),
        ("movements-0-name", "x" * 501, "quá giới hạn"),
        ("achievements-0-text", "y" * 20_001, "quá giới hạn"),
    ],
)
def test_an_error_stands_beside_its_field_and_nothing_is_lost(browser, path, name, typed, said):
    part = name.partition("-")[0]
    page = browser.post(f"{path}/{part}", a_part_form(part, **{name: typed}))

    assert page.status_code == 422
    assert "<title>Lỗi: " in page.text
    place = name if name != "nominations-0-kind" else "nominations-0-award"
    error = BeautifulSoup(page.text, "html.parser").find(id=f"e-{place}")
    assert said in error.text
    kept = _value(page, name)
    assert kept in {typed, "a\ufffdb"} or name == "nominations-0-award"


def test_what_cannot_be_saved_waits_for_its_writer_on_any_device(world, browser, path):
    form = a_part_form("indicators", **{"indicators-0-actual": "nhiều", "indicators-1-plan": "85"})
    browser.post(f"{path}/indicators", form)
    other_device = world.client(world.officer())
    page = other_device.get(f"{path}/indicators")

    assert "Lần trước chưa lưu được vào báo cáo" in page.text
    assert _value(page, "indicators-0-actual") == "nhiều"
    assert _value(page, "indicators-1-plan") == "85"
    assert BeautifulSoup(page.text, "html.parser").find(id="e-indicators-0-actual")

    mended = a_part_form("indicators", **{"indicators-1-plan": "85"})
    assert other_device.post(f"{path}/indicators", mended).status_code == 303
    assert "Lần trước chưa lưu được" not in browser.get(f"{path}/indicators").text


def test_what_could_not_be_saved_is_given_up_only_when_its_writer_says_so(browser, path):
    browser.post(f"{path}/limitations", a_part_form("limitations"))
    broken = a_part_form("limitations", version="1", **{"limitations-0": "a\x07b"})
    browser.post(f"{path}/limitations", broken)
    answer = browser.post(f"{path}/limitations/discard")
    page = browser.get(answer.location)

    assert _value(page, "limitations-0") == "Tuyên truyền chưa thường xuyên"


def test_a_colleague_is_told_of_what_waits_but_not_shown_it(world, browser, path):
    secret = a_part_form("limitations", **{"limitations-0": "chuyện riêng \x07"})
    browser.post(f"{path}/limitations", secret)
    colleague = world.client(world.colleague())

    tasks = colleague.get(path.removesuffix("/parts"))
    assert "Người sector_officer van-hoa nhập lúc" in tasks.text
    assert "chuyện riêng" not in colleague.get(f"{path}/limitations").text


def test_a_draft_may_lack_what_only_the_end_asks(browser, path):
    form = a_part_form("nominations", **{"nominations-0-name": ""})

    assert browser.post(f"{path}/nominations", form).status_code == 303


def test_errors_keep_their_row_when_blank_rows_stand_before_them(browser, path):
    rows = {"limitations-0": "", "limitations-1": " ", "limitations-2": "a\x07b"}
    page = browser.post(f"{path}/limitations", a_part_form("limitations", **rows))

    assert BeautifulSoup(page.text, "html.parser").find(id="e-limitations-2")
    assert _value(page, "limitations-2") == "a\ufffdb"


@pytest.mark.parametrize("part", ["movements", "nominations", "limitations", "directions"])
def test_rows_are_added_without_a_script_and_nothing_is_saved(browser, path, part):
    page = browser.post(f"{path}/{part}", a_part_form(part, action="add"))

    assert page.status_code == 200
    assert _count(page) == 2
    assert "Chưa lưu" in page.text
    assert _value(browser.get(f"{path}/{part}"), "version") == "0"


def test_a_row_is_removed_and_taken_back_without_a_script(browser, path):
    typed = {"nominations-1-name": "Trần Văn Hai", "nominations-1-kind": "individual"}
    form = a_part_form("nominations", **typed)
    page = browser.post(f"{path}/nominations", {**form, "action": "remove-0"})

    assert _value(page, "nominations-0-name") == "Trần Văn Hai"
    assert _value(page, "nominations-1-name") != "Nguyễn Thị Một"
    left = {
        "version": "0",
        "nominations-0-name": "Trần Văn Hai",
        "removed": _value(page, "removed"),
        "action": "undo",
    }
    again = browser.post(f"{path}/nominations", left)
    assert _value(again, "nominations-0-name") == "Nguyễn Thị Một"
    assert _value(again, "nominations-0-award") == "advanced_worker"
    assert _value(again, "nominations-1-name") == "Trần Văn Hai"


@pytest.mark.parametrize("removed", ["", "x", "[]", '{"place": "a"}', '{"place": 0, "row": 1}'])
def test_taking_back_what_was_never_removed_changes_nothing(browser, path, removed):
    form = {**a_part_form("limitations", action="undo"), "removed": removed}
    page = browser.post(f"{path}/limitations", form)

    assert page.status_code == 200
    assert _count(page) == 1


@pytest.mark.parametrize(
    ("press", "order"),
    [
        ("down-0", ["hai", "một", "ba"]),
        ("up-2", ["một", "ba", "hai"]),
        ("up-0", ["một", "hai", "ba"]),
        ("down-2", ["một", "hai", "ba"]),
        ("down-77", ["một", "hai", "ba"]),
    ],
)
def test_rows_change_places_without_a_script(browser, path, press, order):
    rows = {f"directions-{place}": text for place, text in enumerate(["một", "hai", "ba"])}
    page = browser.post(f"{path}/directions", a_part_form("directions", **rows, action=press))

    assert [_value(page, f"directions-{place}") for place in range(3)] == order


def test_a_part_may_be_declared_to_have_no_content(browser, path):
    declared = browser.post(
        f"{path}/nominations", {"action": "save", "version": "0", "nothing": "true"}
    )
    page = browser.get(declared.location)

    assert BeautifulSoup(page.text, "html.parser").find(id="f-nothing").has_attr("checked")
    wrong = browser.post(
        f"{path}/nominations", a_part_form("nominations", version="1", nothing="true")
    )
    assert wrong.status_code == 422
    told = BeautifulSoup(wrong.text, "html.parser").find(id="e-nothing")
    assert "không thể ghi là không có" in told.text


@pytest.mark.parametrize(
    ("part", "forged"),
    [
        ("movements", {"movements": "abc"}),
        ("movements", {"movements-x-name": "abc"}),
        ("limitations", {"limitations-9-deep": "abc"}),
        ("limitations", {"poems-0": "abc"}),
        ("limitations", {"directions-0": "của phần khác"}),
        ("indicators", {"indicators-0-code": "KT1"}),
        ("achievements", {"achievements-0-field": "tho-ca"}),
    ],
)
def test_a_forged_form_is_refused_and_shown_again(browser, path, part, forged):
    assert browser.post(f"{path}/{part}", a_part_form(part, **forged)).status_code == 422


def test_what_was_typed_into_a_report_that_was_handed_in_meanwhile_is_shown_and_told(
    world, browser, path
):
    submitted(world)
    page = browser.post(f"{path}/limitations", a_part_form("limitations"))

    assert page.status_code == 409
    assert "Báo cáo đã nộp nên không sửa được nữa." in page.text
    assert _value(page, "limitations-0") == "Tuyên truyền chưa thường xuyên"
    assert 'value="save"' in page.text


class _Script:
    """The script of the page, which saves by itself."""

    def __init__(self, browser, path):
        self._browser, self._path = browser, path

    def save(self, part, key, **changes):
        form = a_part_form(part, **changes)
        headers = {"Accept": "application/json", "Idempotency-Key": key}
        return self._browser.post(f"{self._path}/{part}/autosave", form, headers=headers)


@pytest.fixture
def script(browser, path):
    return _Script(browser, path)


def test_the_script_is_told_the_version_and_the_time(script):
    answer = script.save("indicators", "first-key")

    assert answer.json == {"state": "saved", "version": 1, "at": "09:30"}


def test_a_save_that_was_not_answered_is_repeated_without_harm(world, script, browser, path):
    first = script.save("limitations", "one-key-1")
    world.clock.forward(minutes=5)
    second = script.save("limitations", "one-key-1")

    assert second.json == first.json
    assert _value(browser.get(f"{path}/limitations"), "version") == "1"


def test_the_script_is_told_errors_by_field_and_what_was_typed_is_kept(script, browser, path):
    answer = script.save("indicators", "a-key-1234", **{"indicators-0-actual": "12."})

    assert answer.status_code == 422
    assert answer.json["state"] == "faulty"
    assert set(answer.json["errors"]) == {"indicators-0-actual"}
    assert _value(browser.get(f"{path}/indicators"), "indicators-0-actual") == "12."


def test_the_script_is_told_where_its_text_lies_when_a_colleague_was_faster(
    world, script, browser, path
):
    colleague = world.client(world.colleague())
    colleague.post(f"{path}/limitations", a_part_form("limitations", **{"limitations-0": "Một"}))
    answer = script.save("limitations", "key-of-mine", editor="window-1")
    typed_on = {"limitations-0": "Hai, gõ tiếp", "editor": "window-1"}
    again = script.save("limitations", "key-of-mine-2", **typed_on)

    assert (answer.status_code, answer.json["state"]) == (409, "set_aside")
    assert answer.json["by"] == "Đồng nghiệp"
    assert again.json["place"] == answer.json["place"]
    page = browser.get(answer.json["place"])
    assert "Hai, gõ tiếp" in page.text
    assert "Một" in page.text


def test_a_period_that_closes_while_typing_refuses_and_keeps(world, script):
    with world.deps.database.begin() as session:
        Periods(session, office_id=world.office.office_id).get(
            world.office.period_id
        ).status = "closed"
    answer = script.save("limitations", "key-at-the-end")

    assert (answer.status_code, answer.json["state"]) == (409, "refused")
    assert "đã đóng" in answer.json["detail"]


def test_without_a_session_the_script_is_answered_as_a_program(world, path):
    stranger = world.client()
    answer = stranger.post(
        f"{path}/limitations/autosave",
        a_part_form("limitations"),
        headers={"Accept": "application/json"},
    )

    assert answer.status_code == 401
    assert json.loads(answer.text)["type"] == "/problems/not-signed-in"
