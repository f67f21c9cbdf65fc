"""Real workers, a real broker, real HTTP: what is killed, lost or hung leaves no job behind."""

import hashlib
import time
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest

from kernel.contracts.renditions import ConversionRequest
from kernel.migrations import upgrade
from services.assembler.app import production_deps
from services.assembler.domain.jobs import JobState
from services.assembler.persistence import MIGRATIONS
from services.assembler.settings import AssemblerSettings
from services.assembler.use_cases.heartbeats import is_worker_alive
from services.assembler.use_cases.requesting import request_conversion
from services.assembler.use_cases.watching import view_job
from tests.builders.assembler import OFFICE, TEMPLATES, a_job
from tests.builders.dossiers import a_dossier
from tests.support.broker import a_broker
from tests.support.fake_services import running_services
from tests.support.workers import Workers

pytestmark = pytest.mark.redis

PATIENCE_SECONDS = 30
QUICK = {
    "reconcile_seconds": 1,
    "heartbeat_seconds": 1,
    "lease_seconds": 4,
    "republish_seconds": 2,
    "retry_seconds": 1,
    "pdf_seconds": 1,
}


@pytest.fixture(scope="module")
def stack(tmp_path_factory, request):
    folder = tmp_path_factory.mktemp("stack")
    hanging = folder / "soffice"
    hanging.write_text("#!/bin/sh\nsleep 1000\n")
    hanging.chmod(0o755)
    database_url = f"sqlite:///{folder}/assembler.sqlite3"
    upgrade(database_url, MIGRATIONS)
    with a_broker() as broker, running_services(a_dossier()) as services:
        kernel = request.getfixturevalue("module_kernel_settings")(services.url)
        settings = AssemblerSettings(
            kernel=kernel,
            database_url=database_url,
            broker_url=broker.url,
            templates_dir=TEMPLATES,
            work_dir=folder / "work",
            soffice=str(hanging),
            **QUICK,
        )
        deps = production_deps(settings)
        workers = Workers(folder, environment_of(settings))
        yield SimpleNamespace(broker=broker, services=services, workers=workers, deps=deps)
        workers.kill()
        deps.database.dispose()


@pytest.fixture
def working(stack):
    stack.workers.start()
    yield stack
    stack.services.release()


@pytest.fixture
def resting(stack):
    stack.workers.kill()
    return stack


def environment_of(settings):
    kernel = settings.kernel
    return {
        "THIDUA_SECRET_KEY": kernel.secret_key,
        "THIDUA_SERVICE_KEY": kernel.service_key,
        "THIDUA_INTAKE_URL": kernel.intake_url,
        "THIDUA_ASSEMBLER_URL": kernel.assembler_url,
        "THIDUA_ARCHIVE_URL": kernel.archive_url,
        "ASSEMBLER_DATABASE_URL": settings.database_url,
        "ASSEMBLER_BROKER_URL": settings.broker_url,
        "ASSEMBLER_TEMPLATES_DIR": str(settings.templates_dir),
        "ASSEMBLER_WORK_DIR": str(settings.work_dir),
        "ASSEMBLER_SOFFICE": settings.soffice,
        **{f"ASSEMBLER_{name.upper()}": str(value) for name, value in QUICK.items()},
    }


def wait_for(check, stack, what):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if check():
            return
        time.sleep(0.1)
    pytest.fail(f"{what}\n{stack.workers.log()[-6000:]}")


def state(stack, job):
    return view_job(job.id, office_id=OFFICE, deps=stack.deps)


def wait_until_done(stack, *jobs):
    wait_for(
        lambda: all(state(stack, job).state is JobState.DONE for job in jobs),
        stack,
        "jobs are not done",
    )


def test_a_job_goes_through_and_heartbeats_arrive(working):
    job = a_job(working.deps)

    wait_until_done(working, job)

    assert len(working.services.deposits[str(job.id)]) == 1
    wait_for(lambda: is_worker_alive(deps=working.deps), working, "no heartbeat")
    wait_for(lambda: working.services.pushes > 0, working, "the archive was not asked to send")


@pytest.mark.parametrize("killed", ["the pool", "everything"])
def test_a_job_whose_worker_is_killed_in_the_middle_is_done_once(working, killed):
    working.services.hold()
    job = a_job(working.deps)
    wait_for(working.services.is_waited_for.is_set, working, "the job did not begin")

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
    wait_for(lambda: state(working, pdf).is_finished, working, "the PDF job did not end")

    ended = state(working, pdf)
    assert ended.state is JobState.FAILED
    assert "1 giây" in ended.reason
    # The archive is told after the job's end is committed.
    told = working.services.outcomes
    wait_for(lambda: version_id in told, working, "the archive was not told")
    assert [it["failure"] for it in told[version_id]] == [ended.reason]
    assert hashlib.sha256(document).hexdigest() == state(working, draft).result.sha256
