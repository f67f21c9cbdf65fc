"""The pages of a batch in a real browser, on a phone and on a desk, with scripts and without."""

import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from kernel.app import mount
from kernel.auth.principal import Service
from services.assembler.app import create_app
from services.assembler.use_cases.making_batches import make_batch
from services.assembler.use_cases.viewing_batches import view_batch
from services.assembler.use_cases.watching import list_jobs
from tests.builders.assembler import OFFICE, FakeIntake, a_person
from tests.builders.batches import BRITTLE, NUISANCE, a_dossier_of, a_library, people, printed_whole
from tests.support.apps import assembler_settings
from tests.support.browser import DESK, PHONE, Visitor
from tests.support.pages import PageClient

pytestmark = pytest.mark.browser
ONLY_SQLITE = pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)


@pytest.fixture
def deps(deps, tmp_path):
    names = [*people(12), NUISANCE]
    return replace(
        deps,
        templates=a_library(tmp_path / "templates", BRITTLE),
        intake=FakeIntake(a_dossier_of(*names)),
        # One item a turn, so that the page is seen under way.
        patience=replace(deps.patience, turn=timedelta(0)),
    )


@contextmanager
def served(app):
    server = make_server("127.0.0.1", 0, mount({Service.ASSEMBLER: app}), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def a_clerk(app, browser, *, width, has_scripts=True, pictures=None):
    with served(app) as address:
        context = browser.new_context(
            java_script_enabled=has_scripts, locale="vi-VN", accept_downloads=True
        )
        cookie = PageClient(app, a_person()).cookie()
        context.add_cookies([{"name": "thidua_session", "value": cookie, "url": address}])
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 800})
        yield Visitor(page, address, width, pictures=pictures, has_scripts=has_scripts)
        context.close()


def the_job(deps):
    (job,) = list_jobs(office_id=OFFICE, before=None, deps=deps).jobs
    return job


@ONLY_SQLITE
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_clerk_follows_a_batch_without_reloading_and_takes_its_files(
    deps, browser, tmp_path, kernel_settings, width
):
    app = create_app(assembler_settings(folder=tmp_path, kernel=kernel_settings), deps)
    with a_clerk(app, browser, width=width) as clerk:
        clerk.open("/assembler/")
        clerk.follow("Làm giấy khen hàng loạt")
        clerk.page.get_by_label("Loại giấy khen").select_option("certificate_of_tests")
        clerk.fill("Số, ký hiệu quyết định khen thưởng", "12/QĐ-UBND")
        clerk.fill("Ngày quyết định", "31/02/2024")
        clerk.press("Làm giấy khen")
        clerk.reads("Phải là một ngày có thật")
        clerk.fill("Ngày quyết định", "15/01/2024")
        clerk.press("Làm giấy khen")
        job = the_job(deps)
        clerk.reads("Đang chờ máy soạn thảo")

        for _ in range(5):
            make_batch(job.id, worker="w", deps=deps)
        expect(clerk.page.locator("#job-step")).to_have_text("Đã làm 5/13…")
        expect(clerk.page.locator(".item-state").nth(0)).to_have_text("Xong")
        expect(clerk.page.locator(".item-state").nth(12)).to_have_text("Chờ")
        for _ in range(9):
            make_batch(job.id, worker="w", deps=deps)
        clerk.reads("12 xong, 1 lỗi.")
        clerk.look()

        assert clerk.download("Tải một tệp Word").name == "Giấy khen hàng loạt 12-QĐ-UBND.docx"
        assert clerk.download(r"Tải tệp ZIP, mỗi mục một tệp Word").suffix == ".zip"
        clerk.press("Tạo một tệp PDF của cả đợt")
        printed = view_batch(job.id, office_id=OFFICE, deps=deps).printed
        printed_whole(printed, deps)
        clerk.reads("Tải một tệp PDF (3 trang)")
        clerk.look()
