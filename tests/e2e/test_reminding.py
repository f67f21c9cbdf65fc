"""The clerk reminds who is late; the officer finds it in the system and in his mail."""

import re

import httpx
import pytest

from embedded.sample import ADMIN, CLERK
from tests.support.browser import DESK, PHONE
from tests.support.mail_server import a_mail_server
from tests.support.stack import a_stack

pytestmark = [pytest.mark.e2e, pytest.mark.redis, pytest.mark.browser]

TEXT = "Đề nghị ngành nộp báo cáo trước 17 giờ thứ Sáu để văn phòng tổng hợp."


@pytest.fixture(scope="module")
def mail_server():
    with a_mail_server() as server:
        yield server


@pytest.fixture(scope="module")
def stack(mail_server):
    """A stack that sends its e-mails to the server of this test."""
    settings = {
        "smtp_url": mail_server.url(),
        "mail_from": "Thi đua <thidua@linhthong.gov.vn>",
        "notify_seconds": "1",
    }
    with a_stack(intake=settings) as running:
        yield running


def wait_for_mail(stack, mail_server, subject):
    def arrived():
        found = [it for it in mail_server.postbox.received if subject in str(it["Subject"])]
        return found[0] if found else None

    return stack.wait_for(f"a mail about {subject}", arrived)


@pytest.mark.parametrize(
    ("sector", "width", "with_scripts"),
    [("y-te", PHONE, False), ("phu-nu", DESK, True)],
)
def test_a_reminder_goes_from_the_clerk_to_the_officer(
    stack, visitor, mail_server, sector, width, with_scripts
):
    name = next(it["name"] for it in stack.sample.commune["sectors"] if it["code"] == sector)
    officer = visitor(stack.login_of(sector), width, with_scripts=with_scripts)
    officer.open("/intake/notices/settings")
    officer.fill("Địa chỉ thư điện tử", f"{sector}@linhthong.gov.vn")
    officer.press("Lưu")

    clerk = visitor(stack.login_of(CLERK), width, with_scripts=with_scripts)
    clerk.open(f"/intake/periods/{stack.period_id}/reminders")
    clerk.reads(name, "thông báo và thư điện tử", "chỉ thông báo, chưa khai thư điện tử")
    clerk.fill("Nội dung nhắc", TEXT)
    for box in clerk.page.get_by_role("checkbox").all():
        box.set_checked(False)
    clerk.page.get_by_label(name, exact=True).check()
    clerk.press("Xem trước nội dung đã sửa")
    clerk.reads(TEXT)
    assert clerk.page.get_by_role("checkbox", checked=True).count() == 1
    clerk.press("Gửi nhắc")
    clerk.reads("Đã nhắc 1 ngành", "hôm nay đã nhắc rồi", "Lịch sử nhắc")

    mail = wait_for_mail(stack, mail_server, "Nhắc nộp báo cáo")
    assert mail["To"] == f"{sector}@linhthong.gov.vn"
    assert TEXT in " ".join(mail.get_content().split())
    mail_server.postbox.received.clear()
    officer.open("/intake/reports")
    officer.page.get_by_role("link", name=re.compile("Thông báo 1")).click()
    officer.look()
    officer.reads("Nhắc nộp báo cáo", TEXT, "chưa đọc")
    officer.page.get_by_role("button", name=re.compile("Mở ?: Nhắc nộp")).click()
    officer.look()
    assert officer.path == f"/intake/periods/{stack.period_id}/report"
    officer.open("/intake/notices?unread=1")
    officer.reads("Bạn đã đọc hết thông báo")


def test_one_worker_serves_assembler_and_intake(stack):
    def answers(path):
        return httpx.get(f"{stack.address}/{path}", trust_env=False).status_code == 200

    stack.wait_for(
        "both heartbeats",
        lambda: (answers("assembler/health/worker") and answers("intake/health/worker")) or None,
    )


def test_the_other_services_show_the_way_to_notices_without_counting_them(stack, visitor):
    clerk = visitor(stack.login_of(CLERK), DESK)

    clerk.open("/archive/")

    assert clerk.page.get_by_role("link", name="Thông báo", exact=True).count() == 1


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_administrator_sees_what_became_of_the_mails(stack, visitor, width):
    admins = [login for login in stack.passwords if login.startswith(f"{ADMIN}@")]
    admin = visitor(admins[0], width)

    admin.open("/intake/mails")

    admin.reads("Thư điện tử của đơn vị", "Nhắc nộp báo cáo", "Đã gửi")
