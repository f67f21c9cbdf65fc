"""The council's pages in a real browser, on a phone and on a desk, with scripts and without."""

import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from kernel.app import mount
from kernel.auth.principal import Service
from tests.builders.council import Bench, nominated
from tests.support.browser import DESK, PHONE, Visitor

pytestmark = pytest.mark.browser
ONLY_SQLITE = pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)


@contextmanager
def a_clerk(world, browser, *, width, has_scripts=True, pictures: Path | None = None):
    server = make_server("127.0.0.1", 0, mount({Service.INTAKE: world.app}), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    context = browser.new_context(java_script_enabled=has_scripts, locale="vi-VN")
    try:
        address = f"http://127.0.0.1:{server.server_port}"
        cookie = world.client(world.clerk()).cookie()
        context.add_cookies([{"name": "thidua_session", "value": cookie, "url": address}])
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 800})
        yield Visitor(page, address, width, pictures=pictures, has_scripts=has_scripts)
    finally:
        context.close()
        server.shutdown()
        thread.join()
        server.server_close()


def proposals(bench):
    """Have two sectors propose, one nominee of both, one for the superior."""
    one = nominated("Nguyễn Thị Một", evidence="Quyết định số 12/QĐ-UBND")
    bench.propose(
        "van-hoa",
        one,
        nominated("Tập thể thôn Đông", kind="collective", title="", unit="xã An Phú"),
        nominated("Trần Văn Hai", "grassroots_emulation_fighter"),
    )
    bench.propose("tai-chinh", {**one, "achievement": "Lời của Tài chính"})


@ONLY_SQLITE
@pytest.mark.parametrize(("width", "has_scripts"), [(PHONE, True), (PHONE, False), (DESK, True)])
def test_the_clerk_holds_a_session_from_the_list_to_locked_results(
    world, clerk_api, browser, width, has_scripts
):
    proposals(Bench(world, clerk_api))
    with a_clerk(world, browser, width=width, has_scripts=has_scripts) as clerk:
        clerk.open(f"/intake{world.period}/candidates")
        clerk.press("Cập nhật danh sách")
        clerk.follow("Trùng")
        clerk.press("Gộp, giữ lời của Ban Văn hóa: Nguyễn Thị Một")
        clerk.reads("Đã gộp hai đề nghị", "Không còn đề nghị nào trùng")
        clerk.follow("Phiên họp")
        clerk.press("Mở phiên họp")
        hold(clerk, has_scripts=has_scripts)
        explain(clerk, world)
        vote(clerk, has_scripts=has_scripts)
        lock(clerk)


def hold(clerk, *, has_scripts):
    clerk.fill("Ngày họp", "2024-01-08")
    clerk.fill("Bắt đầu", "08:00")
    clerk.fill("Kết thúc", "11:30")
    clerk.page.get_by_text("Dán danh sách từ Excel").click()
    clerk.fill(
        "Mỗi người một dòng", "Ma Đình Mẫu\tVăn phòng\tThư ký\nLý Thị Mẫu\tHội Phụ nữ\tỦy viên"
    )
    clerk.press("Thêm những người đã dán")
    add = clerk.page.get_by_role("button", name="Thêm thành viên")
    if has_scripts:
        add.click()
    else:
        clerk.press("Thêm thành viên")
    last = clerk.page.locator("[name='members-3-name']")
    expect(last).to_have_count(1)
    last.fill("Mông Văn Mẫu")
    clerk.page.locator("[name='members-3-is_present']").select_option("false")
    clerk.page.locator("[name='members-3-reason']").fill("đi công tác")
    clerk.page.get_by_role("button", name="Lưu", exact=True).last.click()
    clerk.reads("Đã lưu thông tin phiên họp.")
    clerk.look()


def explain(clerk, world):
    address = clerk.page.url
    clerk.open(f"/intake{world.period}/findings")
    clerk.fill("Lý do vẫn đề nghị", "Xã chỉ có một người đủ tiêu chuẩn")
    clerk.press("Lưu lý do")
    clerk.reads("Đã lưu lý do.")
    clerk.page.goto(address)


def vote(clerk, *, has_scripts):
    clerk.follow("Phiếu", within=clerk.page.get_by_role("navigation", name="Phiên họp"))
    first = clerk.page.get_by_label("Tán thành: Trần Văn Hai", exact=True)
    first.fill("3")
    if has_scripts:  # the rest is filled in as one types, and Enter leads on
        first.press("Enter")
        against = clerk.page.get_by_label("Không tán thành: Trần Văn Hai")
        expect(against).to_have_value("0")
    clerk.press("Các ô trống: tất cả tán thành")
    clerk.reads("Đã nhập 3/3")


def lock(clerk):
    clerk.follow("Kết quả", within=clerk.page.get_by_role("navigation", name="Phiên họp"))
    clerk.press("Chốt kết quả")
    clerk.reads("Đánh dấu xác nhận trước khi chốt.")
    clerk.page.get_by_label("Tôi đã đối chiếu").check()
    clerk.press("Chốt kết quả")
    clerk.reads("Đã chốt kết quả phiên họp.", "Trình Chủ tịch Ủy ban nhân dân huyện")
    clerk.follow("Biểu tổng hợp để in")
    clerk.follow("Các phiên họp")
    clerk.reads("Phiên 1, ngày 08/01/2024")


@ONLY_SQLITE
def test_a_block_copied_from_a_sheet_spreads_over_the_rows(world, clerk_api, browser):
    bench = Bench(world, clerk_api)
    proposals(bench)
    bench.read()
    path = bench.open()
    with a_clerk(world, browser, width=DESK) as clerk:
        clerk.open(f"/intake{path}/votes")
        fields = clerk.page.locator("[data-vote='in_favour']")
        fields.first.evaluate(
            """field => {
                const data = new DataTransfer();
                data.setData("text/plain", "4\\t1\\t0\\r\\n5\\t0\\t0\\r\\n");
                field.dispatchEvent(
                    new ClipboardEvent("paste", {clipboardData: data, bubbles: true})
                );
            }"""
        )
        expect(fields.nth(0)).to_have_value("4")
        expect(fields.nth(1)).to_have_value("5")
        expect(clerk.page.locator("[data-vote='against']").first).to_have_value("1")
        clerk.press("Lưu phiếu")
        clerk.reads("Đã lưu phiếu của 2 đề nghị.")
