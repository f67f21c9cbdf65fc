"""The sector's pages in a real browser: saving by itself through every kind of trouble."""

import re

import pytest
from playwright.sync_api import expect

from kernel.auth.principal import Role, Service
from services.intake.persistence import MIGRATIONS
from services.intake.persistence.periods import Periods
from services.intake.use_cases.opening import open_report
from tests.builders.intake import PASSWORD, Api, a_world, submitted
from tests.support.browser import DESK, HEIGHT, PHONE, Visitor
from tests.support.live import listening

pytestmark = pytest.mark.browser

WIDTHS = pytest.mark.parametrize("width", [PHONE, DESK])
SCRIPTS = pytest.mark.parametrize("with_scripts", [True, False], ids=["scripts", "no-scripts"])
SAVED = re.compile(r"Đã lưu lúc \d\d:\d\d")
PARTS = ("movements", "indicators", "achievements", "nominations", "limitations", "directions")


@pytest.fixture
def world(_sqlite, kernel_settings):
    """A world on SQLite: what browsers do does not depend on the database."""
    made = a_world(_sqlite.new(MIGRATIONS), kernel_settings)
    yield made
    made.deps.database.dispose()


@pytest.fixture
def address(world):
    with listening(world.app, Service.INTAKE) as found:
        yield found


@pytest.fixture
def visit(browser, world, address):
    """Return a function that lets a person in, with a browser of his own."""
    contexts = []

    def come(person, width=PHONE, *, with_scripts=True):
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT},
            java_script_enabled=with_scripts,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            reduced_motion="reduce",
        )
        contexts.append(context)
        visitor = Visitor(context.new_page(), address, width, None, with_scripts)
        login = next(key for key, it in world.people.items() if it == person)
        visitor.sign_in(login, PASSWORD)
        return visitor

    yield come
    for context in contexts:
        context.close()


@pytest.fixture
def path(world):
    return f"/intake{world.period}/report"


def _state(visitor):
    return visitor.page.locator("[data-save-state]")


def _field(visitor, name):
    return visitor.page.locator(f"[name='{name}']")


def _stored(world):
    return open_report(world.office.period_id, by=world.officer(), deps=world.deps).content


def _close(world):
    with world.deps.database.begin() as session:
        Periods(session, office_id=world.office.office_id).get(
            world.office.period_id
        ).status = "closed"


@WIDTHS
@SCRIPTS
def test_every_page_is_fit_for_phone_and_desk(world, visit, path, width, with_scripts):
    visitor = visit(world.officer(), width, with_scripts=with_scripts)

    for place in ("", *(f"/parts/{part}" for part in PARTS), "/check", "/copy", "/set-aside"):
        visitor.open(f"{path}{place}")


@WIDTHS
@SCRIPTS
def test_a_report_goes_from_the_list_to_the_receipt(world, visit, path, width, with_scripts):
    visitor = visit(world.officer(), width, with_scripts=with_scripts)
    visitor.follow("Phong trào thi đua")
    _field(visitor, "movements-0-result").fill("Sôi nổi")
    visitor.press("Lưu và sang phần tiếp theo")
    _field(visitor, "indicators-0-actual").fill("65")
    visitor.press("Lưu và sang phần tiếp theo")
    visitor.press("Lưu và sang phần tiếp theo")
    visitor.page.get_by_label("Không có nội dung").check()
    visitor.press("Lưu và sang phần tiếp theo")
    _field(visitor, "limitations-0").fill("Tuyên truyền chưa thường xuyên")
    visitor.page.get_by_role("button", name="Thêm hạn chế").click()
    _field(visitor, "limitations-1").fill("Thiếu kinh phí")
    visitor.press("Lưu và sang phần tiếp theo")
    visitor.press("Lưu và sang phần tiếp theo")
    visitor.follow("Kiểm tra và nộp")
    visitor.reads("Sôi nổi", "8,78% tổng số", "Thiếu kinh phí", "không có nội dung")
    visitor.press("Nộp báo cáo")
    visitor.reads("Đã nộp báo cáo", "Mã biên nhận", "Người sector_officer van-hoa")


def test_what_is_typed_is_saved_by_itself_and_found_on_another_device(world, visit, path):
    phone = visit(world.officer())
    phone.open(f"{path}/parts/indicators")
    _field(phone, "indicators-0-actual").fill("65")
    expect(_state(phone)).to_have_text(SAVED)
    expect(phone.page.locator("[data-shares='VX1']")).to_have_text("Bằng 8,78% tổng số")

    desk = visit(world.officer(), DESK)
    desk.open(f"{path}/parts/indicators")
    expect(_field(desk, "indicators-0-actual")).to_have_value("65")


@pytest.mark.parametrize("arrives", [True, False], ids=["after it arrived", "before it arrived"])
def test_a_connection_dropped_in_the_middle_of_a_save_loses_and_doubles_nothing(
    world, visit, path, arrives
):
    visitor = visit(world.officer())
    visitor.open(f"{path}/parts/limitations")
    keys = []

    def drop(route):
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) <= 2:
            if arrives:
                route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    visitor.page.route("**/autosave", drop)
    _field(visitor, "limitations-0").fill("Đường truyền yếu")
    expect(_state(visitor)).to_have_text("Mất mạng, đang thử lại")
    expect(_state(visitor)).to_have_text(SAVED, timeout=15_000)

    assert len(keys) == 3
    assert len(set(keys)) == 1
    report = open_report(world.office.period_id, by=world.officer(), deps=world.deps)
    assert report.content.limitations == ("Đường truyền yếu",)
    assert [it.version for it in report.parts if it.part == "limitations"] == [1]


def test_typing_on_while_a_save_is_lost_saves_all_of_it_in_the_end(world, visit, path):
    visitor = visit(world.officer())
    visitor.open(f"{path}/parts/directions")
    visitor.page.context.set_offline(True)
    _field(visitor, "directions-0").fill("một")
    expect(_state(visitor)).to_have_text("Mất mạng, đang thử lại")
    _field(visitor, "directions-0").fill("một, hai")
    visitor.page.context.set_offline(False)

    expect(_state(visitor)).to_have_text(SAVED, timeout=15_000)
    assert _stored(world).directions == ("một, hai",)


def test_a_wrong_figure_is_told_beside_its_field_and_waits_on_the_server(world, visit, path):
    visitor = visit(world.officer())
    visitor.open(f"{path}/parts/indicators")
    _field(visitor, "indicators-0-actual").fill("nhiều")
    _field(visitor, "indicators-1-plan").fill("85")
    expect(_state(visitor)).to_contain_text("có 1 chỗ cần sửa")
    expect(visitor.page.locator("[data-auto-error]")).to_contain_text("Phải là một số")

    other = visit(world.officer(), DESK)
    other.open(f"{path}/parts/indicators")
    other.reads("Lần trước chưa lưu được vào báo cáo")
    expect(_field(other, "indicators-0-actual")).to_have_value("nhiều")
    expect(_field(other, "indicators-1-plan")).to_have_value("85")


def test_two_officers_on_one_part_the_later_is_told_at_once_and_both_are_kept(world, visit, path):
    first, second = visit(world.officer(), DESK), visit(world.colleague())
    for visitor in (first, second):
        visitor.open(f"{path}/parts/limitations")
    _field(first, "limitations-0").fill("của người thứ nhất")
    expect(_state(first)).to_have_text(SAVED)
    _field(second, "limitations-0").fill("của người thứ hai")
    expect(_state(second)).to_contain_text("có hai bản")
    _field(second, "limitations-0").fill("của người thứ hai, gõ tiếp")
    with second.page.expect_response("**/autosave"):
        pass
    second.follow("So sánh và chọn")
    second.reads("của người thứ nhất", "của người thứ hai, gõ tiếp")
    second.press("Lưu các dòng đã chọn")

    assert set(_stored(world).limitations) == {"của người thứ nhất", "của người thứ hai, gõ tiếp"}


def test_two_windows_of_one_person_are_told_too(world, visit, path):
    visitor = visit(world.officer())
    other = visitor.page.context.new_page()
    visitor.open(f"{path}/parts/limitations")
    other.goto(visitor.page.url)
    _field(visitor, "limitations-0").fill("cửa sổ một")
    expect(_state(visitor)).to_have_text(SAVED)
    other.locator("[name='limitations-0']").fill("cửa sổ hai")

    expect(other.locator("[data-save-state]")).to_contain_text("có hai bản")
    assert _stored(world).limitations == ("cửa sổ một",)


def test_a_session_that_ends_while_typing_loses_nothing_after_signing_in_again(world, visit, path):
    visitor = visit(world.officer())
    visitor.open(f"{path}/parts/limitations")
    visitor.page.context.clear_cookies()
    visitor.page.get_by_role("button", name="Thêm hạn chế").click()
    _field(visitor, "limitations-0").fill("gõ khi phiên đã hết")
    _field(visitor, "limitations-1").fill("dòng thứ hai")
    expect(_state(visitor)).to_contain_text("phiên làm việc đã kết thúc")
    visitor.page.on("dialog", lambda dialog: dialog.accept())
    visitor.page.get_by_role("link", name="Đăng nhập lại để nhập tiếp").click()
    visitor.fill("Tên đăng nhập", next(iter(world.people)))
    visitor.fill("Mật khẩu", PASSWORD)
    visitor.press("Đăng nhập")

    visitor.reads("chưa lưu được. Khôi phục vào biểu mẫu?")
    visitor.page.get_by_role("button", name="Khôi phục").click()
    expect(_field(visitor, "limitations-0")).to_have_value("gõ khi phiên đã hết")
    expect(_state(visitor)).to_have_text(SAVED)
    assert _stored(world).limitations == ("gõ khi phiên đã hết", "dòng thứ hai")


def test_what_one_account_typed_is_not_offered_to_another_in_the_same_tab(world, visit, path):
    visitor = visit(world.officer())
    world.colleague()
    visitor.open(f"{path}/parts/limitations")
    visitor.page.context.clear_cookies()
    _field(visitor, "limitations-0").fill("riêng của người thứ nhất")
    expect(_state(visitor)).to_contain_text("phiên làm việc đã kết thúc")
    visitor.page.on("dialog", lambda dialog: dialog.accept())
    visitor.page.get_by_role("link", name="Đăng nhập lại để nhập tiếp").click()
    visitor.fill("Tên đăng nhập", "colleague")
    visitor.fill("Mật khẩu", PASSWORD)
    visitor.press("Đăng nhập")

    expect(visitor.page.get_by_role("button", name="Khôi phục")).to_have_count(0)
    expect(_field(visitor, "limitations-0")).to_have_value("")


def test_leaving_with_unsaved_text_warns(world, visit, path):
    visitor = visit(world.officer())
    visitor.open(f"{path}/parts/limitations")
    visitor.page.route("**/autosave", lambda route: route.abort())
    asked = []
    visitor.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    _field(visitor, "limitations-0").fill("chưa lưu")
    visitor.page.get_by_role("link", name="Các phần của báo cáo").click(no_wait_after=True)
    visitor.page.wait_for_function("() => true")

    assert asked == ["beforeunload"]
    expect(_field(visitor, "limitations-0")).to_have_value("chưa lưu")


def test_a_period_closed_while_typing_is_told_and_the_text_stays(world, visit, path):
    visitor = visit(world.officer())
    visitor.open(f"{path}/parts/limitations")
    _close(world)
    _field(visitor, "limitations-0").fill("quá muộn")

    visitor.reads("Kỳ báo cáo này đã đóng", "Những gì bạn nhập vẫn còn trên trang này")
    expect(_field(visitor, "limitations-0")).to_have_value("quá muộn")


def test_a_deadline_that_passes_while_typing_does_not_stop_anybody(world, visit, path):
    visitor = visit(world.officer())
    visitor.open(f"{path}/parts/limitations")
    world.clock.forward(days=6)
    _field(visitor, "limitations-0").fill("sau hạn")
    expect(_state(visitor)).to_have_text(SAVED)
    visitor.follow("Các phần của báo cáo")

    visitor.reads("đã quá hạn 1 ngày, vẫn nộp được")


def test_rows_are_added_moved_removed_and_taken_back_by_keyboard(world, visit, path):
    visitor = visit(world.officer(), DESK)
    visitor.open(f"{path}/parts/directions")
    page = visitor.page
    _field(visitor, "directions-0").fill("một")
    for number, text in enumerate(["hai", "ba"], 1):
        page.get_by_role("button", name="Thêm nhiệm vụ").press("Enter")
        expect(_field(visitor, f"directions-{number}")).to_be_focused()
        page.keyboard.type(text)
    page.get_by_role("button", name="Đưa ý này lên trên").last.press("Enter")
    page.get_by_role("button", name="Bỏ ý này").first.press("Enter")
    expect(_state(visitor)).to_have_text(SAVED)
    assert _stored(world).directions == ("ba", "hai")

    page.get_by_role("button", name="Hoàn tác").press("Enter")
    expect(_field(visitor, "directions-0")).to_have_value("một")
    expect(_state(visitor)).to_have_text("Chưa lưu")
    expect(_state(visitor)).to_have_text(SAVED)
    assert _stored(world).directions == ("một", "ba", "hai")


def test_a_double_click_on_the_last_button_hands_in_once(world, visit, path):
    Api(world, world.officer()).report(action="draft")
    visitor = visit(world.officer())
    visitor.open(f"{path}/check")
    visitor.page.get_by_role("button", name="Nộp báo cáo", exact=True).dblclick()
    visitor.page.wait_for_url("**/receipt")

    visitor.reads("Đã nộp báo cáo")
    assert len(Api(world, world.officer()).get(_last(visitor)).json["rounds"]) == 1


def _last(visitor):
    return f"/submissions/{visitor.path.split('/')[-2]}"


@WIDTHS
def test_conflict_copy_receipt_and_returned_pages_are_fit_too(world, visit, path, width):
    Api(world, world.officer()).report({"limitations": ["một"]}, action="draft")
    visitor = visit(world.officer(), width, with_scripts=False)
    visitor.open(f"{path}/parts/limitations")
    Api(world, world.colleague()).report({"limitations": ["hai"]}, action="draft")
    _field(visitor, "limitations-0").fill("ba")
    visitor.press("Lưu")
    visitor.reads("Hai bản của phần")
    visitor.press("Ghép rồi sửa tay")
    visitor.press("Lưu")
    visitor.open(f"{path}/set-aside")
    visitor.open(f"{path}/check")
    visitor.press("Nộp báo cáo")
    submission = visitor.path.split("/")[-2]
    clerk = Api(world, world.person(Role.CLERK))
    clerk.post(f"/submissions/{submission}/return", {"reason": "Thiếu số liệu"})
    visitor.open(path)
    visitor.reads("Văn phòng trả lại báo cáo", "Thiếu số liệu")


def test_the_receipt_is_ready_to_be_printed(world, visit):
    submission_id = submitted(world)
    visitor = visit(world.officer(), DESK)
    visitor.open(f"/intake/submissions/{submission_id}/receipt")
    visitor.page.emulate_media(media="print")

    for shown in ("2023-VAN-HOA-L1-", "Người nộp", "SHA-256", "UBND xã An Phú", "Ban Văn hóa"):
        expect(visitor.page.locator("main").get_by_text(shown).first).to_be_visible()
    for hidden in ("Việc tiếp theo", "In biên nhận", "Đăng xuất"):
        expect(visitor.page.get_by_text(hidden).first).to_be_hidden()
