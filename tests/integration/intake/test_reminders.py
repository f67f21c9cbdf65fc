"""Units that are late are reminded, each at most once a day, whoever clicks and however often."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from uuid import uuid4

import pytest
from sqlalchemy import update

from kernel.auth.principal import Role
from services.intake.domain.mails import MailMode
from services.intake.domain.moves import State
from services.intake.domain.notices import NoticeKind
from services.intake.domain.reminders import BY_ITSELF
from services.intake.persistence.models import PeriodRow
from services.intake.persistence.notices import Notices
from services.intake.use_cases.planning_mails import mail_digests
from services.intake.use_cases.reminding import SendReminders, preview_reminders, send_reminders
from services.intake.use_cases.sending_reminders import remind_by_itself
from tests.builders.intake import Api, submitted
from tests.builders.mail import delivered, wants_mail, with_mail

TEXT = "Đề nghị ngành nộp báo cáo trước 17 giờ chiều nay."


def told(world, person):
    with world.deps.database.read() as session:
        return Notices(session, account_id=person.account_id).page().items


def path(world):
    return f"/periods/{world.office.period_id}/reminders"


def remind(world, **body):
    return Api(world, world.clerk()).post(path(world), {"text": TEXT, **body})


def preview(world):
    return preview_reminders(world.office.period_id, by=world.clerk(), deps=world.deps)


def close_period(world):
    with world.deps.database.begin() as session:
        session.execute(update(PeriodRow).values(status="closed"))


def test_the_preview_names_who_and_how_and_changes_nothing(world):
    with_mail(world)
    wants_mail(world, world.officer())
    world.officer("tai-chinh")

    answer = (
        Api(world, world.clerk()).get(f"/periods/{world.office.period_id}/reminder-preview").json
    )

    assert [(it["name"], it["people"][0]["channel"]) for it in answer["units"]] == [
        ("Ban Văn hóa", "mail"),
        ("Tài chính", "no_address"),
    ]
    assert "hạn nộp là ngày 15/12/2023, còn 5 ngày" in answer["text"].lower()
    assert (told(world, world.officer()), preview(world).history.items) == ((), ())


def test_a_reminder_is_a_notice_and_a_mail(world):
    mailer = with_mail(world)
    officer = wants_mail(world, world.officer())
    world.officer("tai-chinh")

    answer = remind(world)
    delivered(world)

    assert answer.status_code == 201
    assert answer.json == {"reminded": 2, "left_out": 0, "people": 2, "mails": 1}
    (notice,) = told(world, officer)
    assert (notice.kind, notice.detail) == (NoticeKind.REMINDER, TEXT)
    (mail,) = mailer.sent
    assert mail.address == "sector_officer@anphu.gov.vn"
    assert TEXT in mail.body
    assert f"/intake{world.period}/report" in mail.body


def test_a_unit_is_reminded_once_a_day_and_again_on_the_next(world):
    officer = world.officer()
    first, second = remind(world), remind(world)
    world.clock.at = datetime(2023, 12, 10, 17, 30, tzinfo=UTC)  # past midnight in Viet Nam
    third = remind(world)

    outcomes = [(it.json["reminded"], it.json["left_out"]) for it in (first, second, third)]
    assert outcomes == [(1, 1), (0, 2), (1, 1)]
    assert len(told(world, officer)) == 2


def test_clicks_at_the_same_moment_remind_once(world):
    mailer = with_mail(world)
    officer, clerk = wants_mail(world, world.officer()), world.clerk()
    barrier = Barrier(4)

    def click(_):
        barrier.wait()
        command = SendReminders(period_id=world.office.period_id, text=TEXT)
        return send_reminders(command, by=clerk, deps=world.deps).reminded

    with ThreadPoolExecutor(4) as pool:
        counts = sorted(pool.map(click, range(4)))
    delivered(world)

    assert counts == [0, 0, 0, 1]
    assert (len(told(world, officer)), len(mailer.sent)) == (1, 1)


def test_the_same_call_twice_gives_the_same_answer(world):
    world.officer()
    api = Api(world, world.clerk())

    answers = [api.post(path(world), {"text": TEXT}, key="the-one-key").json for _ in "12"]

    assert answers[0] == answers[1]
    assert answers[0]["reminded"] == 1


def test_only_units_without_a_report_are_reminded(world):
    finance = world.officer("tai-chinh")
    submitted(world)

    answer = remind(world)

    assert answer.json["reminded"] == 1
    assert [it.kind for it in told(world, world.officer())] == []
    assert len(told(world, finance)) == 1


def test_a_returned_report_is_late_too(world, clerk_api):
    submission_id = submitted(world)
    clerk_api.post(f"/submissions/{submission_id}/return", {"reason": "Thiếu"})

    assert [(it.name, it.state) for it in preview(world).units] == [
        ("Ban Văn hóa", State.RETURNED),
        ("Tài chính", State.NOT_BEGUN),
    ]


def test_only_the_chosen_units_are_reminded(world):
    chosen, other = world.officer("tai-chinh"), world.officer()

    answer = remind(world, unit_ids=[str(chosen.unit_id)])

    assert answer.json["reminded"] == 1
    assert [len(told(world, it)) for it in (chosen, other)] == [1, 0]


def test_a_unit_without_an_account_is_named_and_left_out(world):
    assert {it.left_out for it in preview(world).units} == {"chưa có tài khoản"}

    assert remind(world).json == {"reminded": 0, "left_out": 2, "people": 0, "mails": 0}
    assert preview(world).history.items == ()


@pytest.mark.parametrize(
    ("mode", "channel"), [(MailMode.NONE, "unwanted"), (MailMode.AT_ONCE, "mail")]
)
def test_who_wants_no_mail_gets_a_notice_only(world, mode, channel):
    with_mail(world)
    officer = wants_mail(world, world.officer(), mode)

    assert preview(world).units[0].people[0].channel == channel
    assert remind(world).json["mails"] == (channel == "mail")
    assert len(told(world, officer)) == 1


def test_without_a_server_there_are_notices_only(world):
    officer = wants_mail(world, world.officer())

    assert remind(world).json == {"reminded": 1, "left_out": 1, "people": 1, "mails": 0}
    assert len(told(world, officer)) == 1


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"text": ""}, "#/text"),
        ({"text": "  \n"}, "#/text"),
        ({"text": "a" * 2001}, "#/text"),
        ({"text": "a\u202eb"}, "#/text"),
        ({}, "#/text"),
        ({"text": "a", "unit_ids": ["x"]}, "#/unit_ids/0"),
        ({"text": "a", "unit_ids": [str(uuid4())]}, "#/unit_ids/0"),
        ({"text": "a", "day": "2023-12-10"}, "#/day"),
    ],
)
def test_a_refused_reminder_reminds_nobody(world, body, pointer):
    officer = world.officer()

    answer = Api(world, world.clerk()).post(path(world), body)

    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == pointer
    assert told(world, officer) == ()


def test_units_and_periods_of_another_office_cannot_be_reached(world):
    foreign = world.person(Role.SECTOR_OFFICER, "van-hoa", at=world.foreign)
    clerk = Api(world, world.clerk())

    unit = remind(world, unit_ids=[str(foreign.unit_id)])
    period = clerk.post(f"/periods/{world.foreign.period_id}/reminders", {"text": TEXT})

    assert (unit.status_code, period.status_code) == (422, 404)
    assert clerk.get(f"/periods/{world.foreign.period_id}/reminders").status_code == 404
    assert told(world, foreign) == ()


def test_a_closed_period_reminds_no_more(world):
    world.officer()
    close_period(world)

    assert remind(world).status_code == 409
    assert preview(world).units == ()


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN, Role.SECTOR_OFFICER, Role.SUPERIOR])
def test_only_the_clerk_reminds(world, role):
    unit = "van-hoa" if role is Role.SECTOR_OFFICER else ""
    api = Api(world, world.person(role, unit))

    assert api.post(path(world), {"text": TEXT}).status_code == 403
    assert api.get(path(world)).status_code == (200 if role in {Role.LEADER, Role.ADMIN} else 403)


def test_the_history_says_who_reminded_whom_and_what_became_of_the_mails(world):
    with_mail(world)
    wants_mail(world, world.officer())
    remind(world)
    delivered(world)

    (past,) = Api(world, world.clerk()).get(path(world)).json["items"]

    assert (past["unit_name"], past["by"], past["text"]) == ("Ban Văn hóa", "Người clerk", TEXT)
    assert (past["people"], past["mails"]) == (1, {"sent": 1})


def test_the_history_is_cut_by_key(world):
    world.officer()
    for _ in range(23):
        remind(world)
        world.clock.forward(days=1)
    api = Api(world, world.clerk())
    first = api.get(path(world)).json
    second = api.get(f"{path(world)}?after={first['next'].replace('+', '%2B')}").json

    times = [it["at"] for it in (*first["items"], *second["items"])]
    assert (len(first["items"]), len(second["items"]), second["next"]) == (20, 3, None)
    assert times == sorted(times, reverse=True)


def plan(world, days):
    api = Api(world, world.clerk())
    return api.put(f"/periods/{world.office.period_id}/reminder-plan", {"days_before": days})


def at_eight(world, day):
    world.clock.at = datetime(2023, 12, day, 1, tzinfo=UTC)
    return remind_by_itself(deps=world.deps)


def test_no_period_reminds_by_itself_unless_it_is_told_to(world):
    world.officer()

    assert [at_eight(world, day) for day in (10, 12, 14, 15)] == [0, 0, 0, 0]


def test_a_period_reminds_by_itself_once_so_many_days_before(world):
    officer = world.officer()
    assert plan(world, 3).json == {"days_before": 3}

    assert [at_eight(world, day) for day in (11, 12, 12, 13)] == [0, 1, 0, 0]
    (notice,) = told(world, officer)
    assert "còn 3 ngày" in notice.detail
    assert preview(world).history.items[0].by == BY_ITSELF


def test_a_morning_without_a_worker_is_made_good_until_the_deadline(world):
    world.officer()
    plan(world, 3)

    assert at_eight(world, 14) == 1


def test_after_the_deadline_nothing_is_made_good(world):
    world.officer()
    plan(world, 3)

    assert at_eight(world, 16) == 0


def test_what_a_clerk_reminded_in_the_morning_is_not_reminded_again(world):
    officer = world.officer()
    plan(world, 3)
    world.clock.at = datetime(2023, 12, 12, 0, 30, tzinfo=UTC)
    remind(world)

    assert at_eight(world, 12) == 0
    assert len(told(world, officer)) == 1


def test_it_waits_for_the_morning(world):
    world.officer()
    plan(world, 3)
    world.clock.at = datetime(2023, 12, 11, 20, tzinfo=UTC)  # 3 o'clock

    assert remind_by_itself(deps=world.deps) == 0


def test_a_plan_can_be_changed_and_ended(world):
    world.officer()
    plan(world, 5)
    first = at_eight(world, 10)
    plan(world, 1)
    second = at_eight(world, 14)
    plan(world, 3)
    plan(world, 0)

    assert (first, second, at_eight(world, 15)) == (1, 1, 0)


@pytest.mark.parametrize("days", [4, -1, 100, "3", None, True])
def test_an_odd_plan_is_refused(world, days):
    answer = plan(world, days)

    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == "#/days_before"
    assert preview(world).days_before == 0


def test_what_was_reminded_by_mail_is_not_repeated_by_the_digest(world):
    mailer = with_mail(world)
    wants_mail(world, world.officer())
    plan(world, 3)
    at_eight(world, 12)
    mail_digests(deps=world.deps)
    delivered(world)

    subjects = [it.subject for it in mailer.sent]
    assert len(subjects) == 2
    assert "THÔNG BÁO CHƯA ĐỌC" not in mailer.sent[1].body


def a_form(world, **changes):
    units = [str(it.unit_id) for it in preview(world).units]
    form = {"text": TEXT, "unit_ids": units, "action": "send", "idempotency_key": uuid4().hex}
    return {**form, **changes}


def test_the_page_reminds_and_says_so(world):
    officer = world.officer()
    client = world.client(world.clerk())
    page = client.get(path(world))

    answer = client.post(path(world), a_form(world, unit_ids=[str(officer.unit_id)]))

    assert "Gửi nhắc" in page.text
    assert answer.status_code == 303
    after = client.get(path(world)).text
    assert "Đã nhắc 1 ngành: 1 người nhận thông báo." in after
    assert "hôm nay đã nhắc rồi" in after
    assert len(told(world, officer)) == 1


def test_a_preview_keeps_what_was_typed_and_sends_nothing(world):
    officer = world.officer()

    answer = world.client(world.clerk()).post(path(world), a_form(world, action="preview"))

    assert answer.status_code == 200
    assert answer.text.count(TEXT) == 2
    assert told(world, officer) == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": " "}, "Nhập nội dung nhắc."),
        ({"text": "a" * 2001}, "quá giới hạn 2000 ký tự"),
        ({"unit_ids": []}, "Chọn ít nhất một ngành để nhắc."),
        ({"unit_ids": ["x"]}, "Không phải là mã định danh hợp lệ."),
    ],
)
def test_a_refused_form_keeps_what_was_typed(world, changes, said):
    officer = world.officer()

    answer = world.client(world.clerk()).post(path(world), a_form(world, **changes))

    assert answer.status_code == 422
    assert said in answer.text
    assert told(world, officer) == ()


def test_the_page_shows_a_leader_the_same_without_buttons(world):
    world.officer()

    page = world.client(world.person(Role.LEADER)).get(path(world))

    assert "Ban Văn hóa" in page.text
    assert "Gửi nhắc" not in page.text


def test_the_page_says_when_nobody_is_late(world):
    submitted(world)
    submitted(world, "tai-chinh")

    assert "Không còn ngành nào chưa nộp" in world.client(world.clerk()).get(path(world)).text


def test_the_page_of_a_closed_period_shows_what_was_sent(world):
    world.officer()
    remind(world)
    close_period(world)

    page = world.client(world.clerk()).get(path(world)).text

    assert "Kỳ báo cáo đã đóng" in page
    assert TEXT in page


def test_the_page_sets_when_a_period_reminds_by_itself(world):
    client = world.client(world.clerk())
    address = f"/periods/{world.office.period_id}/reminder-plan"

    good, bad = client.post(address, {"days_before": "5"}), client.post(address, {})

    assert (good.status_code, bad.status_code) == (303, 422)
    assert preview(world).days_before == 5
