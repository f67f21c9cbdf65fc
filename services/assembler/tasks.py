"""Celery tasks: ids in, use case out; safe to run twice."""

import os
from collections.abc import Callable
from typing import Any
from uuid import UUID

from celery import Celery
from celery import Task as CeleryTask
from celery.exceptions import SoftTimeLimitExceeded

from kernel import celery as kernel_celery
from kernel.contracts.tasks import Task
from services.assembler.domain.jobs import TOO_SLOW, UNEXPECTED
from services.assembler.use_cases import (
    assembling,
    converting,
    heartbeats,
    making_batches,
    printing,
    reconciling,
    running,
)
from services.assembler.use_cases.collaborators import Deps


class JobTask(CeleryTask):
    """A task about one job; an exception that nobody foresaw is recorded as a failed attempt."""

    abstract = True
    deps: Callable[[], Deps]
    may_repeat_when_slow = False
    """Whether the next attempt leaves out what took too long."""

    @property
    def worker(self) -> str:
        """Return who runs this message; the fence of everything that it writes."""
        return f"{self.request.hostname}/{os.getpid()}/{self.request.id}"

    def on_failure(self, exc: Any, task_id: str, args: Any, kwargs: Any, einfo: Any) -> None:
        """Record the attempt; where not even this runs, the end of the lease does the same."""
        is_slow = isinstance(exc, SoftTimeLimitExceeded)
        running.record_crash(
            UUID(args[0]),
            worker=self.worker,
            reason=TOO_SLOW if is_slow else UNEXPECTED,
            may_repeat=self.may_repeat_when_slow or not is_slow,
            deps=self.deps(),
        )


def register(celery: Celery, *, deps: Callable[[], Deps]) -> None:
    """Give the Celery app its tasks; `deps` is called in the process that runs them."""
    # Not shared: a shared task would be registered with every other Celery app of the process too,
    # and would run with the collaborators of this one.
    # A staticmethod: Celery would otherwise bind the function to each task.
    base = type("AssemblerJobTask", (JobTask,), {"abstract": True, "deps": staticmethod(deps)})

    @celery.task(name=Task.ASSEMBLE.value, shared=False, base=base, bind=True)
    def assemble(self: JobTask, job_id: str) -> None:
        assembling.assemble(UUID(job_id), worker=self.worker, deps=deps())

    @celery.task(name=Task.CONVERT.value, shared=False, base=base, bind=True)
    def convert(self: JobTask, job_id: str) -> None:
        converting.convert(UUID(job_id), worker=self.worker, deps=deps())

    @celery.task(
        name=Task.BATCH.value, shared=False, base=base, bind=True, may_repeat_when_slow=True
    )
    def batch(self: JobTask, job_id: str) -> None:
        making_batches.make_batch(UUID(job_id), worker=self.worker, deps=deps())

    @celery.task(name=Task.PRINT.value, shared=False, base=base, bind=True)
    def print_batch(self: JobTask, job_id: str) -> None:
        printing.print_batch(UUID(job_id), worker=self.worker, deps=deps())

    @celery.task(name=Task.RECONCILE.value, shared=False)
    def reconcile() -> None:
        reconciling.reconcile(deps=deps())

    @celery.task(name=Task.HEARTBEAT.value, shared=False)
    def heartbeat() -> None:
        heartbeats.beat(deps=deps())


def schedule(celery: Celery, *, reconcile_seconds: float, heartbeat_seconds: float) -> None:
    """Tell beat what to send, and how often."""
    kernel_celery.schedule(
        celery, {Task.RECONCILE: reconcile_seconds, Task.HEARTBEAT: heartbeat_seconds}
    )
