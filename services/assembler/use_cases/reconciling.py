"""Finding what the broker or a worker lost, and sending it again; run by beat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from kernel.errors import Failure
from services.assembler.domain.batches import KEPT_FOR
from services.assembler.domain.jobs import LOST, Job
from services.assembler.persistence.batches import forget
from services.assembler.persistence.pulses import FORGET, RECONCILE, Pulses
from services.assembler.persistence.queue import DueJob, JobQueue
from services.assembler.use_cases.collaborators import Deps
from services.assembler.use_cases.telling import tell_failure
from services.assembler.use_cases.waking import wake

_BATCH = 500
_FORGET_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What one round did."""

    woken: int
    failed: int
    told: int
    is_archive_reached: bool
    forgotten: int = 0


def reconcile(*, deps: Deps, is_forced: bool = False) -> Reconciled | None:
    """Wake what waits too long, fail what is exhausted, deliver what was left lying.

    Calls that piled up while no worker ran would come all at once: within half an interval of
    the last round nothing is done and None returned.
    """
    now = deps.now()
    pause = deps.reconcile_every / 2 if not is_forced else deps.reconcile_every * 0
    with deps.database.begin() as session:
        if not Pulses(session).beat(RECONCILE, now, unless_within=pause):
            return None
        queue = JobQueue(session)
        failed = queue.fail_exhausted(LOST, now=now, max_attempts=deps.patience.max_attempts)
        due = queue.due(now=now, limit=_BATCH)
        untold = queue.untold_failures(limit=_BATCH)
        forgotten = _forget(session, deps)
    woken, told = _wake_all(due, deps), _tell_all(untold, deps)
    return Reconciled(woken, len(failed), told, _push_outbox(deps), forgotten)


def _forget(session: Session, deps: Deps) -> int:
    """Drop the working copies of old batches; once an hour is often enough."""
    now = deps.now()
    if not Pulses(session).beat(FORGET, now, unless_within=_FORGET_EVERY):
        return 0
    return forget(session, finished_before=now - KEPT_FOR)


def _wake_all(due: Sequence[DueJob], deps: Deps) -> int:
    for count, job in enumerate(due):
        if not wake(job.sort, job.id, deps=deps):
            return count  # the broker is away: the others would wait for nothing
    return len(due)


def _tell_all(untold: Sequence[Job], deps: Deps) -> int:
    for count, job in enumerate(untold):
        if not tell_failure(job, job.reason, deps=deps):
            return count  # the archive is away: the others would wait for nothing
    return len(untold)


def _push_outbox(deps: Deps) -> bool:
    try:
        deps.archive.push_outbox()
    except Failure:
        return False  # the archive is away, and so is what it wanted to send
    return True
