"""Real workers with real LibreOffice: a slot lives as long as the process that owns it."""

import hashlib
from pathlib import Path
from uuid import UUID, uuid4

import psutil
import pytest

from kernel.contracts.renditions import ConversionRequest
from kernel.migrations import upgrade
from services.assembler.app import production_deps
from services.assembler.domain.jobs import JobState
from services.assembler.persistence import MIGRATIONS
from services.assembler.settings import AssemblerSettings
from services.assembler.use_cases.heartbeats import makes_sound_pdfs
from services.assembler.use_cases.requesting import request_conversion
from services.assembler.use_cases.watching import view_job
from tests.builders.assembler import OFFICE, TEMPLATES
from tests.builders.dossiers import a_dossier
from tests.support import programs
from tests.support.broker import a_broker
from tests.support.fake_services import running_services
from tests.support.processes import is_running, wait_until_ended
from tests.support.word_packages import paragraph, word_file
from tests.support.worker_stack import Stack, environment_of
from tests.support.workers import Workers

pytestmark = [pytest.mark.redis, pytest.mark.libreoffice]

DOCUMENT = word_file(paragraph("Quyết định"))
SHA256 = hashlib.sha256(DOCUMENT).hexdigest()


@pytest.fixture(scope="module")
def work_dir(tmp_path_factory) -> Path:
    """Return the folder in which the workers have their slots."""
    return tmp_path_factory.mktemp("stack") / "work"


@pytest.fixture(scope="module")
def stack(work_dir, request):
    folder = work_dir.parent
    database_url = f"sqlite:///{folder}/assembler.sqlite3"
    upgrade(database_url, MIGRATIONS)
    with a_broker() as broker, running_services(a_dossier()) as services:
        settings = AssemblerSettings(
            kernel=request.getfixturevalue("module_kernel_settings")(services.url),
            database_url=database_url,
            broker_url=broker.url,
            templates_dir=TEMPLATES,
            work_dir=work_dir,
            soffice=str(programs.path_of("libreoffice")),
            reconcile_seconds=1,
            heartbeat_seconds=1,
            lease_seconds=10,
            republish_seconds=2,
            retry_seconds=1,
        )
        deps = production_deps(settings)
        workers = Workers(folder, environment_of(settings))
        workers.start()
        yield Stack(broker=broker, services=services, workers=workers, deps=deps)
        workers.kill()
        deps.database.dispose()


def state(stack, job):
    return view_job(job.id, office_id=OFFICE, deps=stack.deps)


def convert(stack):
    """Have a PDF made; return its job."""
    version_id = UUID(int=uuid4().int)
    stack.services.contents[version_id] = DOCUMENT
    job = request_conversion(
        ConversionRequest(version_id=version_id, sha256=SHA256),
        office_id=OFFICE,
        idempotency_key=uuid4().hex,
        deps=stack.deps,
    )
    stack.wait_for(lambda: state(stack, job).is_finished, "the PDF job did not end")
    assert state(stack, job).state is JobState.DONE, stack.workers.log()[-6000:]
    return job


def slots(work_dir):
    """Return the processes that work in the worker's folder: bridges and LibreOffices."""
    found = []
    for process in psutil.process_iter():
        try:
            if str(work_dir) in " ".join(process.cmdline()):
                found.append(process.pid)
        except (psutil.NoSuchProcess, psutil.ZombieProcess):
            continue
    return found


def test_a_worker_keeps_its_libreoffice_and_says_that_pdfs_are_sound(stack, work_dir):
    for _ in range(3):
        convert(stack)

    # At most one slot for each of the two pool processes: a bridge and a LibreOffice.
    assert len(slots(work_dir)) in {2, 4}
    stack.wait_for(lambda: makes_sound_pdfs(deps=stack.deps), "no word about sound PDFs")
    assert "a LibreOffice that stays warm" in stack.workers.log()


def test_a_pool_process_that_ends_takes_its_slot_along_and_the_next_one_has_its_own(
    stack, work_dir
):
    convert(stack)
    before = slots(work_dir)
    assert before

    stack.workers.kill_pool()

    assert wait_until_ended(*before)
    convert(stack)
    assert not set(before) & set(slots(work_dir))


def test_nothing_is_left_of_a_worker_that_loses_its_power(stack, work_dir):
    convert(stack)
    before = slots(work_dir)

    stack.workers.kill()

    assert wait_until_ended(*before)
    assert [pid for pid in slots(work_dir) if is_running(pid)] == []
    assert list(work_dir.glob("soffice-*")) == []
    stack.workers.start()
