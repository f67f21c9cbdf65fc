"""A real worker, a real broker and a real mail server: what fails or is killed loses no e-mail."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from kernel.clock import utc_now
from services.intake.domain.mails import LEASE, MailMode
from services.intake.persistence import MIGRATIONS
from services.intake.persistence.daily_runs import DIGEST, claim_run
from services.intake.persistence.mails import Outbox
from services.intake.persistence.models import MailRow
from services.intake.use_cases.heartbeats import is_worker_alive
from services.intake.use_cases.notice_preferences import ChangePreference, change_preference
from services.intake.use_cases.reminding import SendReminders, send_reminders
from tests.builders.intake import Api, submitted
from tests.builders.mail import ROUTE, mails_of, wants_mail
from tests.support.mail_server import Postbox, a_mail_server
from tests.support.mail_worker import a_mail_stack

pytestmark = pytest.mark.redis


@pytest.fixture
def stack(tmp_path, new_database, kernel_settings):
    with a_mail_stack(tmp_path, new_database(MIGRATIONS), kernel_settings) as stack:
        # The worker has the time of the world: so must the rows that it looks at.
        world = stack.world
        world.deps = replace(world.deps, mail=ROUTE, now=utc_now)
        world.app.extensions["deps"] = world.deps
        have_digests_behind_them(world)
        yield stack


def have_digests_behind_them(world):
    """Let only what a test asks for be sent, at whatever hour it runs."""
    with world.deps.database.begin() as session:
        for office_id in (world.office.office_id, world.foreign.office_id):
            claim_run(session, office_id, DIGEST, world.deps.today(), at=utc_now())


def remind(stack):
    """Queue the e-mail of a reminder, as the clerk's click does."""
    world = stack.world
    wants_mail(world, world.officer())
    command = SendReminders(period_id=world.office.period_id, text="Đề nghị nộp báo cáo.")
    sent = send_reminders(command, by=world.clerk(), deps=world.deps)
    assert sent.mails == 1


def state(stack):
    ((_, state, _),) = mails_of(stack.world)
    return state


def test_a_reminder_arrives_and_heartbeats_travel(stack):
    remind(stack)

    with a_mail_server(port=stack.port) as server:
        stack.workers.start()
        stack.wait_for(lambda: state(stack) == "sent", "the reminder was not sent")

    (message,) = server.postbox.received
    assert "Đề nghị nộp báo cáo." in message.get_content()
    stack.wait_for(lambda: is_worker_alive(deps=stack.world.deps), "no heartbeat")


def test_a_returned_report_is_mailed_without_anybody_asking(stack):
    world = stack.world
    change = ChangePreference(email="ngan@anphu.gov.vn", mode=MailMode.AT_ONCE)
    change_preference(change, by=world.officer(), deps=world.deps)
    submission_id = submitted(world)
    answer = Api(world, world.clerk()).post(
        f"/submissions/{submission_id}/return", {"reason": "Thiếu số liệu quý IV"}
    )

    with a_mail_server(port=stack.port) as server:
        stack.workers.start()
        stack.wait_for(lambda: len(server.postbox.received) > 0, "nothing arrived")

    assert answer.status_code == 200
    assert "Thiếu số liệu quý IV" in server.postbox.received[0].get_content()


def test_mails_wait_for_a_server_that_is_down(stack):
    remind(stack)
    stack.workers.start()
    stack.wait_for(lambda: mails_of(stack.world)[0][2] == 1, "it was not tried")
    hurry(stack)

    with a_mail_server(port=stack.port) as server:
        stack.wait_for(lambda: state(stack) == "sent", "it was not sent")

    assert len(server.postbox.received) == 1


def hurry(stack):
    """Let the next attempt be due, as it is a minute later."""
    with stack.world.deps.database.begin() as session:
        session.execute(update(MailRow).values(next_try_at=utc_now()))


def test_messages_that_the_broker_lost_cost_a_second(stack):
    remind(stack)

    with a_mail_server(port=stack.port) as server:
        stack.broker.forget_everything()
        stack.workers.start()
        stack.wait_for(lambda: state(stack) == "sent", "it was not sent")

    assert len(server.postbox.received) == 1


def test_what_a_killed_worker_had_handed_over_comes_again_under_the_same_id(stack):
    remind(stack)
    box = Postbox()
    with a_mail_server(port=stack.port, postbox=box):
        stack.workers.start()
        stack.wait_for(lambda: state(stack) == "sent", "it was not sent")
        stack.workers.kill()
        # As a worker leaves it that is killed between the server's answer and its own note of it.
        with stack.world.deps.database.begin() as session:
            session.execute(
                update(MailRow).values(
                    state="sending",
                    holder="killed",
                    sent_at=None,
                    lease_until=utc_now() - LEASE,
                )
            )
        stack.workers.start()
        stack.wait_for(lambda: state(stack) == "sent", "it was not sent again")

    assert len(box.ids) == 2
    assert len(set(box.ids)) == 1


def test_what_a_dead_worker_still_holds_is_left_alone_until_its_lease_ends(stack):
    remind(stack)
    with stack.world.deps.database.begin() as session:
        held = Outbox(session).claim(holder="killed", now=utc_now() + timedelta(seconds=1))

    with a_mail_server(port=stack.port) as server:
        stack.workers.start()
        stack.wait_for(lambda: is_worker_alive(deps=stack.world.deps), "no heartbeat")
        before = list(server.postbox.received)
        end_lease(stack)
        stack.wait_for(lambda: state(stack) == "sent", "it was not sent")

    assert before == []
    assert server.postbox.ids[0].startswith(f"<{held.id}@")


def end_lease(stack):
    """Let the lease be over, as it is two and a half minutes later."""
    with stack.world.deps.database.begin() as session:
        session.execute(update(MailRow).values(lease_until=utc_now() - timedelta(seconds=1)))


def test_a_worker_refuses_a_broker_that_may_forget(stack):
    stack.broker.keep_when_full("allkeys-lru")

    stack.workers.start()

    assert stack.workers.wait_until_refused(30) != 0
    assert "noeviction" in stack.workers.log()
