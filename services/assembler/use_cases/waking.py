"""Sending the wake-up call for a committed job; a lost call is harmless, the row stays due."""

from uuid import UUID

from services.assembler.domain.jobs import JobSort
from services.assembler.persistence.queue import JobQueue
from services.assembler.use_cases.collaborators import Deps


def wake(sort: JobSort, job_id: UUID, *, deps: Deps) -> bool:
    """Call a worker for this job and note it; False when the broker is away."""
    if not deps.messenger.wake(sort, job_id):
        return False
    with deps.database.begin() as session:
        JobQueue(session).note_published(job_id, now=deps.now(), patience=deps.patience)
    return True
