"""E-mails leave once, however often and wherever sending runs; what cannot leave says why."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest

from kernel.auth.principal import Role
from services.intake.domain.mails import LEASE, LOST, MAX_ATTEMPTS
from services.intake.gateways.mail import NotNow, Refused, ServerAway
from services.intake.persistence.mails import Mails, Outbox
from services.intake.use_cases.delivering import Delivered
from tests.builders.intake import Api
from tests.builders.mail import a_queued_mail, delivered, mails_of, wants_mail, with_mail


@pytest.fixture
def mailer(world):
    return with_mail(world)


def outlines(world):
    with world.deps.database.read() as session:
        return Mails(session, office_id=world.office.office_id).page().items


def claim(world, holder="killed"):
    with world.deps.database.begin() as session:
        return Outbox(session).claim(holder=holder, now=world.clock())


def test_what_is_due_is_sent_once_the_longest_waiting_first(world, mailer):
    for number in range(3):
        a_queued_mail(world, subject=f"Thư {number}")
        world.clock.forward(seconds=1)

    outcomes = [delivered(world) for _ in "12"]

    assert [it.subject for it in mailer.sent] == ["Thư 0", "Thư 1", "Thư 2"]
    assert outcomes == [Delivered(sent=3), Delivered()]
    assert {state for _, state, _ in mails_of(world)} == {"sent"}


def test_the_same_key_is_queued_once(world, mailer):
    for _ in "12":
        a_queued_mail(world, key="digest:x:2023-12-10")

    delivered(world)

    assert len(mailer.sent) == 1


def test_without_a_server_nothing_is_taken(world):
    a_queued_mail(world)

    assert delivered(world) == Delivered()
    assert mails_of(world) == [("Việc chờ và thông báo", "queued", 0)]


def test_a_server_that_is_away_costs_one_attempt_of_one_mail(world, mailer):
    for _ in "123":
        a_queued_mail(world)
        world.clock.forward(seconds=1)
    mailer.is_away = True

    assert delivered(world) == Delivered(put_back=1)

    assert [attempts for _, _, attempts in mails_of(world)] == [1, 0, 0]
    assert "Không kết nối được máy chủ thư" in outlines(world)[-1].reason


def test_mails_leave_when_the_server_is_back(world, mailer):
    a_queued_mail(world)
    mailer.is_away = True
    delivered(world)
    mailer.is_away = False

    too_early = delivered(world)
    world.clock.forward(minutes=2)
    in_time = delivered(world)

    assert (too_early, in_time) == (Delivered(), Delivered(sent=1))
    assert outlines(world)[0].reason == ""


def test_a_server_that_stays_away_is_given_up_after_a_day_and_its_reason_kept(world, mailer):
    a_queued_mail(world)
    mailer.is_away = True
    begun, rounds = world.clock(), 0

    while mails_of(world)[0][1] != "failed":
        delivered(world)
        world.clock.forward(hours=1)
        rounds += 1
        assert rounds < 100

    assert 20 < (world.clock() - begun).total_seconds() / 3600 < 30
    (mail,) = outlines(world)
    assert mail.attempts == MAX_ATTEMPTS
    assert mail.reason.startswith("Không kết nối được máy chủ thư")


def test_a_refused_address_fails_alone(world, mailer):
    for number in range(2):
        a_queued_mail(world, subject=f"Thư {number}")
        world.clock.forward(seconds=1)
    mailer.answers = [Refused("Máy chủ thư từ chối địa chỉ người nhận (550): no such user")]

    assert delivered(world) == Delivered(sent=1, failed=1)

    assert [state for _, state, _ in mails_of(world)] == ["failed", "sent"]
    assert "550" in outlines(world)[-1].reason


def test_a_mail_that_is_not_taken_now_waits_and_the_others_go(world, mailer):
    for _ in "12":
        a_queued_mail(world)
        world.clock.forward(seconds=1)
    mailer.answers = [NotNow("Máy chủ thư từ chối thư (451): greylisted")]

    assert delivered(world) == Delivered(sent=1, put_back=1)


def test_a_server_that_leaves_in_the_middle_keeps_the_rest_waiting(world, mailer):
    for _ in "123":
        a_queued_mail(world)
        world.clock.forward(seconds=1)
    mailer.answers = [ServerAway("Máy chủ thư không nhận thư: 421 closing")]

    assert delivered(world) == Delivered(put_back=1)
    assert [state for _, state, _ in mails_of(world)] == ["queued"] * 3


def test_one_sender_is_at_work_at_a_time(world, mailer):
    a_queued_mail(world)
    a_queued_mail(world)
    claim(world)

    assert delivered(world, "worker-2") == Delivered()
    assert mailer.sent == []


def test_what_a_killed_worker_held_is_sent_after_its_lease_under_the_same_id(world, mailer):
    a_queued_mail(world)
    held = claim(world)
    world.clock.at += LEASE
    before = delivered(world, "worker-2")
    world.clock.forward(seconds=1)

    after = delivered(world, "worker-2")

    assert (before, after) == (Delivered(), Delivered(sent=1))
    assert mailer.sent[0].id == held.id


def test_a_worker_that_lost_its_lease_writes_nothing(world, mailer):
    a_queued_mail(world)
    late = claim(world, "slow")
    world.clock.at += 2 * LEASE
    delivered(world, "worker-2")

    with world.deps.database.begin() as session:
        outbox = Outbox(session)
        written = [
            outbox.fail(late, "x"),
            outbox.put_back(late, "x", next_try_at=world.clock()),
            outbox.note_sent(late, now=world.clock()),
        ]

    assert written == [False] * 3
    assert mails_of(world)[0][1:] == ("sent", 2)


def test_a_mail_that_kills_its_sender_every_time_is_given_up(world, mailer):
    a_queued_mail(world)
    for _ in range(MAX_ATTEMPTS):
        assert claim(world)
        world.clock.at += 2 * LEASE

    delivered(world)

    assert mailer.sent == []
    assert [(it.state.value, it.reason) for it in outlines(world)] == [("failed", LOST)]


def test_two_workers_at_once_never_take_the_same_mail(world, mailer):
    for _ in range(6):
        a_queued_mail(world)
    barrier = Barrier(4)

    def claim_all(number):
        barrier.wait()
        found = []
        for _ in range(12):
            mail = claim(world, f"worker-{number}")
            found += [mail.id] if mail else []
        return found

    with ThreadPoolExecutor(4) as pool:
        taken = [it for found in pool.map(claim_all, range(4)) for it in found]

    assert len(taken) == len(set(taken)) == 6


def failed(world, mailer, person=None):
    a_queued_mail(world, person)
    mailer.answers = [Refused("Máy chủ thư từ chối địa chỉ người nhận (550): no such user")]
    delivered(world)
    return outlines(world)[0].id


def test_the_administrator_sends_again_what_failed_to_the_present_address(world, mailer):
    clerk = world.clerk()
    mail_id = failed(world, mailer, clerk)
    wants_mail(world, clerk)
    admin = Api(world, world.person(Role.ADMIN))

    answers = [admin.post(f"/mails/{mail_id}/send-again", key="the-one-key") for _ in "12"]
    delivered(world)

    assert [(it.status_code, it.json) for it in answers] == [(200, {"queued": 1})] * 2
    assert [it.address for it in mailer.sent] == ["clerk@anphu.gov.vn"]
    assert admin.post(f"/mails/{mail_id}/send-again").status_code == 409


def test_all_that_failed_is_sent_again_at_once(world, mailer):
    failed(world, mailer)
    failed(world, mailer)
    admin = Api(world, world.person(Role.ADMIN))

    assert admin.post("/mails/send-again").json == {"queued": 2}
    assert delivered(world) == Delivered(sent=2)


def test_mails_of_another_office_are_not_there(world, mailer):
    mail_id = failed(world, mailer)
    foreign = Api(world, world.person(Role.ADMIN, at=world.foreign))

    assert foreign.get("/mails").json["items"] == []
    assert foreign.post(f"/mails/{mail_id}/send-again").status_code == 404
    assert foreign.post("/mails/send-again").json == {"queued": 0}
    assert mails_of(world)[0][1] == "failed"


@pytest.mark.parametrize("role", [Role.CLERK, Role.LEADER, Role.SECTOR_OFFICER, Role.SUPERIOR])
def test_only_the_administrator_sees_mails(world, role):
    unit = "van-hoa" if role is Role.SECTOR_OFFICER else ""
    api = Api(world, world.person(role, unit))

    assert api.get("/mails").status_code == 403
    assert api.post(f"/mails/{uuid4()}/send-again").status_code == 403


def test_the_page_of_mails_says_what_failed_and_sends_it_again(world, mailer):
    failed(world, mailer)
    client = world.client(world.person(Role.ADMIN))

    page = client.get("/mails?state=failed")
    sent = client.post("/mails/send-again", {"idempotency_key": "a-key"})

    assert "no such user" in page.text
    assert "Tiến trình gửi thư không hoạt động" in page.text
    assert sent.status_code == 303
    assert mails_of(world)[0][1] == "queued"
    assert "1 thư sẽ được gửi lại" in client.get("/mails").text


def test_the_page_of_mails_says_that_mail_is_off(world):
    page = world.client(world.person(Role.ADMIN)).get("/mails")

    assert "chưa bật gửi thư" in page.text
    assert "Chưa có thư nào" in page.text


def test_the_list_of_mails_is_cut_by_key(world, mailer):
    for number in range(45):
        a_queued_mail(world, subject=f"Thư {number:02}")
        world.clock.forward(seconds=1)
    admin = Api(world, world.person(Role.ADMIN))

    seen, after = [], ""
    while after is not None:
        answer = admin.get(f"/mails?state=queued&after={after}").json
        seen += [it["subject"] for it in answer["items"]]
        after = answer["next"] and answer["next"].replace("+", "%2B")

    assert seen == [f"Thư {number:02}" for number in reversed(range(45))]


@pytest.mark.parametrize("query", ["after=x", "after=2023-12-10T00:00:00~x", "state=lost"])
def test_an_odd_question_is_refused_with_its_place(world, query):
    answer = Api(world, world.person(Role.ADMIN)).get(f"/mails?{query}")

    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == f"#/{query.partition('=')[0]}"
