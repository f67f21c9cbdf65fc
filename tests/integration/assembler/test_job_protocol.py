from concurrent.futures import ThreadPoolExecutor

import pytest

from services.assembler.domain.findings import error
from services.assembler.domain.jobs import LOST, Claim, JobState, LostClaim, Step
from services.assembler.persistence.queue import JobQueue
from services.assembler.use_cases.heartbeats import beat, is_worker_alive
from services.assembler.use_cases.reconciling import reconcile
from services.assembler.use_cases.waking import wake
from services.assembler.use_cases.watching import view_job
from tests.builders.assembler import OFFICE, a_job, away

A_STEP = Step("Lấy hồ sơ", 10)


def claim(deps, job_id, worker="worker-a"):
    with deps.database.begin() as session:
        job = JobQueue(session).claim(job_id, worker=worker, now=deps.now(), patience=deps.patience)
    return job and Claim(job_id=job.id, worker=worker, attempt=job.attempt)


def write(deps, claimed, step=A_STEP):
    with deps.database.begin() as session:
        JobQueue(session).advance(claimed, step)


def state(deps, job_id):
    return view_job(job_id, office_id=OFFICE, deps=deps)


def test_of_many_workers_exactly_one_gets_the_job(deps):
    job = a_job(deps)

    with ThreadPoolExecutor(8) as pool:
        claims = list(pool.map(lambda n: claim(deps, job.id, f"worker-{n}"), range(8)))

    assert sum(claimed is not None for claimed in claims) == 1


def test_of_many_workers_exactly_one_takes_over_a_lost_job(deps):
    job = a_job(deps)
    claim(deps, job.id, "the-lost-one")
    deps.now.pass_seconds(151)

    with ThreadPoolExecutor(8) as pool:
        claims = list(pool.map(lambda n: claim(deps, job.id, f"worker-{n}"), range(8)))

    assert [claimed.attempt for claimed in claims if claimed] == [2]


def test_a_lease_is_respected_until_it_is_over(deps):
    job = a_job(deps)
    claim(deps, job.id)

    deps.now.pass_seconds(149)
    assert claim(deps, job.id, "worker-b") is None

    deps.now.pass_seconds(2)
    assert claim(deps, job.id, "worker-b") is not None


def test_progress_does_not_make_a_lease_longer(deps):
    job = a_job(deps)
    claimed = claim(deps, job.id)
    deps.now.pass_seconds(100)
    write(deps, claimed)
    deps.now.pass_seconds(51)

    assert claim(deps, job.id, "worker-b") is not None


def test_a_lost_worker_that_wakes_up_can_write_nothing(deps):
    job = a_job(deps)
    lost = claim(deps, job.id)
    deps.now.pass_seconds(151)
    claim(deps, job.id, "worker-b")

    with pytest.raises(LostClaim):
        write(deps, lost)
    with pytest.raises(LostClaim), deps.database.begin() as session:
        JobQueue(session).finish(lost, now=deps.now())
    with pytest.raises(LostClaim), deps.database.begin() as session:
        JobQueue(session).fail(lost, "x", now=deps.now(), must_tell=False)
    with pytest.raises(LostClaim), deps.database.begin() as session:
        JobQueue(session).note_findings(lost, [error("r", "p", "m")])
    assert state(deps, job.id).state is JobState.RUNNING


def test_the_same_worker_cannot_write_under_an_earlier_attempt(deps):
    job = a_job(deps)
    earlier = claim(deps, job.id)
    deps.now.pass_seconds(151)
    claim(deps, job.id)

    with pytest.raises(LostClaim):
        write(deps, earlier)


def test_a_finished_job_is_never_claimed_again(deps):
    job = a_job(deps)
    claimed = claim(deps, job.id)
    with deps.database.begin() as session:
        JobQueue(session).finish(claimed, now=deps.now())
    deps.now.pass_seconds(1_000)

    assert claim(deps, job.id) is None
    assert state(deps, job.id).progress == 100


def test_a_job_that_waits_for_its_pause_is_not_claimed_early(deps):
    job = a_job(deps)
    claimed = claim(deps, job.id)
    with deps.database.begin() as session:
        pause_over = deps.now() + deps.patience.retry
        JobQueue(session).put_back(claimed, "chờ", not_before=pause_over)

    assert claim(deps, job.id) is None
    deps.now.pass_seconds(15)
    assert claim(deps, job.id).attempt == 2


def test_a_job_lost_five_times_is_failed_with_its_reason_and_not_looped(deps):
    job = a_job(deps)
    for _ in range(5):
        assert claim(deps, job.id)
        deps.now.pass_seconds(151)

    assert claim(deps, job.id) is None
    round_done = reconcile(deps=deps)

    ended = state(deps, job.id)
    assert (ended.state, ended.reason) == (JobState.FAILED, LOST)
    assert (round_done.failed, round_done.woken) == (1, 0)


def test_what_the_broker_lost_is_sent_again(deps):
    job = a_job(deps)
    deps.now.pass_seconds(21)

    assert reconcile(deps=deps).woken == 1

    assert deps.messenger.woken == [job.id, job.id]


def test_what_was_sent_just_now_is_not_sent_again(deps):
    a_job(deps)
    deps.now.pass_seconds(19)

    assert reconcile(deps=deps).woken == 0


def test_calls_for_one_job_become_rarer_so_that_none_pile_up(deps):
    job = a_job(deps)
    for _ in range(120):
        deps.now.pass_seconds(30)
        reconcile(deps=deps)

    assert 5 <= deps.messenger.woken.count(job.id) <= 12


def test_what_could_not_be_published_is_sent_as_soon_as_the_broker_is_back(deps):
    deps.messenger.is_up = False
    job, other = a_job(deps), a_job(deps)
    deps.now.pass_seconds(30)
    assert reconcile(deps=deps).woken == 0

    deps.messenger.is_up = True
    deps.now.pass_seconds(30)
    reconcile(deps=deps)

    assert set(deps.messenger.woken) == {job.id, other.id}


def test_a_running_job_is_left_alone_and_woken_when_its_lease_is_over(deps):
    job = a_job(deps)
    claim(deps, job.id)
    deps.now.pass_seconds(100)
    assert reconcile(deps=deps).woken == 0

    deps.now.pass_seconds(51)
    assert reconcile(deps=deps).woken == 1


def test_a_late_note_of_a_call_does_not_touch_the_lease(deps):
    job = a_job(deps)
    claim(deps, job.id)
    wake(job.sort, job.id, deps=deps)
    deps.now.pass_seconds(25)

    assert reconcile(deps=deps).woken == 0


def test_rounds_that_piled_up_do_their_work_once(deps):
    assert reconcile(deps=deps) is not None
    assert reconcile(deps=deps) is None
    assert reconcile(deps=deps, is_forced=True) is not None
    assert deps.archive.pushes == 2


def test_two_first_rounds_at_once_do_their_work_once(deps):
    with ThreadPoolExecutor(4) as pool:
        rounds = list(pool.map(lambda _: reconcile(deps=deps), range(4)))

    assert sum(done is not None for done in rounds) == 1


def test_the_archive_is_asked_to_send_what_it_could_not(deps):
    assert reconcile(deps=deps).is_archive_reached

    deps.archive.failure = away()
    deps.now.pass_seconds(30)
    assert not reconcile(deps=deps).is_archive_reached


def test_a_worker_is_alive_while_heartbeats_arrive(deps):
    assert not is_worker_alive(deps=deps)

    beat(deps=deps)
    deps.now.pass_seconds(60)
    assert is_worker_alive(deps=deps)

    deps.now.pass_seconds(1)
    assert not is_worker_alive(deps=deps)
    beat(deps=deps)
    assert is_worker_alive(deps=deps)
