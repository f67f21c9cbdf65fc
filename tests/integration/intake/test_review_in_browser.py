"""The review in a real browser: on a phone and on a desk, with scripts and without."""

import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import update
from werkzeug.serving import make_server

from kernel.app import mount
from kernel.auth.principal import Role, Service
from services.intake.persistence.models import PeriodRow
from tests.builders.intake import a_report, submitted
from tests.support.browser import DESK, PHONE, Visitor

PICTURES = Path(__file__).resolve().parents[3] / "var" / "screenshots"
pytestmark = pytest.mark.browser
ONLY_SQLITE = pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
EVERY_SCREEN = pytest.mark.parametrize("width", [PHONE, DESK])
WITH_AND_WITHOUT = pytest.mark.parametrize("has_scripts", [True, False])


@pytest.fixture
def address(world):
    server = make_server("127.0.0.1", 0, mount({Service.INTAKE: world.app}), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def visit(world, browser, address, request):
    keeps = request.config.getoption("--screenshots", default=False)
    story = request.node.name.removeprefix("test_").partition("[")[0]
    pictures = PICTURES / story[:40] if keeps else None

    @contextmanager
    def somebody(person, *, width=DESK, has_scripts=True):
        context = browser.new_context(
            java_script_enabled=has_scripts, locale="vi-VN", reduced_motion="reduce"
        )
        cookie = world.client(person).cookie()
        context.add_cookies([{"name": "thidua_session", "value": cookie, "url": address}])
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 800})
        yield Visitor(page, address, width, pictures=pictures, has_scripts=has_scripts)
        context.close()

    return somebody


@pytest.fixture
def second_round(world, clerk_api, officer_api):
    """A report that was returned, commented on, and handed in again with changes."""
    submission_id = submitted(world)
    clerk_api.post(
        f"/submissions/{submission_id}/comments",
        {"part": "indicators", "text": "Số hộ nghèo chưa khớp với biên bản rà soát"},
    )
    clerk_api.post(f"/submissions/{submission_id}/return", {"reason": "Sửa số liệu"})
    officer_api.report(
        a_report(
            indicators=[{"code": "VX1", "actual": 70}],
            directions=["Đẩy mạnh các phong trào thi đua"],
        )
    )
    return submission_id


@ONLY_SQLITE
@EVERY_SCREEN
@WITH_AND_WITHOUT
def test_a_clerk_accepts_several_from_the_board(
    world, visit, clerk_api, second_round, width, has_scripts
):
    other = submitted(world, "tai-chinh")
    with visit(world.clerk(), width=width, has_scripts=has_scripts) as clerk:
        clerk.open(f"/intake{world.period}")
        clerk.reads("Ban Văn hóa", "Tài chính")
        for name in ("Ban Văn hóa", "Tài chính"):
            label = f"Chọn báo cáo của {name} để duyệt"
            clerk.page.get_by_role("checkbox", name=label).locator("visible=true").check()
        clerk.press("Duyệt các báo cáo đã chọn…")
        clerk.reads("Còn 1 ý kiến chưa xong.")
        clerk.press("Duyệt 2 báo cáo")
        clerk.reads("Xong 2/2 báo cáo")

    for one in (second_round, other):
        assert clerk_api.get(f"/submissions/{one}").json["state"] == "accepted"


@ONLY_SQLITE
@EVERY_SCREEN
@WITH_AND_WITHOUT
def test_a_clerk_reads_the_changes_comments_and_returns(
    world, visit, clerk_api, second_round, width, has_scripts
):
    with visit(world.clerk(), width=width, has_scripts=has_scripts) as clerk:
        clerk.open(f"/intake/submissions/{second_round}")
        expect(clerk.page.locator("ins", has_text="70 hộ")).to_be_visible()
        clerk.follow("Ẩn phần đánh dấu thay đổi")
        expect(clerk.page.locator("ins")).to_have_count(0)
        clerk.page.locator("#part-directions summary").click()
        clerk.fill("Ý kiến về phần Phương hướng, nhiệm vụ năm tới", "Nêu rõ từng phong trào")
        clerk.page.locator("#part-directions").get_by_role("button", name="Gửi ý kiến").click()
        clerk.look()
        clerk.reads("Đã ghi ý kiến.", "2 ý kiến chưa xong")
        clerk.press("Trả lại để sửa")

    reason = clerk_api.get(f"/submissions/{second_round}").json["moves"][-1]["reason"]
    assert "Nêu rõ từng phong trào" in reason
    assert "biên bản rà soát" in reason


@ONLY_SQLITE
@EVERY_SCREEN
def test_an_officer_answers_a_comment(world, visit, clerk_api, second_round, width):
    with visit(world.officer(), width=width) as officer:
        officer.open(f"/intake/submissions/{second_round}")
        officer.page.get_by_text("Trả lời", exact=True).first.click()
        officer.page.locator("textarea[name^=answer]").fill("Đã đối chiếu biên bản")
        officer.press("Gửi trả lời")
        officer.reads("Đã ghi trả lời.", "Đã đối chiếu biên bản")

    (thread,) = clerk_api.get(f"/submissions/{second_round}/comments").json
    assert len(thread["comments"]) == 2


@ONLY_SQLITE
@EVERY_SCREEN
@WITH_AND_WITHOUT
def test_a_leader_looks_on_and_confirms(world, visit, clerk_api, second_round, width, has_scripts):
    with world.deps.database.begin() as session:
        session.execute(update(PeriodRow).values(needs_second=True))
    clerk_api.post(f"/submissions/{second_round}/accept", {})
    with visit(world.person(Role.LEADER), width=width, has_scripts=has_scripts) as leader:
        leader.open("/intake/overview")
        leader.reads("Chờ người thứ hai xác nhận", "Chưa có số liệu nào được duyệt")
        leader.follow("Ban Văn hóa", within=leader.page.get_by_role("main"))
        leader.press("Xác nhận duyệt")
        leader.open("/intake/overview")
        leader.reads("đã duyệt 1/2", "70 hộ")

    assert clerk_api.get(f"/submissions/{second_round}").json["state"] == "accepted"


@ONLY_SQLITE
def test_shortcuts_work_once_switched_on_and_never_while_typing(world, visit, second_round):
    other = submitted(world, "tai-chinh")
    with visit(world.clerk()) as clerk:
        clerk.open(f"/intake/submissions/{second_round}")
        clerk.page.keyboard.press("d")
        expect(clerk.page.locator("#do-accept")).not_to_be_focused()
        clerk.page.get_by_label("Bật phím tắt trên máy này").check()
        clerk.page.keyboard.press("d")
        expect(clerk.page.locator("#do-accept")).to_be_focused()
        clerk.page.keyboard.press("t")
        expect(clerk.page.locator("#f-reason")).to_be_focused()
        clerk.page.keyboard.type("jkbmdty")
        expect(clerk.page.locator("#f-reason")).to_have_value("jkbmdty")
        clerk.page.locator("#do-accept").focus()
        with clerk.page.expect_navigation():
            clerk.page.keyboard.press("j")

        assert clerk.path.endswith(str(other))
        expect(clerk.page.get_by_label("Bật phím tắt trên máy này")).to_be_checked()


@ONLY_SQLITE
def test_on_paper_the_board_is_the_table_alone(world, visit, second_round):
    with visit(world.clerk(), width=PHONE) as clerk:
        clerk.open(f"/intake{world.period}")
        clerk.page.emulate_media(media="print")

        expect(clerk.page.locator("table.board")).to_be_visible()
        expect(clerk.page.get_by_role("search")).to_be_hidden()
        expect(clerk.page.get_by_role("link", name="Hồ sơ tổng hợp")).to_be_hidden()
