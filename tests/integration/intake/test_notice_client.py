"""A program reminds, reads what it was told and looks after e-mails by the typed client."""

from datetime import timedelta

import httpx
import pytest

from client import Forbidden, Patience, Thidua
from kernel import app as kernel_app
from kernel.auth.principal import Role, Service
from services.intake.gateways.mail import Refused
from tests.builders.intake import PASSWORD
from tests.builders.mail import delivered, with_mail

ADDRESS = "http://thidua.invalid"
TEXT = "Đề nghị ngành nộp báo cáo."


@pytest.fixture
def mailer(world):
    return with_mail(world)


@pytest.fixture
def sign_in(world, mailer):
    opened = []
    transport = httpx.WSGITransport(app=kernel_app.mount({Service.INTAKE: world.app}))

    def as_somebody(role, unit=""):
        world.person(role, unit)
        login = f"{role}-{unit}@{world.office.office_id}"
        client = Thidua.signed_in(
            ADDRESS, login, PASSWORD, transport=transport, patience=Patience(attempts=1)
        )
        opened.append(client)
        return client.intake

    yield as_somebody
    for client in opened:
        client.close()


def test_a_reminder_is_previewed_sent_and_read(world, mailer, sign_in):
    officer, clerk = sign_in(Role.SECTOR_OFFICER, "van-hoa"), sign_in(Role.CLERK)
    wanted = officer.change_notice_preference("ngan@anphu.gov.vn", "daily")
    (period,) = clerk.periods()
    preview = clerk.preview_reminders(period.id)

    sent = clerk.remind(period.id, TEXT, units=[preview.units[0].unit_id])
    delivered(world)

    assert wanted == officer.notice_preference()
    assert preview.units[0].people[0].channel == "mail"
    assert (sent.reminded, sent.mails, len(mailer.sent)) == (1, 1, 1)
    (past,) = clerk.reminders(period.id)
    assert (past.text, past.mails) == (TEXT, {"sent": 1})
    (notice,) = officer.notices(unread=True)
    assert notice.detail == TEXT
    assert officer.read_notice(notice.id).read_at is not None
    assert list(officer.notices(unread=True)) == []
    assert officer.awaited()[0].path == notice.path


def test_everything_is_read_at_once(world, sign_in):
    officer, clerk = sign_in(Role.SECTOR_OFFICER, "van-hoa"), sign_in(Role.CLERK)
    (period,) = clerk.periods()
    clerk.remind(period.id, TEXT)

    assert officer.read_notices(world.clock() + timedelta(seconds=1)).read == 1


def test_a_period_is_told_to_remind_by_itself(sign_in):
    clerk = sign_in(Role.CLERK)
    (period,) = clerk.periods()

    assert clerk.plan_reminders(period.id, 3).days_before == 3
    assert clerk.preview_reminders(period.id).days_before == 3


def test_the_administrator_sends_again_what_was_given_up(world, mailer, sign_in):
    officer, clerk = sign_in(Role.SECTOR_OFFICER, "van-hoa"), sign_in(Role.CLERK)
    officer.change_notice_preference("ngan@anphu.gov.vn", "daily")
    (period,) = clerk.periods()
    clerk.remind(period.id, TEXT)
    admin = sign_in(Role.ADMIN)
    mailer.answers = [Refused("550"), Refused("550")]
    delivered(world)
    (failed,) = admin.mails(state="failed")
    first = admin.send_mail_again(failed.id)
    delivered(world)
    second = admin.send_mails_again()
    delivered(world)

    assert (first.queued, second.queued) == (1, 1)
    assert [it.state for it in admin.mails()] == ["sent"]
    with pytest.raises(Forbidden):
        list(clerk.mails())
