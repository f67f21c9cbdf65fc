from uuid import uuid4

import pytest
from celery.exceptions import SoftTimeLimitExceeded

from kernel.celery import create_celery
from kernel.contracts.identity import office_id_for
from kernel.contracts.tasks import Task
from services.assembler import tasks
from services.assembler.app import create_app
from services.assembler.domain.jobs import TOO_SLOW, UNEXPECTED, JobState
from services.assembler.rendering.pdf.fonts import FontFault
from services.assembler.use_cases.heartbeats import is_worker_alive
from services.assembler.use_cases.running import run_job
from services.assembler.use_cases.watching import view_job
from tests.builders.assembler import a_job
from tests.support.apps import assembler_settings

OFFICE = office_id_for("linh-thong")


@pytest.fixture
def run(deps, tmp_path, kernel_settings):
    app = create_app(assembler_settings(folder=tmp_path, kernel=kernel_settings), deps)
    return lambda *words: app.test_cli_runner().invoke(args=["assembler", *words])


@pytest.fixture
def execute(deps):
    """Run a task as a worker does, without a broker."""
    celery = create_celery("test", broker_url="memory://")
    tasks.register(celery, deps=lambda: deps)
    return lambda task, *ids: celery.tasks[task.value].apply(args=[str(it) for it in ids])


def state(job, deps):
    return view_job(job.id, office_id=OFFICE, deps=deps)


def test_migrating_a_migrated_database_changes_nothing(run, deps):
    job = a_job(deps, office_id=OFFICE)

    result = run("migrate")

    assert (result.exit_code, result.output) == (0, "migrated\n")
    assert state(job, deps) == job


def test_an_operator_lists_the_jobs_of_one_office(run, deps):
    jobs = [a_job(deps, office_id=OFFICE) for _ in range(26)]
    a_job(deps)

    result = run("jobs", "list", "--office", "linh-thong")

    lines = result.output.splitlines()
    assert len(lines) == 26
    assert lines[-1].startswith("more: --before ")
    more = run("jobs", "list", "--office", "linh-thong", "--before", lines[-1].split()[-1])
    ids = {line.split()[0] for line in (*lines[:-1], *more.output.splitlines())}
    assert ids == {str(job.id) for job in jobs}


def test_an_operator_queues_a_failed_job_again(run, deps, execute):
    job = a_job(deps, office_id=OFFICE)
    deps.archive.before_answering = raising(SoftTimeLimitExceeded())
    execute(Task.ASSEMBLE, job.id)

    result = run("jobs", "retry", "--office", "linh-thong", str(job.id))

    assert result.output == f"{job.id} queued\n"


@pytest.mark.parametrize(
    ("fault", "status"), [(FontFault.NONE, 0), (FontFault.OTHER_WIDTHS, 2), (FontFault.UNKNOWN, 2)]
)
def test_an_operator_asks_how_pdfs_are_made(run, deps, fault, status):
    deps.converter.font_fault = fault

    said = run("pdf")

    assert said.exit_code == status
    assert "PDFs of record" in said.output
    assert "fonts: " in said.output


def test_an_operator_reconciles_at_once(run, deps):
    result = run("reconcile")

    assert "is_archive_reached=True" in result.output
    assert run("reconcile").exit_code == 0
    assert deps.archive.pushes == 2


def test_the_assemble_task_makes_the_draft(execute, deps):
    job = a_job(deps, office_id=OFFICE)

    execute(Task.ASSEMBLE, job.id)

    assert state(job, deps).state is JobState.DONE


def test_the_convert_task_does_nothing_for_a_job_that_is_no_more(execute, deps):
    execute(Task.CONVERT, uuid4())

    assert deps.archive.outcomes == []


def test_a_task_over_its_soft_limit_is_failed_with_that_reason(execute, deps):
    job = a_job(deps, office_id=OFFICE)
    deps.archive.before_answering = raising(SoftTimeLimitExceeded())

    execute(Task.ASSEMBLE, job.id)

    ended = state(job, deps)
    assert (ended.state, ended.reason) == (JobState.FAILED, TOO_SLOW)
    assert "quá 90 giây" in ended.reason


def test_an_exception_that_nobody_foresaw_is_a_failed_attempt(execute, deps):
    job = a_job(deps, office_id=OFFICE)
    deps.archive.before_answering = raising(ZeroDivisionError("a bug"))

    execute(Task.ASSEMBLE, job.id)

    waiting = state(job, deps)
    assert (waiting.state, waiting.attempt, waiting.reason) == (JobState.QUEUED, 1, UNEXPECTED)


def test_a_crash_after_the_claim_was_lost_writes_nothing(execute, deps):
    job = a_job(deps, office_id=OFFICE)

    def lose_then_crash():
        deps.now.pass_seconds(151)
        deps.archive.before_answering = lambda: None
        run_job(job.id, worker="another", doing=lambda work, deps: None, deps=deps)
        raise ZeroDivisionError("a bug")

    deps.archive.before_answering = lose_then_crash
    execute(Task.ASSEMBLE, job.id)

    assert state(job, deps).state is JobState.DONE


def test_beat_wakes_the_reconciler_and_sends_heartbeats(execute, deps):
    execute(Task.RECONCILE)
    execute(Task.HEARTBEAT)

    assert deps.archive.pushes == 1
    assert is_worker_alive(deps=deps)


def raising(exc):
    def answer():
        raise exc

    return answer
