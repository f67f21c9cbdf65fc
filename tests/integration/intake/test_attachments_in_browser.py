"""The page of attachments in a real browser, on a phone and on a desk, with scripts and without."""

import threading
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from kernel.app import mount
from kernel.auth.principal import Service
from tests.builders.files import a_pdf, a_picture
from tests.support.browser import DESK, PHONE, Visitor
from tests.support.pages import PageClient

pytestmark = pytest.mark.browser
ONLY_SQLITE = pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
NAME = "Biên bản họp bình xét thi đua của xóm Đông, có chữ ký của đủ thành viên.pdf"


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
def an_officer(world, browser, tmp_path, *, width, has_scripts):
    with served(world.app) as address:
        context = browser.new_context(
            java_script_enabled=has_scripts, locale="vi-VN", accept_downloads=True
        )
        cookie = PageClient(world.app, world.officer()).cookie()
        context.add_cookies([{"name": "thidua_session", "value": cookie, "url": address}])
        page = context.new_page()
        yield Visitor(
            page=page,
            address=address,
            width=width,
            pictures=tmp_path / f"attachments-{width}",
            has_scripts=has_scripts,
        )
        context.close()


@ONLY_SQLITE
@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no scripts"])
def test_files_are_added_taken_away_brought_back_and_downloaded(
    world, browser, tmp_path, width, has_scripts
):
    with an_officer(world, browser, tmp_path, width=width, has_scripts=has_scripts) as visitor:
        visitor.open(f"/intake{world.period}/report/attachments")
        visitor.page.get_by_label("Chọn tệp").set_input_files(
            [
                {"name": NAME, "mimeType": "application/pdf", "buffer": a_pdf()},
                {"name": "Ảnh.png", "mimeType": "image/png", "buffer": a_picture("PNG")},
            ]
        )
        visitor.fill("Ghi chú", "Minh chứng cho đề nghị khen thưởng bà Nguyễn Thị Một")
        visitor.press("Thêm tài liệu")
        visitor.reads("Đã thêm 2 tài liệu.", NAME)
        kept = visitor.download(NAME)
        visitor.press(f"Gỡ “{NAME}”")
        visitor.reads("Có thể khôi phục ở cuối trang.")
        visitor.press(f"Khôi phục “{NAME}”")
        visitor.reads("Đã khôi phục")

    assert (kept.name, kept.read_bytes()) == (NAME, a_pdf())


@ONLY_SQLITE
def test_a_file_that_is_too_large_is_told_before_it_travels(world, browser, tmp_path):
    with an_officer(world, browser, tmp_path, width=PHONE, has_scripts=True) as visitor:
        visitor.open(f"/intake{world.period}/report/attachments")
        large = tmp_path / "Phim.pdf"
        large.write_bytes(a_pdf() + bytes(40 * 2**20))
        visitor.page.get_by_label("Chọn tệp").set_input_files(large)

        told = visitor.page.locator("#e-file")
        expect(told).to_have_text("Tệp “Phim.pdf” (40,0 MB) lớn hơn giới hạn 20 MB.")
        visitor.look()


@ONLY_SQLITE
def test_without_scripts_a_file_of_40_mb_is_told_beside_the_field(world, browser, tmp_path):
    with an_officer(world, browser, tmp_path, width=PHONE, has_scripts=False) as visitor:
        visitor.open(f"/intake{world.period}/report/attachments")
        large = tmp_path / "Phim.pdf"
        large.write_bytes(a_pdf() + bytes(40 * 2**20))
        visitor.page.get_by_label("Chọn tệp").set_input_files(large)
        visitor.press("Thêm tài liệu")

        expect(visitor.page.locator("#e-file")).to_have_text(
            "Tệp “Phim.pdf” lớn hơn giới hạn 20 MB."
        )
