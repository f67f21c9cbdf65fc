"""Running a job on a worker: claim it, do it step by step, record how it ended; all may repeat."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from kernel.errors import Failure, UpstreamUnavailable
from services.assembler.domain.jobs import (
    Claim,
    DraftPlace,
    Job,
    JobSort,
    LostClaim,
    MoreToDo,
    Step,
)
from services.assembler.persistence.queue import JobQueue
from services.assembler.use_cases.collaborators import Deps
from services.assembler.use_cases.telling import tell_failure
from services.assembler.use_cases.waking import wake

logger = logging.getLogger("thidua.assembler.jobs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A claimed job in the hands of its worker."""

    claim: Claim
    job: Job


class CannotBeMade(Failure):
    """The job ends here: trying again would give the same."""

    status, code, title = 422, "cannot-be-made", "Không thực hiện được"


Doing = Callable[[Work, Deps], DraftPlace | None]


def run_job(job_id: UUID, *, worker: str, doing: Doing, deps: Deps) -> None:
    """Do the job if nobody else does.

    What is not a Failure passes through: `record_crash` deals with it, and if not even that runs
    any more, the end of the lease does.
    """
    work = _claim(job_id, worker, deps)
    if work is None:
        logger.info("nothing to claim", extra={"job_id": str(job_id)})
        return
    try:
        place = doing(work, deps)
        with deps.database.begin() as session:
            JobQueue(session).finish(work.claim, now=deps.now(), place=place)
    except LostClaim:
        logger.warning("claim lost", extra={"job_id": str(job_id)})
    except MoreToDo:
        _give_way(work, deps)
    except UpstreamUnavailable as exc:
        _put_back_or_fail(work, exc.detail, deps)
    except Failure as exc:
        _fail(work, exc.detail, deps)


def record_crash(job_id: UUID, *, worker: str, reason: str, may_repeat: bool, deps: Deps) -> None:
    """Record an attempt of this worker that ended by an exception nobody foresaw."""
    with deps.database.read() as session:
        held = JobQueue(session).held(job_id, worker=worker)
    if held is None:
        return
    work = Work(claim=held[0], job=held[1])
    if may_repeat:
        _put_back_or_fail(work, reason, deps)
    else:
        _fail(work, reason, deps)


def begin_step(work: Work, step: Step, deps: Deps) -> None:
    """Show the step; raises LostClaim when somebody else has the job by now."""
    with deps.database.begin() as session:
        JobQueue(session).advance(work.claim, step)


def _claim(job_id: UUID, worker: str, deps: Deps) -> Work | None:
    with deps.database.begin() as session:
        job = JobQueue(session).claim(job_id, worker=worker, now=deps.now(), patience=deps.patience)
    if job is None:
        return None
    return Work(claim=Claim(job_id=job.id, worker=worker, attempt=job.attempt), job=job)


def _give_way(work: Work, deps: Deps) -> None:
    if _unless_lost(work, lambda queue: queue.give_way(work.claim, now=deps.now()), deps):
        wake(work.job.sort, work.job.id, deps=deps)


def _put_back_or_fail(work: Work, reason: str, deps: Deps) -> None:
    if work.claim.attempt >= deps.patience.max_attempts:
        _fail(work, reason, deps)
        return
    pause = deps.patience.retry_after(work.claim.attempt)
    _unless_lost(
        work,
        lambda queue: queue.put_back(work.claim, reason, not_before=deps.now() + pause),
        deps,
    )


def _fail(work: Work, reason: str, deps: Deps) -> None:
    must_tell = work.job.sort is JobSort.CONVERT
    failed = _unless_lost(
        work,
        lambda queue: queue.fail(work.claim, reason, now=deps.now(), must_tell=must_tell),
        deps,
    )
    if failed and must_tell:
        tell_failure(work.job, reason, deps=deps)


def _unless_lost(work: Work, write: Callable[[JobQueue], None], deps: Deps) -> bool:
    try:
        with deps.database.begin() as session:
            write(JobQueue(session))
    except LostClaim:
        logger.warning("claim lost", extra={"job_id": str(work.job.id)})
        return False
    return True
