"""Celery tasks of intake: no argument at all, what is to be done stands in the database."""

import os
from collections.abc import Callable
from typing import Any

from celery import Celery

from kernel import celery as kernel_celery
from kernel.contracts.tasks import Task
from services.intake.use_cases import (
    delivering,
    heartbeats,
    planning_mails,
    sending_reminders,
)
from services.intake.use_cases.deps import Deps


def register(celery: Celery, *, deps: Callable[[], Deps]) -> None:
    """Give the Celery app its tasks; `deps` is called in the process that runs them."""

    # Not shared: a shared task would be registered with every other Celery app of the process too.
    @celery.task(name=Task.PLAN_MAILS.value, shared=False)
    def plan_mails() -> None:
        # Reminders first: what they tell need not be told by the digest of the same morning.
        sending_reminders.remind_by_itself(deps=deps())
        planning_mails.mail_digests(deps=deps())
        planning_mails.mail_urgent_notices(deps=deps())

    @celery.task(name=Task.SEND_MAILS.value, shared=False, bind=True)
    def send_mails(self: Any) -> None:
        holder = f"{self.request.hostname}/{os.getpid()}/{self.request.id}"
        delivering.deliver(holder=holder, deps=deps())

    @celery.task(name=Task.INTAKE_HEARTBEAT.value, shared=False)
    def heartbeat() -> None:
        heartbeats.beat(deps=deps())


def schedule(celery: Celery, *, notify_seconds: float, heartbeat_seconds: float) -> None:
    """Tell beat what to send, and how often."""
    kernel_celery.schedule(
        celery,
        {
            Task.PLAN_MAILS: notify_seconds,
            Task.SEND_MAILS: notify_seconds,
            Task.INTAKE_HEARTBEAT: heartbeat_seconds,
        },
    )
