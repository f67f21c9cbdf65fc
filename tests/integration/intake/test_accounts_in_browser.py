"""Accounts, units and kept typing in a real browser, on a phone and a desk, with scripts or not."""

import threading
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from kernel.app import mount
from kernel.auth.principal import Role, Service
from services.intake.persistence.credentials import Sessions
from tests.builders.intake import PASSWORD
from tests.support.browser import DESK, PHONE, Visitor

pytestmark = pytest.mark.browser
ONLY_SQLITE = pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
TYPED = "Phòng Văn hóa & Xã hội <xã>"


@contextmanager
def served(app):
    server = make_server("127.0.0.1", 0, mount({Service.INTAKE: app}), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def a_visitor(world, browser, person, *, width, has_scripts=True, pictures=None):
    with served(world.app) as address:
        context = browser.new_context(
            java_script_enabled=has_scripts, locale="vi-VN", accept_downloads=True
        )
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 800})
        visitor = Visitor(page, address, width, pictures=pictures, has_scripts=has_scripts)
        if person is not None:
            visitor.open("/intake/sign-in")
            visitor.fill("Tên đăng nhập", _login(person))
            visitor.fill("Mật khẩu", PASSWORD)
            visitor.press("Đăng nhập")
        yield visitor
        context.close()


def _login(person):
    unit = "van-hoa" if person.role is Role.SECTOR_OFFICER else ""
    return f"{person.role}-{unit}@{person.office_id}"


def _end_sessions(world, person):
    with world.deps.database.begin() as session:
        Sessions(session).end(person.account_id, at=world.clock(), reason="by_admin")


def _sign_in_here(visitor, person):
    visitor.fill("Tên đăng nhập", _login(person))
    visitor.fill("Mật khẩu", PASSWORD)
    visitor.press("Đăng nhập")


@ONLY_SQLITE
@pytest.mark.parametrize("has_scripts", [True, False])
@pytest.mark.parametrize("how", ["ended", "cookie lost"])
def test_nothing_typed_is_lost_when_the_session_ends_in_the_middle(
    world, browser, has_scripts, how
):
    admin = world.person(Role.ADMIN)
    unit = f"/intake/units/{world.office.unit_ids['van-hoa']}"
    with a_visitor(world, browser, admin, width=PHONE, has_scripts=has_scripts) as visitor:
        visitor.open(unit)
        visitor.fill("Tên ngành", TYPED)
        if how == "ended":
            _end_sessions(world, admin)
        else:
            visitor.page.context.clear_cookies()

        visitor.press("Lưu tên")
        visitor.reads("Những gì bạn vừa nhập vẫn còn")
        visitor.fill("Tên đăng nhập", _login(admin))
        visitor.fill("Mật khẩu", "sai mat khau roi")
        visitor.press("Đăng nhập")
        visitor.reads("không đúng")
        _sign_in_here(visitor, admin)
        visitor.reads("Những gì bạn vừa nhập vẫn còn")
        visitor.press("Gửi lại")

        visitor.reads("Đã lưu tên ngành")
        expect(visitor.page.get_by_label("Tên ngành")).to_have_value(TYPED)


@ONLY_SQLITE
def test_another_person_is_told_before_anything_is_sent_in_his_name(world, browser):
    admin, clerk = world.person(Role.ADMIN), world.clerk()
    unit = f"/intake/units/{world.office.unit_ids['van-hoa']}"
    with a_visitor(world, browser, admin, width=DESK, has_scripts=False) as visitor:
        visitor.open(unit)
        visitor.fill("Tên ngành", TYPED)
        visitor.page.context.clear_cookies()
        visitor.press("Lưu tên")

        _sign_in_here(visitor, clerk)

        visitor.reads("bằng một tài khoản khác", TYPED)


@ONLY_SQLITE
@pytest.mark.parametrize(("width", "has_scripts"), [(PHONE, True), (DESK, True), (PHONE, False)])
def test_the_administrator_runs_his_office(world, browser, tmp_path, width, has_scripts):
    admin = world.person(Role.ADMIN)
    pictures = tmp_path / f"{width}-{has_scripts}"
    with a_visitor(
        world, browser, admin, width=width, has_scripts=has_scripts, pictures=pictures
    ) as visitor:
        visitor.navigate("Đơn vị và tài khoản")
        visitor.follow("Mời người dùng mới")
        visitor.press("Tạo tài khoản và liên kết mời")
        visitor.reads("chỗ cần sửa")
        visitor.fill("Tên đăng nhập", "b@an-phu")
        visitor.fill("Họ và tên", "Trần Thị Bích")
        visitor.page.get_by_label("Vai trò").select_option("clerk")
        visitor.press("Tạo tài khoản và liên kết mời")
        link = visitor.page.get_by_label("Liên kết đặt mật khẩu").input_value()
        visitor.follow("Đến tài khoản này")
        visitor.reads("Chờ đặt mật khẩu")
        _set_password(visitor, link)
        _keep_units(visitor)
        _keep_superiors(visitor)
        visitor.follow("Tên đơn vị", within=visitor.page.locator(".nav-tabs"))
        visitor.follow("Thông tin trên văn bản", within=visitor.page.locator(".nav-tabs"))
        visitor.fill("Ký hiệu công văn 1", "VX")
        visitor.press("Lưu thông tin")
        visitor.reads("Đã lưu")
        visitor.open("/intake/import/accounts")
        visitor.press("Đọc tệp và xem trước")
        visitor.reads("Hãy chọn tệp Excel")
        visitor.open("/intake/me")
        visitor.page.get_by_label("Tên thẻ").fill("Một cửa")
        visitor.page.get_by_label("Tiếp nhận: chỉ đọc").check()
        visitor.press("Tạo thẻ")
        visitor.reads("Thẻ chỉ hiện một lần")
        visitor.follow("Về tài khoản của tôi")
        visitor.page.get_by_text("Đăng xuất mọi nơi…").click()
        visitor.press("Đăng xuất mọi nơi")
        visitor.reads("Đã đăng xuất")


def _set_password(visitor, link):
    other = visitor.page.context.browser.new_context(locale="vi-VN")
    page = other.new_page()
    guest = Visitor(page, visitor.address, PHONE, pictures=visitor.pictures)
    page.goto(link)
    guest.look()
    for label in ("Mật khẩu mới", "Nhập lại mật khẩu mới"):
        page.get_by_label(label, exact=False).first.fill("1234567890")
    page.get_by_label("Nhập lại mật khẩu mới").fill("1234567890")
    guest.press("Đặt mật khẩu")
    guest.reads("dễ đoán")
    page.locator("#f-password").fill("ao xanh qua doi nui")
    page.locator("#f-password_again").fill("ao xanh qua doi nui")
    guest.press("Đặt mật khẩu")
    guest.reads("Hãy đăng nhập")
    other.close()


def _keep_units(visitor):
    visitor.open("/intake/units")
    visitor.fill("Tên ngành", "Trạm Y tế")
    visitor.fill("Mã ngành", "y-te")
    visitor.press("Thêm ngành")
    visitor.reads("Đã thêm ngành Trạm Y tế")
    visitor.follow("Ban Văn hóa")
    visitor.fill("Đến hết ngày", "31/02/2025")
    visitor.press("Lưu thời gian")
    visitor.reads("Phải là một ngày")
    visitor.fill("Đến hết ngày", "30/06/2025")
    visitor.press("Lưu thời gian")
    visitor.reads("30/06/2025")
    visitor.follow("Các ngành")


def _keep_superiors(visitor):
    visitor.follow("Cơ quan cấp trên", within=visitor.page.locator(".nav-tabs"))
    visitor.fill("Mã cơ quan", "quang-ngai")
    visitor.fill("Là cấp trên từ ngày", "01/07/2025")
    visitor.press("Lưu cơ quan cấp trên mới")
    visitor.reads("Bắt buộc nhập")
    visitor.fill("Tên đầy đủ", "Ủy ban nhân dân tỉnh Quảng Ngãi")
    visitor.fill("Tên gọn", "UBND tỉnh Quảng Ngãi")
    visitor.fill("Địa danh", "Quảng Ngãi")
    visitor.press("Lưu cơ quan cấp trên mới")
    visitor.reads("kế tiếp: Ủy ban nhân dân tỉnh Quảng Ngãi")
