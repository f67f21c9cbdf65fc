"""Real workers, a real broker, real HTTP: what is killed, lost or hung leaves no job behind."""

import hashlib
from uuid import UUID, uuid4

import pytest

from kernel.contracts.renditions import ConversionRequest
from services.assembler.domain.jobs import JobState
from services.assembler.use_cases.heartbeats import is_worker_alive
from services.assembler.use_cases.requesting import request_conversion
from services.assembler.use_cases.watching import view_job
from tests.builders.assembler import OFFICE, a_job
from tests.builders.dossiers import a_dossier
from tests.support.worker_stack import PATIENCE_SECONDS, a_worker_stack

pytestmark = pytest.mark.redis


@pytest.fixture(scope="module")
def stack(tmp_path_factory, module_kernel_settings):
    folder = tmp_path_factory.mktemp("stack")
    with a_worker_stack(folder, a_dossier(), module_kernel_settings) as stack:
        yield stack


@pytest.fixture
def working(stack):
    stack.workers.start()
    yield stack
    stack.services.release()


@pytest.fixture
def resting(stack):
    stack.workers.kill()
    return stack


def state(stack, job):
    return view_job(job.id, office_id=OFFICE, deps=stack.deps)


def wait_until_done(stack, *jobs):
    stack.wait_for(
        lambda: all(state(stack, job).state is JobState.DONE for job in jobs),
        "jobs are not done",
    )


def test_a_job_goes_through_and_heartbeats_arrive(working):
    job = a_job(working.deps)

    wait_until_done(working, job)

    assert len(working.services.deposits[str(job.id)]) == 1
    working.wait_for(lambda: is_worker_alive(deps=working.deps), "no heartbeat")
    working.wait_for(lambda: working.services.pushes > 0, "the archive was not asked to send")


@pytest.mark.parametrize("killed", ["the pool", "everything"])
def test_a_job_whose_worker_is_killed_in_the_middle_is_done_once(working, killed):
    working.services.hold()
    job = a_job(working.deps)
    working.wait_for(working.services.is_waited_for.is_set, "the job did not begin")

    if killed == "the pool":
        working.workers.kill_pool()
    else:
        working.workers.kill()
        working.workers.start()
    working.services.release()
    wait_until_done(working, job)

    ended = state(working, job)
    assert ended.attempt == 2
    assert len(set(working.services.deposits[str(job.id)])) == 1
    assert ended.result.document_id is not None


def test_jobs_survive_a_broker_that_forgets_everything(resting):
    jobs = [a_job(resting.deps) for _ in range(5)]
    resting.broker.forget_everything()

    resting.workers.start()
    wait_until_done(resting, *jobs)

    assert all(len(resting.services.deposits[str(job.id)]) == 1 for job in jobs)


def test_a_job_asked_for_while_the_broker_is_down_is_done_later(resting):
    resting.broker.stop()
    job = a_job(resting.deps)
    assert state(resting, job).state is JobState.QUEUED

    resting.broker.start()
    resting.workers.start()
    wait_until_done(resting, job)


def test_a_worker_refuses_a_broker_that_may_drop_jobs_when_it_is_full(resting):
    resting.broker.keep_when_full("allkeys-lru")

    resting.workers.start()

    assert resting.workers.wait_until_refused(PATIENCE_SECONDS) != 0
    assert "must be 'noeviction'" in resting.workers.log()
    resting.workers.kill()
    resting.broker.keep_when_full("noeviction")


def test_a_hanging_soffice_fails_the_pdf_alone(working):
    draft = a_job(working.deps)
    wait_until_done(working, draft)
    document = working.services.deposits[str(draft.id)][0]
    version_id = UUID(int=uuid4().int)
    working.services.contents[version_id] = document
    sha256 = hashlib.sha256(document).hexdigest()

    pdf = request_conversion(
        ConversionRequest(version_id=version_id, sha256=sha256),
        office_id=OFFICE,
        idempotency_key="a-key",
        deps=working.deps,
    )
    working.wait_for(lambda: state(working, pdf).is_finished, "the PDF job did not end")

    ended = state(working, pdf)
    assert ended.state is JobState.FAILED
    assert "1 giây" in ended.reason
    # The archive is told after the job's end is committed.
    told = working.services.outcomes
    working.wait_for(lambda: version_id in told, "the archive was not told")
    assert [it["failure"] for it in told[version_id]] == [ended.reason]
    assert hashlib.sha256(document).hexdigest() == state(working, draft).result.sha256
