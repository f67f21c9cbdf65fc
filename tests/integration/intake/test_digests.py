"""One e-mail a morning to who wants it, made good when nobody ran in the morning."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest

from kernel.auth.principal import Role
from services.intake.domain.mails import KEPT_FOR, MailMode
from services.intake.persistence.notices import Notices
from services.intake.use_cases.notice_preferences import ChangePreference, change_preference
from services.intake.use_cases.planning_mails import mail_digests, mail_urgent_notices
from services.intake.use_cases.reading_notices import read_all
from tests.builders.intake import Api, accepted, submitted
from tests.builders.mail import delivered, mails_of, wants_mail, with_mail

SEVEN = datetime(2023, 12, 11, 0, 0, tzinfo=UTC)  # on a Vietnamese clock


@pytest.fixture
def mailer(world):
    return with_mail(world)


@pytest.fixture
def clerk(world, mailer):
    return wants_mail(world, world.clerk())


def sent(world, mailer):
    """Return what goes out now."""
    mailer.sent.clear()
    delivered(world)
    return mailer.sent


def test_the_digest_says_what_awaits_and_what_was_not_read(world, mailer, clerk):
    submission_id = submitted(world)
    world.clock.at = SEVEN

    assert mail_digests(deps=world.deps) == 1

    (mail,) = sent(world, mailer)
    assert mail.address == "clerk@anphu.gov.vn"
    assert mail.subject == "[UBND xã An Phú] Việc chờ và thông báo ngày 11/12/2023"
    assert "- Duyệt 1 báo cáo: Tổng kết năm 2023" in mail.body
    assert "- Ban Văn hóa đã nộp báo cáo: Tổng kết năm 2023" in mail.body
    address = f"https://thidua.anphu.gov.vn/intake/submissions/{submission_id}"
    assert address in mail.body.split()
    assert "/notices/settings" in mail.body


def test_there_is_one_a_day_however_often_it_is_asked_for(world, mailer, clerk):
    submitted(world)
    made = []
    for hours in (0, 1, 5, 24, 1):
        world.clock.at = (SEVEN if not made else world.clock.at) + timedelta(hours=hours)
        made.append(mail_digests(deps=world.deps))

    assert made == [1, 0, 0, 1, 0]


def test_two_workers_at_once_make_it_once(world, mailer, clerk):
    submitted(world)
    world.clock.at = SEVEN
    barrier = Barrier(4)

    def make(_):
        barrier.wait()
        return mail_digests(deps=world.deps)

    with ThreadPoolExecutor(4) as pool:
        made = sorted(pool.map(make, range(4)))

    assert made == [0, 0, 0, 1]
    assert len(sent(world, mailer)) == 1


@pytest.mark.parametrize(
    ("at", "count"),
    [
        (SEVEN - timedelta(seconds=1), 0),
        (SEVEN, 1),
        (SEVEN + timedelta(hours=9), 1),
        (SEVEN + timedelta(hours=16, minutes=59), 1),
        (SEVEN + timedelta(hours=17), 0),
    ],
)
def test_it_comes_after_seven_and_a_lost_morning_is_made_good_the_same_day(world, clerk, at, count):
    submitted(world)
    world.clock.at = at

    assert mail_digests(deps=world.deps) == count


@pytest.mark.parametrize("mode", MailMode)
def test_only_who_wants_it_gets_it(world, mailer, mode):
    wants_mail(world, world.clerk(), mode)
    submitted(world)
    world.clock.at = SEVEN

    assert mail_digests(deps=world.deps) == (mode is not MailMode.NONE)


def test_without_an_address_or_a_server_there_is_none(world):
    submitted(world)
    world.clock.at = SEVEN
    wants_mail(world, world.clerk())
    without_server = mail_digests(deps=world.deps)
    with_mail(world)
    change = ChangePreference(email="", mode=MailMode.DAILY)
    change_preference(change, by=world.clerk(), deps=world.deps)

    assert (without_server, mail_digests(deps=world.deps)) == (0, 0)


def test_nothing_to_say_is_not_said(world, clerk):
    world.clock.at = datetime(2023, 12, 1, 1, tzinfo=UTC)

    assert mail_digests(deps=world.deps) == 0


def test_what_was_read_or_told_yesterday_is_not_told_again(world, mailer):
    officer = wants_mail(world, world.officer())
    accepted(world)
    world.clock.at = SEVEN
    first = mail_digests(deps=world.deps)
    world.clock.forward(days=1)
    second = mail_digests(deps=world.deps)

    assert (first, second) == (1, 0)
    assert "Báo cáo đã được duyệt" in sent(world, mailer)[0].body
    read_all(until=world.clock(), by=officer, deps=world.deps)
    with world.deps.database.read() as session:
        assert Notices(session, account_id=officer.account_id).unread() == 0


def test_a_near_deadline_is_said_every_morning_until_the_report_is_in(world, mailer):
    wants_mail(world, world.officer())
    made = []
    for day in (11, 12, 13):
        world.clock.at = datetime(2023, 12, day, 1, tzinfo=UTC)
        made.append(mail_digests(deps=world.deps))
    submitted(world)
    world.clock.forward(days=1)
    made.append(mail_digests(deps=world.deps))

    assert made == [0, 1, 1, 0]
    assert "còn 3 ngày" in sent(world, mailer)[0].body


def test_every_office_gets_its_own(world, mailer, clerk):
    submitted(world)
    wants_mail(world, world.person(Role.CLERK, at=world.foreign))
    world.clock.at = SEVEN

    assert mail_digests(deps=world.deps) == 1


def test_sent_mails_are_forgotten_after_three_months(world, mailer, clerk):
    submitted(world)
    world.clock.at = SEVEN
    mail_digests(deps=world.deps)
    sent(world, mailer)
    world.clock.at += KEPT_FOR + timedelta(hours=1)

    mail_digests(deps=world.deps)

    days = [subject[-10:] for subject, _, _ in mails_of(world)]
    assert days == [f"{date(2024, 3, 10):%d/%m/%Y}"]


def returned(world):
    submission_id = submitted(world)
    answer = Api(world, world.clerk()).post(
        f"/submissions/{submission_id}/return", {"reason": "Thiếu số liệu quý IV"}
    )
    assert answer.status_code == 200


def test_a_returned_report_is_mailed_at_once_to_who_wants_that(world, mailer):
    wants_mail(world, world.officer(), MailMode.AT_ONCE)
    returned(world)

    made = [mail_urgent_notices(deps=world.deps) for _ in "12"]

    (mail,) = sent(world, mailer)
    assert made == [1, 0]
    assert mail.subject.startswith("[UBND xã An Phú] Báo cáo bị trả lại để sửa")
    assert "Thiếu số liệu quý IV" in mail.body
    assert f"/intake{world.period}/report" in mail.body


def test_what_was_mailed_at_once_is_not_in_the_digest(world, mailer):
    wants_mail(world, world.officer(), MailMode.AT_ONCE)
    returned(world)
    mail_urgent_notices(deps=world.deps)
    sent(world, mailer)
    world.clock.at = SEVEN
    mail_digests(deps=world.deps)

    (digest,) = sent(world, mailer)
    assert "Sửa và nộp lại báo cáo" in digest.body
    assert "THÔNG BÁO CHƯA ĐỌC" not in digest.body


@pytest.mark.parametrize("mode", [MailMode.DAILY, MailMode.NONE])
def test_who_does_not_want_it_at_once_is_left_alone(world, mailer, mode):
    wants_mail(world, world.officer(), mode)
    returned(world)

    assert mail_urgent_notices(deps=world.deps) == 0


def test_what_was_read_meanwhile_is_not_mailed(world, mailer):
    officer = wants_mail(world, world.officer(), MailMode.AT_ONCE)
    returned(world)
    read_all(until=world.clock(), by=officer, deps=world.deps)

    assert mail_urgent_notices(deps=world.deps) == 0


def test_names_of_people_cannot_write_headers_or_links(world, mailer):
    wants_mail(world, world.officer(), MailMode.AT_ONCE)
    submission_id = submitted(world)
    reason = "Thiếu\n\n-- \nBcc: x@y.org"
    clerk = Api(world, world.clerk())
    clerk.post(f"/submissions/{submission_id}/return", {"reason": reason})
    mail_urgent_notices(deps=world.deps)

    (mail,) = sent(world, mailer)
    assert "\n" not in mail.subject
    assert reason in mail.body
