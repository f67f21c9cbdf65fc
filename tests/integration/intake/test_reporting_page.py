import re

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import delete

from services.intake.domain.receipts import Call
from services.intake.persistence.models import PeriodRow
from services.intake.persistence.periods import Periods
from services.intake.use_cases.commenting import AddComment, add_comment
from tests.builders.intake import PART_FORMS, Api, a_part_form, accepted, submitted
from tests.support.fields import value_of as _value


@pytest.fixture
def browser(world):
    return world.client(world.officer())


@pytest.fixture
def path(world):
    return f"{world.period}/report"


def _fill_in(browser, path, **changes):
    """Save every part, as its page sends it."""
    for part in PART_FORMS:
        page = browser.get(f"{path}/parts/{part}")
        form = a_part_form(part, version=_value(page, "version"))
        form |= {name: text for name, text in changes.items() if name.startswith(part)}
        saved = browser.post(f"{path}/parts/{part}", form)
        assert saved.status_code == 303, saved.text


def _hand_in(browser, path, **changes):
    """Press every button from the first part to the receipt; return the page of the receipt."""
    _fill_in(browser, path, **changes)
    page = browser.get(f"{path}/check")
    answer = browser.post(
        f"{path}/submit",
        {
            "idempotency_key": _value(page, "idempotency_key"),
            "seen_sha256": _value(page, "seen_sha256"),
        },
    )
    assert answer.status_code == 303, answer.text
    return browser.get(answer.location)


def _close(world):
    with world.deps.database.begin() as session:
        Periods(session, office_id=world.office.office_id).get(
            world.office.period_id
        ).status = "closed"


def _states(page):
    """Return the parts of the task list with their states."""
    tasks = BeautifulSoup(page.text, "html.parser").select(".task-list .task")
    return {task.a.text: task.select_one(".badge").text for task in tasks}


def test_the_list_names_the_parts_of_this_unit_and_how_far_they_are(browser, path):
    browser.post(f"{path}/parts/movements", a_part_form("movements"))
    browser.post(f"{path}/parts/indicators", a_part_form("indicators"))
    browser.post(f"{path}/parts/nominations", {"action": "save", "version": "0", "nothing": "true"})
    browser.post(f"{path}/parts/limitations", {"version": "0", "limitations-0": "a\x07b"})

    assert _states(browser.get(path)) == {
        "Phong trào thi đua": "Đủ",
        "Chỉ tiêu": "Đang nhập",
        "Kết quả theo lĩnh vực": "Chưa nhập",
        "Đề nghị khen thưởng": "Không có nội dung",
        "Hạn chế, khuyết điểm": "Có lỗi",
        "Phương hướng, nhiệm vụ năm tới": "Chưa nhập",
    }


def test_a_unit_is_shown_only_the_parts_that_it_is_asked(world):
    foreign_to_culture = world.client(world.officer("tai-chinh"))
    page = foreign_to_culture.get(f"{world.period}/report/parts/indicators")

    assert "Thu ngân sách" in page.text
    assert "Hộ nghèo giảm" not in page.text


def test_the_list_says_who_of_the_colleagues_saved_a_part(world, browser, path):
    colleague = world.client(world.person("sector_officer", "van-hoa"))
    colleague.post(f"{path}/parts/directions", a_part_form("directions"))

    assert "Người sector_officer van-hoa lưu lúc 09:30 ngày 10/12/2023" in browser.get(path).text


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "còn 5 ngày"),
        (5, "hôm nay là ngày cuối"),
        (7, "đã quá hạn 2 ngày, vẫn nộp được"),
    ],
)
def test_the_deadline_is_counted_in_days(world, browser, path, days, said):
    world.clock.forward(days=days)

    assert said in browser.get(path).text


def test_looking_at_a_form_begins_nothing(world, browser, path):
    for place in ("", "/check", "/parts/movements", "/copy", "/set-aside"):
        assert browser.get(f"{path}{place}").status_code == 200

    board = world.client(world.clerk()).get(world.period)
    assert "Chưa nộp 2" in board.text


def test_from_the_first_part_to_the_receipt(world, browser, path):
    page = _hand_in(browser, path)

    assert "Đã nộp báo cáo" in page.text
    assert re.search(r"2023-VAN-HOA-L1-[0-9A-F]{6}", page.text)
    assert re.search(r"[0-9a-f]{64}", page.text)
    assert "Người sector_officer van-hoa" in page.text
    assert browser.get(path).status_code == 303
    assert browser.get(f"{path}/check").status_code == 303
    assert browser.get(f"{path}/parts/movements").status_code == 303
    assert "Đã nộp 1" in world.client(world.clerk()).get(world.period).text


def test_a_late_report_is_taken_and_its_receipt_says_how_late(world, browser, path):
    world.clock.forward(days=8)

    assert "Nộp muộn 3 ngày so với hạn 15/12/2023" in _hand_in(browser, path).text


def test_pressing_the_last_button_twice_submits_once(world, browser, path):
    _fill_in(browser, path)
    page = browser.get(f"{path}/check")
    form = {
        "idempotency_key": _value(page, "idempotency_key"),
        "seen_sha256": _value(page, "seen_sha256"),
    }
    first, second = browser.post(f"{path}/submit", form), browser.post(f"{path}/submit", form)

    assert first.location == second.location
    assert browser.get(first.location).text.count("Lượt nộp") == 1


def test_submitting_in_a_second_window_leads_to_what_was_handed_in(world, browser, path):
    _fill_in(browser, path)
    first, second = browser.get(f"{path}/check"), browser.get(f"{path}/check")
    forms = [
        {name: _value(page, name) for name in ("idempotency_key", "seen_sha256")}
        for page in (first, second)
    ]
    browser.post(f"{path}/submit", forms[0])
    again = browser.post(f"{path}/submit", forms[1])
    told = browser.get(browser.get(again.location).location)

    assert "Báo cáo này đã được nộp rồi." in told.text
    assert "Lượt 1" in told.text


def test_a_draft_changed_after_the_check_is_not_submitted(world, browser, path):
    browser.post(f"{path}/parts/limitations", a_part_form("limitations"))
    page = browser.get(f"{path}/check")
    Api(world, world.officer()).report(action="draft", content={"limitations": ["Khác"]})

    answer = browser.post(
        f"{path}/submit", {"idempotency_key": "k", "seen_sha256": _value(page, "seen_sha256")}
    )
    again = browser.get(answer.location)

    assert "thay đổi ở nơi khác" in again.text
    assert "Chưa nộp 1" in world.client(world.clerk()).get(world.period).text


def test_submitting_without_a_draft_leads_back_to_the_parts(browser, path):
    answer = browser.post(f"{path}/submit", {"idempotency_key": "k", "seen_sha256": "x"})

    assert "Chưa có bản nháp" in browser.get(answer.location).text


def test_a_submit_form_without_its_fields_shows_the_check_again(browser, path):
    assert browser.post(f"{path}/submit", {}).status_code == 422


def test_the_check_tells_errors_by_part_and_offers_no_button_until_they_are_gone(browser, path):
    part = f"{path}/parts/nominations"
    browser.post(part, a_part_form("nominations", **{"nominations-0-name": ""}))
    page = browser.get(f"{path}/check")

    told = BeautifulSoup(page.text, "html.parser").find(id="part-nominations")
    assert "Nhập tên cá nhân, hộ gia đình hoặc tập thể" in told.text
    assert _value(page, "seen_sha256") is None
    assert told.find("a")["href"] == part

    browser.post(part, a_part_form("nominations", version="1"))
    assert _value(browser.get(f"{path}/check"), "seen_sha256")


def test_what_is_wrong_is_refused_at_the_end_too(world, browser, path):
    browser.post(
        f"{path}/parts/nominations", a_part_form("nominations", **{"nominations-0-name": ""})
    )
    stored = Api(world, world.officer()).get(f"/periods/{world.office.period_id}/draft").json
    form = {"idempotency_key": "k", "seen_sha256": stored["sha256"]}
    page = browser.post(f"{path}/submit", form)

    assert page.status_code == 422
    assert "Nhập tên cá nhân" in page.text


def test_what_could_not_be_saved_must_be_put_in_order_before_the_end(browser, path):
    browser.post(f"{path}/parts/limitations", a_part_form("limitations"))
    browser.post(f"{path}/parts/directions", {"version": "0", "directions-0": "a\x07b"})
    page = browser.get(f"{path}/check")

    assert "phần bạn nhập dở chưa lưu được" in page.text
    assert _value(page, "seen_sha256") is None


def test_the_check_names_what_is_still_blank(browser, path):
    movement = a_part_form("movements", **{"movements-0-result": ""})
    browser.post(f"{path}/parts/movements", movement)
    browser.post(f"{path}/parts/indicators", a_part_form("indicators"))

    page = browser.get(f"{path}/check")

    assert "Chưa có số liệu: Hộ đạt gia đình văn hóa" in page.text
    assert "Chưa có kết quả của phong trào: Xây dựng đời sống văn hóa" in page.text


def test_a_returned_report_shows_the_reason_and_is_handed_in_again(world, browser, path):
    submission_id = submitted(world)
    clerk = world.client(world.clerk())
    clerk.post(
        f"/submissions/{submission_id}/return",
        {"idempotency_key": "k1", "round": "1", "reason": "Thiếu <số liệu> & tên"},
    )

    for page in (browser.get(path), browser.get(f"{path}/parts/directions")):
        assert "Văn phòng trả lại báo cáo" in page.text
        assert "Thiếu &lt;số liệu&gt; &amp; tên" in page.text
    assert "L2-" in _hand_in(browser, path, **{"directions-0": "Sửa lại"}).text
    assert "Thiếu" not in browser.get(f"/submissions/{submission_id}/receipt").text


def test_the_receipt_of_every_round_is_found_again_from_the_report(world, browser, path):
    submission_id = submitted(world)
    report = f"/submissions/{submission_id}"

    shown = browser.get(report).text
    assert f"{report}/receipt?round=1" in shown
    assert f"{path}/rounds" in shown

    Api(world, world.clerk()).post(f"{report}/return", {"reason": "Thiếu"})
    _hand_in(browser, path)
    assert f"{report}/receipt?round=1" in browser.get(f"{path}/rounds").text
    first, second = (browser.get(f"{report}/receipt?round={it}").text for it in (1, 2))
    assert "-L1-" in first
    assert "Việc tiếp theo" not in first
    assert "-L2-" in second
    assert "Việc tiếp theo" in second
    assert browser.get(f"{report}/receipt?round=9").status_code == 404


def test_what_the_office_asks_about_a_part_stands_at_that_part(world, browser, path):
    submission_id = submitted(world)
    command = AddComment(
        submission_id=submission_id,
        part="limitations",
        text="Nêu rõ <nguyên nhân>",
        call=Call(actor="account:x", key="comment-1", fingerprint="f"),
    )
    add_comment(command, by=world.clerk(), deps=world.deps)
    Api(world, world.clerk()).post(f"/submissions/{submission_id}/return", {"reason": "Thiếu"})
    tasks = BeautifulSoup(browser.get(path).text, "html.parser").select(".task-list .task")
    asked = {task.a.text for task in tasks if "Nêu rõ <nguyên nhân>" in task.text}

    assert asked == {"Hạn chế, khuyết điểm"}
    assert "Ý kiến của văn phòng về phần này" in browser.get(f"{path}/parts/limitations").text
    assert "Ý kiến của văn phòng" not in browser.get(f"{path}/parts/directions").text


def test_hostile_text_is_shown_as_typed(world, browser, path):
    typed = '{{ 7*7 }} <w:p> & "x"'
    _hand_in(browser, path, **{"movements-0-result": typed})
    page = world.client(world.clerk()).get(world.period)
    link = BeautifulSoup(page.text, "html.parser").select_one("tbody a")["href"]

    review = BeautifulSoup(world.client(world.clerk()).get(link).text, "html.parser")
    assert typed in review.get_text()


def test_a_closed_period_says_so(world, browser, path):
    _close(world)

    assert "không nhận thêm" in browser.get(path).text
    assert "không nhận thêm" in browser.get(f"{path}/parts/movements").text
    page = browser.post(f"{path}/parts/movements", a_part_form("movements"))
    assert page.status_code == 409
    assert _value(page, "movements-0-result") == "Sôi nổi"
    assert "để bạn chép ra" in page.text
    assert "đã đóng" in browser.get("/reports").text
    assert browser.get("/").location == "/reports"


def test_another_offices_period_is_not_found(world, browser):
    foreign = f"/periods/{world.foreign.period_id}/report"

    for place in ("", "/check", "/copy", "/set-aside", "/parts/movements"):
        assert browser.get(f"{foreign}{place}").status_code == 404
    answer = browser.post(f"{foreign}/parts/movements", a_part_form("movements"))
    assert answer.status_code == 404


def test_the_board_counts_days_late(world):
    submitted(world)
    world.clock.forward(days=7)
    page = world.client(world.clerk()).get(world.period)
    rows = BeautifulSoup(page.text, "html.parser").select("table.board tbody tr")

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
    rows = BeautifulSoup(page.text, "html.parser").select("table.board tbody tr th")

    assert [row.text.strip() for row in rows] == names


def test_an_empty_filter_says_so(world):
    page = world.client(world.clerk()).get(f"{world.period}?state=accepted")

    assert "Không có ngành nào khớp bộ lọc" in page.text


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
