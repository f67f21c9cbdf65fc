"""Figures that do not agree, said on the form: while they are typed, and without scripts."""

import threading
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from kernel import app as kernel_app
from kernel.auth.principal import Role, Service
from services.intake.use_cases.founding import NewPeriod, open_period
from services.intake.use_cases.watching import show_form
from tests.builders.intake import PASSWORD, Api, accepted
from tests.support.browser import DESK, HEIGHT, PHONE, Visitor

pytestmark = pytest.mark.browser

BEYOND = "Số thực hiện 800 hộ lớn hơn tổng số 740 hộ."


@pytest.fixture
def address(world):
    server = make_server(
        "127.0.0.1", 0, kernel_app.mount({Service.INTAKE: world.app}), threaded=True
    )
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def period(world):
    """A period with rules, a year after one in which 65 was accepted."""
    accepted(world)
    form = show_form(world.office.period_id, office_id=world.office.office_id, deps=world.deps)
    ruled = replace(form.indicators[0], within_base=True, jump_bound=Decimal(20))
    return open_period(
        NewPeriod(
            office_id=world.office.office_id,
            code="2024",
            title="Tổng kết năm 2024",
            year=2024,
            due_on=date(2024, 12, 15),
            form=replace(form, indicators=(ruled, *form.indicators[1:])),
        ),
        deps=world.deps,
    )


@pytest.fixture
def officer(browser, world, address, request):
    width, with_scripts = request.param
    world.officer()
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT}, java_script_enabled=with_scripts
    )
    visitor = Visitor(context.new_page(), address, width, has_scripts=with_scripts)
    visitor.sign_in(f"{Role.SECTOR_OFFICER}-van-hoa@{world.office.office_id}", PASSWORD)
    yield visitor
    context.close()


@pytest.mark.parametrize("officer", [(PHONE, True), (DESK, True)], indirect=True)
def test_figures_are_held_against_each_other_while_they_are_typed(officer, period):
    officer.open(f"/intake/periods/{period}/report/parts/indicators")
    said = officer.page.locator('[data-findings="VX1"]')
    share = officer.page.locator('[data-shares="VX1"]')
    officer.reads("Năm trước: 65")

    officer.page.locator("#f-indicators-0-actual").fill("800")
    expect(said).to_contain_text(BEYOND)
    expect(share).to_have_text("Bằng 108,11% tổng số")
    officer.page.locator("#f-indicators-0-actual").fill("130")
    expect(said).to_contain_text("tăng 100% so với năm trước (65 hộ), quá mức 20%; hãy nêu lý do.")
    officer.page.locator("#f-indicators-0-reason").fill("Chuẩn nghèo mới")
    expect(said).to_contain_text("đã nêu lý do.")
    officer.page.locator("#f-indicators-0-actual").fill("66")
    expect(said).to_be_empty()
    officer.look()


@pytest.mark.parametrize("officer", [(PHONE, False)], indirect=True)
def test_without_scripts_the_same_is_said_when_the_report_is_checked(officer, period):
    officer.open(f"/intake/periods/{period}/report/parts/indicators")
    officer.page.locator("#f-indicators-0-actual").fill("800")
    officer.press("Lưu")

    said = officer.page.locator('[data-findings="VX1"]')
    expect(said).to_contain_text(BEYOND)
    expect(said).to_contain_text("tăng 1.130,77%")
    expect(officer.page.locator("#f-indicators-0-actual")).to_have_value("800")
    officer.open(f"/intake/periods/{period}/report/check")
    officer.reads("Chưa nộp được", BEYOND)


@pytest.mark.parametrize("officer", [(DESK, True)], indirect=True)
def test_a_saved_draft_says_it_again_when_it_is_opened(world, officer, period):
    content = {"indicators": [{"code": "VX1", "actual": 800}]}
    body = {"action": "draft", "content": content}
    Api(world, world.officer()).post(f"/periods/{period}/submissions", body)

    officer.open(f"/intake/periods/{period}/report/parts/indicators")

    expect(officer.page.locator('[data-findings="VX1"]')).to_contain_text(BEYOND)
