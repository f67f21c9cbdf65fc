"""Batches on real workers that are killed: every item is made once, and is what it must be."""

import hashlib

import pytest
from sqlalchemy import text

from services.assembler.domain.certificates import IssuedDecision, certificates
from services.assembler.domain.jobs import JobState
from services.assembler.rendering.docx import render
from services.assembler.use_cases.viewing_batches import summarise_batch
from tests.builders.assembler import A_DAY, OFFICE
from tests.builders.batches import a_batch, a_dossier_of, decisions, people, seen
from tests.support.worker_stack import a_worker_stack

pytestmark = pytest.mark.redis

AWARDEES = 500
DOSSIER = a_dossier_of(*people(AWARDEES))
CERTIFICATE = "commendation_certificate"


@pytest.fixture(scope="module")
def stack(tmp_path_factory, module_kernel_settings):
    folder = tmp_path_factory.mktemp("stack")
    with a_worker_stack(folder, DOSSIER, module_kernel_settings) as stack:
        yield stack


@pytest.fixture
def working(stack):
    stack.workers.start()
    yield stack
    stack.services.release()


def now(stack, batch):
    return summarise_batch(batch.job.id, office_id=OFFICE, deps=stack.deps).batch


def ended(stack, batch):
    """Return when each item that has ended did so, and with which bytes."""
    wanted = text(
        "SELECT position, finished_at, sha256 FROM batch_item "
        "WHERE job_id = :job AND state <> 'queued'"
    )
    with stack.deps.database.read() as session:
        rows = session.execute(wanted, {"job": batch.job.id.hex})
        return {row.position: (row.finished_at, row.sha256) for row in rows}


def expected(stack):
    """Return the hashes of the certificates as they must be, by position."""
    items = certificates(
        DOSSIER,
        award_code="commune_commendation",
        on=A_DAY,
        decision=IssuedDecision(number="12/QĐ-UBND", issued_on=A_DAY),
    )
    template = stack.deps.templates.get(CERTIFICATE).data
    return {
        position: hashlib.sha256(render(template, item.context)).hexdigest()
        for position, item in enumerate(items, 1)
    }


@pytest.mark.parametrize("killed", ["the pool", "everything"])
def test_a_batch_whose_worker_is_killed_in_the_middle_makes_every_item_once(working, killed):
    batch = a_batch(working.deps, kind=CERTIFICATE)
    working.wait_for(lambda: now(working, batch).tally.done > 0, "nothing was made")

    if killed == "the pool":
        working.workers.kill_pool()
    else:
        working.workers.kill()
    before = ended(working, batch)
    if killed == "everything":
        working.workers.start()
    working.wait_for(lambda: now(working, batch).job.is_finished, "the batch did not end")

    after = ended(working, batch)
    assert 0 < len(before) < AWARDEES
    assert now(working, batch).job.state is JobState.DONE
    assert {position: after[position] for position in before} == before
    assert {position: sha256 for position, (_, sha256) in after.items()} == expected(working)


def test_a_decision_whose_worker_is_killed_while_it_deposits_is_one_draft(working):
    working.services.hold()
    batch = decisions(working.deps)
    working.wait_for(working.services.is_waited_for.is_set, "no draft was deposited")

    working.workers.kill()
    working.workers.start()
    working.services.release()
    working.wait_for(lambda: now(working, batch).job.is_finished, "the batch did not end")

    (item,) = seen(batch, working.deps).page.items
    deposited = working.services.deposits
    keys = [key for key, files in deposited.items() if item.sha256 in map(hash_of, files)]
    assert len(keys) == 1
    assert {hash_of(file) for file in deposited[keys[0]]} == {item.sha256}
    assert item.place is not None


def hash_of(file):
    return hashlib.sha256(file).hexdigest()


def test_a_batch_that_ran_while_the_broker_was_away_is_found_again(stack):
    stack.workers.kill()
    stack.broker.stop()
    batch = a_batch(stack.deps, kind=CERTIFICATE)

    stack.broker.start()
    stack.workers.start()
    stack.wait_for(lambda: now(stack, batch).tally.queued == 0, "the batch was not found")
    stack.workers.kill()

    assert now(stack, batch).tally.done == AWARDEES
