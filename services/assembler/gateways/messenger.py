"""Wake-up calls over Celery's broker: a task name and an id, nothing else."""

from uuid import UUID

from celery import Celery

from kernel.celery import publish
from kernel.contracts.tasks import Task
from services.assembler.domain.jobs import JobSort

_TASKS = {
    JobSort.ASSEMBLE: Task.ASSEMBLE,
    JobSort.CONVERT: Task.CONVERT,
    JobSort.BATCH: Task.BATCH,
    JobSort.PRINT: Task.PRINT,
}
_PATIENCE_SECONDS = 2


class CeleryMessenger:
    """Sends calls to whoever consumes the queue of the task."""

    def __init__(self, celery: Celery) -> None:
        self._celery = celery

    def wake(self, sort: JobSort, job_id: UUID) -> bool:
        """Send a call; False when the broker is away, which costs nothing but time."""
        return publish(self._celery, _TASKS[sort].value, str(job_id))

    def is_reachable(self) -> bool:
        """Tell whether the broker answers; raises what the transport raises when it does not."""
        with self._celery.connection_for_read() as connection:
            connection.ensure_connection(max_retries=1, timeout=_PATIENCE_SECONDS)
        return True
