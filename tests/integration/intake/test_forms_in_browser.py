"""The editor of forms and the opening of a period in a real browser, phone and desk."""

import threading
from contextlib import contextmanager

import pytest
from werkzeug.serving import make_server

from kernel.app import mount
from kernel.auth.principal import Service
from tests.builders.editions import a_draft, asked_edition, edition
from tests.support.browser import DESK, PHONE, Visitor

pytestmark = pytest.mark.browser
ONLY_SQLITE = pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)


@contextmanager
def a_clerk(world, browser, *, width, has_scripts, pictures=None):
    server = make_server("127.0.0.1", 0, mount({Service.INTAKE: world.app}), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    context = browser.new_context(java_script_enabled=has_scripts, locale="vi-VN")
    cookie = world.client(world.clerk()).cookie()
    context.add_cookies([{"name": "thidua_session", "value": cookie, "url": address}])
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    try:
        yield Visitor(page, address, width, pictures=pictures, has_scripts=has_scripts)
    finally:
        context.close()
        server.shutdown()
        thread.join()
        server.server_close()


@ONLY_SQLITE
@pytest.mark.parametrize(("width", "has_scripts"), [(PHONE, False), (DESK, True)])
def test_a_clerk_makes_a_form_of_last_years_and_opens_a_period_with_it(
    world, browser, width, has_scripts
):
    with a_clerk(world, browser, width=width, has_scripts=has_scripts) as clerk:
        clerk.open("/intake/forms")
        clerk.follow("Lập biểu mẫu mới")
        clerk.fill("Tên biểu mẫu", "Tổng kết năm 2024")
        clerk.press("Lập bản nháp")
        clerk.reads("Biểu mẫu đã đủ, dùng được cho một kỳ.")

        clerk.follow("Chỉ tiêu", within=clerk.page.locator("main .list-group"))
        clerk.fill("Tên chỉ tiêu", "Hộ thoát nghèo")
        clerk.press("Thêm")
        clerk.reads("Đã thêm chỉ tiêu “Hộ thoát nghèo”.")
        clerk.press("Chuyển lên: Hộ thoát nghèo")
        clerk.press("Bỏ: Hộ nghèo giảm")
        clerk.press("Hoàn tác")
        clerk.reads("Hộ nghèo giảm")
        clerk.follow("Hộ thoát nghèo", within=clerk.page.locator("main"))
        clerk.reads("Chọn ít nhất một ngành báo cáo chỉ tiêu này.")
        clerk.page.get_by_label("Tài chính").check()
        clerk.fill("Kế hoạch giao", "nhiều")
        clerk.press("Lưu")
        clerk.reads("Phải là một số")
        clerk.fill("Kế hoạch giao", "1.200")
        clerk.press("Lưu")

        clerk.follow("Về các mục của biểu mẫu")
        home = clerk.path
        for section in ("Câu hỏi gợi ý", "Phong trào thi đua", "Hướng dẫn từng phần"):
            clerk.follow(section, within=clerk.page.locator("main .list-group"))
            clerk.open(home)
        clerk.follow("Danh hiệu, hình thức khen thưởng", within=clerk.page.locator("main"))
        clerk.press("Lưu")
        clerk.follow("So sánh với phiên bản khác")
        clerk.reads("Hộ thoát nghèo")
        clerk.page.go_back()
        clerk.follow("Xem như một ngành")
        clerk.reads("1. Phong trào thi đua")
        clerk.page.go_back()

        clerk.follow("Mở kỳ với biểu mẫu này")
        clerk.fill("Tên kỳ", "Tổng kết năm 2024")
        clerk.fill("Mã kỳ", "2024")
        clerk.fill("Năm", "2024")
        clerk.fill("Hạn nộp", "31/02/2024")
        clerk.press("Xem trước")
        clerk.reads("Phải là một ngày có thật")
        clerk.fill("Hạn nộp", "15/12/2024")
        clerk.press("Xem trước")
        clerk.reads("Ngành phải báo cáo (2/2)")
        clerk.press("Mở kỳ")
        clerk.follow("Cài đặt kỳ báo cáo")
        clerk.fill("Hạn nộp mới", "20/12/2024")
        clerk.fill("Lý do đổi hạn", "Mưa bão")
        clerk.press("Đổi hạn nộp")
        clerk.reads("15/12/2024 → 20/12/2024", "Mưa bão")
        clerk.page.get_by_label("Biểu mẫu mới").select_option(index=0)
        clerk.press("Xem thay đổi")
        clerk.fill("Lý do đổi biểu mẫu", "Dùng lại biểu mẫu cũ")
        clerk.press("Đổi biểu mẫu")
        clerk.reads("Đã đổi biểu mẫu.")


@ONLY_SQLITE
def test_alt_and_an_arrow_move_the_row_that_has_the_focus(world, browser):
    draft = a_draft(world)
    with a_clerk(world, browser, width=DESK, has_scripts=True) as clerk:
        clerk.open(f"/intake/forms/{draft['id']}/indicators")
        clerk.page.get_by_role("link", name="Hộ đạt gia đình văn hóa").focus()
        with clerk.page.expect_navigation():
            clerk.page.keyboard.press("Alt+ArrowUp")
        clerk.look()
        focused = clerk.page.evaluate("document.activeElement.getAttribute('aria-label')")

    assert focused == "Chuyển xuống: Hộ đạt gia đình văn hóa"
    codes = [it["code"] for it in edition(world, draft["id"])["form"]["indicators"]]
    assert codes == ["VX2", "VX1", "KT1"]
    assert edition(world, asked_edition(world))["state"] == "used"
