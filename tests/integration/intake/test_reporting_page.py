import re

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import delete

from services.intake.persistence.models import PeriodRow
from services.intake.persistence.periods import Periods
from tests.builders.intake import Api, a_form, accepted, submitted


@pytest.fixture
def browser(world):
    return world.client(world.officer())


@pytest.fixture
def path(world):
    return f"{world.period}/report"


def _value(page, name):
    field = BeautifulSoup(page.text, "html.parser").find(attrs={"name": name})
    if field is None:
        return None
    if field.name == "textarea":
        return field.text.removeprefix("\n")
    if field.name == "select":
        chosen = field.find("option", selected=True)
        return chosen["value"] if chosen else None
    return field.get("value")


def _hand_in(browser, path, **changes):
    """Press every button from the form to the receipt; return the page of the receipt."""
    version = _value(browser.get(path), "version")
    checked = browser.post(path, a_form(action="review", version=version, **changes))
    assert checked.status_code == 303, checked.text
    page = browser.get(checked.location)
    answer = browser.post(
        f"{path}/submit",
        {
            "idempotency_key": _value(page, "idempotency_key"),
            "seen_sha256": _value(page, "seen_sha256"),
        },
    )
    assert answer.status_code == 303, answer.text
    return browser.get(answer.location)


def test_a_new_form_holds_the_expected_movements_and_own_indicators(browser, path):
    page = browser.get(path)

    assert _value(page, "movements-0-name") == "Xây dựng đời sống văn hóa"
    assert _value(page, "indicators-0-code") == "VX1"
    assert _value(page, "indicators-1-code") == "VX2"
    assert "KT1" not in page.text


def test_looking_at_a_form_begins_nothing(world, browser, path):
    browser.get(path)
    browser.get(f"{path}/check")

    board = world.client(world.clerk()).get(world.period)
    assert "Chưa nộp 2" in board.text


def test_a_saved_draft_comes_back_as_it_was_typed(browser, path):
    typed = a_form(**{"indicators-1-plan": "85", "indicators-1-actual": "12.000,50"})
    saved = browser.post(path, {**typed, "indicators-1-at_least": "true", "version": "0"})
    page = browser.get(saved.location)

    assert "Đã lưu bản nháp" in page.text
    assert _value(page, "indicators-1-actual") == "12.000,5"
    assert _value(page, "achievements-0-text") == "Chất lượng dạy học nâng lên"
    assert _value(page, "nominations-0-award") == "advanced_worker"
    assert "checked" in page.text


def test_from_form_to_receipt(world, browser, path):
    page = _hand_in(browser, path)

    assert "Đã nộp báo cáo" in page.text
    assert re.search(r"2023-VAN-HOA-L1-[0-9A-F]{6}", page.text)
    assert re.search(r"[0-9a-f]{64}", page.text)
    assert browser.get(path).status_code == 303
    assert browser.get(f"{path}/check").status_code == 303
    assert "Đã nộp 1" in world.client(world.clerk()).get(world.period).text


def test_pressing_the_last_button_twice_submits_once(world, browser, path):
    browser.post(path, a_form(version="0"))
    page = browser.get(f"{path}/check")
    form = {
        "idempotency_key": _value(page, "idempotency_key"),
        "seen_sha256": _value(page, "seen_sha256"),
    }
    first, second = browser.post(f"{path}/submit", form), browser.post(f"{path}/submit", form)

    assert first.location == second.location
    assert browser.get(first.location).text.count("Lượt nộp") == 1


def test_a_draft_changed_after_the_check_is_not_submitted(world, browser, path):
    browser.post(path, a_form(version="0"))
    page = browser.get(f"{path}/check")
    Api(world, world.officer()).report(action="draft", content={"limitations": ["Khác"]})

    answer = browser.post(
        f"{path}/submit", {"idempotency_key": "k", "seen_sha256": _value(page, "seen_sha256")}
    )
    again = browser.get(answer.location)

    assert "thay đổi ở nơi khác" in again.text
    assert _value(again, "limitations-0") == "Khác"


@pytest.mark.parametrize("version", [None, "", "x"])
def test_a_form_that_did_not_arrive_whole_leaves_the_draft_as_it_was(browser, path, version):
    browser.post(path, a_form())
    torn = {} if version is None else {"version": version}

    answer = browser.post(path, {"action": "draft", **torn})

    assert answer.status_code == 409
    assert "bản đã lưu trước đó vẫn còn" in answer.text
    assert "Chất lượng dạy học nâng lên" in browser.get(path).text


def test_submitting_without_a_draft_leads_back_to_the_form(browser, path):
    answer = browser.post(f"{path}/submit", {"idempotency_key": "k", "seen_sha256": "x"})

    assert "Chưa có bản nháp" in browser.get(answer.location).text


def test_a_submit_form_without_its_fields_shows_the_form_again(browser, path):
    assert browser.post(f"{path}/submit", {}).status_code == 422


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
    ],
)
def test_an_error_stands_beside_its_field_and_nothing_is_lost(browser, path, name, typed, said):
    page = browser.post(path, a_form(**{name: typed, "version": "0"}))

    assert page.status_code == 422
    assert "<title>Lỗi: " in page.text
    place = name if name != "nominations-0-kind" else "nominations-0-award"
    error = BeautifulSoup(page.text, "html.parser").find(id=f"e-{place}")
    assert said in error.text
    assert _value(page, "movements-0-result") == "Sôi nổi"
    kept = _value(page, name)
    assert kept is None or kept in {typed, "a\ufffdb"} or name == "nominations-0-award"


def test_what_a_finished_report_lacks_is_said_before_the_check(browser, path):
    page = browser.post(path, a_form(action="review", **{"nominations-0-name": ""}))

    assert page.status_code == 422
    assert "Nhập tên cá nhân, hộ gia đình hoặc tập thể" in page.text
    assert browser.post(path, a_form(**{"nominations-0-name": ""})).status_code == 303


def test_errors_keep_their_row_when_blank_rows_stand_before_them(browser, path):
    rows = {"limitations-0": "", "limitations-1": " ", "limitations-2": "a\x07b"}
    page = browser.post(path, a_form(**rows))

    soup = BeautifulSoup(page.text, "html.parser")
    assert soup.find(id="e-limitations-0")
    assert _value(page, "limitations-0") == "a\ufffdb"


@pytest.mark.parametrize("rows", ["movements", "nominations", "limitations", "directions"])
def test_rows_are_added_without_a_script_and_nothing_is_saved(world, browser, path, rows):
    def count(page):
        return len(set(re.findall(rf'name="{rows}-(\d+)', page.text)))

    page = browser.post(path, a_form(action=f"add-{rows}"))

    assert page.status_code == 200
    assert count(page) == 2
    assert _value(page, "movements-0-result") == "Sôi nổi"
    assert _value(browser.get(path), "movements-0-result") == ""


def test_a_row_is_removed_without_a_script(browser, path):
    typed = a_form(**{"nominations-1-name": "Trần Văn Hai", "nominations-1-kind": "individual"})
    page = browser.post(path, {**typed, "action": "remove-nominations-0"})

    assert _value(page, "nominations-0-name") == "Trần Văn Hai"
    assert _value(page, "nominations-1-name") is None


@pytest.mark.parametrize(
    "forged",
    [
        {"movements": "abc"},
        {"movements-x-name": "abc"},
        {"limitations-9-deep": "abc"},
        {"poems-0": "abc"},
        {"indicators-0-code": "KT1"},
        {"achievements-0-field": "tho-ca"},
    ],
)
def test_a_forged_form_is_refused_and_shown_again(browser, path, forged):
    assert browser.post(path, a_form(**forged)).status_code == 422


def test_two_windows_do_not_overwrite_each_other_unasked(browser, path):
    browser.post(path, a_form(version="0", **{"limitations-0": "cửa sổ một"}))
    page = browser.post(path, a_form(version="0", **{"limitations-0": "cửa sổ hai"}))

    assert page.status_code == 409
    assert "thay đổi ở nơi khác" in page.text
    assert _value(page, "limitations-0") == "cửa sổ hai"
    again = a_form(version=_value(page, "version"), **{"limitations-0": "cửa sổ hai"})
    assert browser.post(path, again).status_code == 303
    assert _value(browser.get(path), "limitations-0") == "cửa sổ hai"


def test_a_returned_report_shows_the_reason_and_is_handed_in_again(world, browser, path):
    submission_id = submitted(world)
    clerk = world.client(world.clerk())
    clerk.post(
        f"/submissions/{submission_id}/return",
        {"idempotency_key": "k1", "round": "1", "reason": "Thiếu <số liệu> & tên"},
    )
    page = browser.get(path)

    assert "Văn phòng trả lại báo cáo" in page.text
    assert "Thiếu &lt;số liệu&gt; &amp; tên" in page.text
    assert "L2-" in _hand_in(browser, path).text
    assert "Thiếu" not in browser.get(f"/submissions/{submission_id}/receipt").text


def test_hostile_text_is_shown_as_typed(world, browser, path):
    typed = '{{ 7*7 }} <w:p> & "x"'
    _hand_in(browser, path, **{"movements-0-result": typed})
    page = world.client(world.clerk()).get(world.period)
    link = BeautifulSoup(page.text, "html.parser").select_one("tbody a")["href"]

    review = BeautifulSoup(world.client(world.clerk()).get(link).text, "html.parser")
    assert typed in review.get_text()


def test_the_check_names_what_is_still_blank(browser, path):
    browser.post(path, a_form(**{"movements-0-result": "", "version": "0"}))

    page = browser.get(f"{path}/check")

    assert "Chưa có số liệu: Hộ đạt gia đình văn hóa" in page.text
    assert "Chưa có kết quả của phong trào: Xây dựng đời sống văn hóa" in page.text


def test_a_closed_period_says_so(world, browser, path):
    with world.deps.database.begin() as session:
        Periods(session, office_id=world.office.office_id).get(
            world.office.period_id
        ).status = "closed"

    assert "không nhận thêm" in browser.get(path).text
    assert browser.post(path, a_form()).status_code == 409
    assert "đã đóng" in browser.get("/reports").text
    assert browser.get("/").location == "/reports"


def test_another_offices_period_is_not_found(world, browser):
    assert browser.get(f"/periods/{world.foreign.period_id}/report").status_code == 404
    assert browser.post(f"/periods/{world.foreign.period_id}/report", a_form()).status_code == 404


def test_the_board_counts_days_late(world):
    submitted(world)
    world.clock.forward(days=7)
    page = world.client(world.clerk()).get(world.period)
    rows = BeautifulSoup(page.text, "html.parser").select("tbody tr")

    assert "đúng hạn" in rows[0].text
    assert "muộn 2 ngày" in rows[1].text


@pytest.mark.parametrize(
    ("state", "names"),
    [
        ("submitted", ["Ban Văn hóa"]),
        ("not_begun", ["Tài chính"]),
        ("nonsense", ["Ban Văn hóa", "Tài chính"]),
    ],
)
def test_the_board_is_filtered_by_state(world, state, names):
    submitted(world)
    page = world.client(world.clerk()).get(f"{world.period}?state={state}")
    rows = BeautifulSoup(page.text, "html.parser").select("tbody tr th")

    assert [row.find(string=True, recursive=False).strip() or row.a.text for row in rows] == names


def test_an_empty_filter_says_so(world):
    page = world.client(world.clerk()).get(f"{world.period}?state=accepted")

    assert "Không có ngành nào ở trạng thái này" in page.text


def test_a_clerk_accepts_with_one_click_and_reads_every_round(world):
    submission_id = submitted(world)
    clerk = world.client(world.clerk())
    page = clerk.get(f"/submissions/{submission_id}")
    form = {"idempotency_key": _value(page, "idempotency_key"), "round": _value(page, "round")}

    done = clerk.post(f"/submissions/{submission_id}/accept", form)

    assert "Đã duyệt báo cáo." in clerk.get(done.location).text
    assert clerk.get(f"/submissions/{submission_id}?round=1").status_code == 200
    assert clerk.get(f"/submissions/{submission_id}?round=9").status_code == 404


def test_returning_without_a_reason_keeps_the_page(world):
    submission_id = submitted(world)
    clerk = world.client(world.clerk())

    page = clerk.post(
        f"/submissions/{submission_id}/return", {"idempotency_key": "k", "reason": " "}
    )

    assert page.status_code == 422
    assert BeautifulSoup(page.text, "html.parser").find(id="e-reason")


def test_a_reader_sees_names_for_codes_and_computed_shares(world):
    submission_id = accepted(world)

    text = world.client(world.clerk()).get(f"/submissions/{submission_id}").text

    assert "Lao động tiên tiến" in text
    assert "8,78% tổng số" in text
    assert "Mở lại để sửa" in text


def test_without_periods_every_list_says_what_comes_next(world):
    with world.deps.database.begin() as session:
        session.execute(delete(PeriodRow))

    assert "Chưa có kỳ báo cáo nào" in world.client(world.clerk()).get("/periods").text
    assert "Chưa có kỳ báo cáo nào" in world.client(world.officer()).get("/reports").text
