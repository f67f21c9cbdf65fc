"""The Celery app with the settings on which the job protocol rests, asserted at start.

The database is the truth and a message is a wake-up call: no result backend, ids only.
"""

import logging
from collections.abc import Mapping
from typing import Any

import redis
from celery import Celery
from celery.signals import setup_logging, task_prerun, worker_init
from kombu.entity import Queue as KombuQueue
from kombu.exceptions import OperationalError

from kernel import logging as kernel_logging
from kernel.contracts.tasks import ROUTES, Queue, Task
from kernel.request_context import adopt, request_id

logger = logging.getLogger("thidua.celery")

VISIBILITY_TIMEOUT_SECONDS = 900
SOFT_LIMIT_SECONDS = 90
HARD_LIMIT_SECONDS = 120

# A call of beat that waited for longer than so many of its intervals is not worth running.
_STALE_AFTER_INTERVALS = 10

PROTOCOL: dict[str, Any] = {
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "task_ignore_result": True,
    "task_store_errors_even_if_ignored": False,
    "result_backend": None,
    "task_serializer": "json",
    "accept_content": ["json"],
    "worker_prefetch_multiplier": 1,
    "task_soft_time_limit": SOFT_LIMIT_SECONDS,
    "task_time_limit": HARD_LIMIT_SECONDS,
    "worker_max_tasks_per_child": 200,
    "worker_max_memory_per_child": 600_000,
    "worker_hijack_root_logger": False,
    "worker_send_task_events": False,
    "broker_connection_retry_on_startup": True,
    "enable_utc": True,
    "timezone": "Asia/Ho_Chi_Minh",
    "task_create_missing_queues": False,
    "task_default_queue": Queue.NOTIFY.value,
}

BROKER_TRANSPORT = {
    "visibility_timeout": VISIBILITY_TIMEOUT_SECONDS,
    # kombu looks for unacknowledged messages only every 100th poll by default.
    "unacked_restore_interval": 1,
    "unacked_restore_throttle": 1,
    # A publisher must not hang when the broker is away: the row is there, the reconciler repairs.
    # Nor may the person who waits for the answer: by default kombu tries for six seconds.
    "socket_connect_timeout": 2,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.2,
    "interval_max": 0.2,
    "socket_timeout": 30,
}


def create_celery(name: str, *, broker_url: str) -> Celery:
    """Return an app that keeps the protocol."""
    celery = Celery(name, broker=broker_url, set_as_current=False)
    celery.conf.update(PROTOCOL)
    celery.conf.update(
        broker_transport_options=dict(BROKER_TRANSPORT),
        task_queues=[KombuQueue(queue.value) for queue in Queue],  # type: ignore[no-untyped-call]
        task_routes={task.value: {"queue": queue.value} for task, queue in ROUTES.items()},
    )
    assert_protocol(celery)
    return celery


def schedule(celery: Celery, every: Mapping[Task, float]) -> None:
    """Tell beat what to send, and every how many seconds; beside what it was told before."""
    entries = {
        task.value: {
            "task": task.value,
            "schedule": seconds,
            "options": {"expires": seconds * _STALE_AFTER_INTERVALS},
        }
        for task, seconds in every.items()
    }
    celery.conf.beat_schedule = {**celery.conf.beat_schedule, **entries}


def behave_as_a_service(*, broker_url: str, log_level: str) -> None:
    """Let a process of Celery log as the services do, and refuse a forgetful broker at start."""

    @setup_logging.connect(weak=False)
    def _log_as_the_services_do(**_: Any) -> None:
        kernel_logging.configure(log_level)

    @worker_init.connect(weak=False)
    def _refuse_a_forgetful_broker(**_: Any) -> None:
        try:
            assert_broker_keeps_everything(broker_url)
        except Exception as exc:
            # A signal's exceptions are swallowed by Celery; its exit is not.
            raise SystemExit(f"broker: {exc}") from exc


def assert_protocol(celery: Celery) -> None:
    """Raise when a setting that the job protocol rests on was changed."""
    wrong = [key for key, value in PROTOCOL.items() if celery.conf[key] != value]
    options = celery.conf.broker_transport_options
    if options.get("visibility_timeout", 0) < 2 * HARD_LIMIT_SECONDS:
        wrong.append("visibility_timeout")
    if wrong:
        raise RuntimeError(f"settings that break the job protocol: {', '.join(sorted(wrong))}")


def assert_broker_keeps_everything(broker_url: str) -> None:
    """Refuse a Redis that may evict keys when it is full: it would lose jobs without a word."""
    client = _redis_client(broker_url)
    if client is None:
        return
    try:
        policy = client.config_get("maxmemory-policy").get("maxmemory-policy", "")
    finally:
        client.close()
    if policy != "noeviction":
        raise RuntimeError(f"Redis maxmemory-policy is {policy!r}; it must be 'noeviction'")


def _redis_client(broker_url: str) -> Any:
    if broker_url.startswith("redis+socket://"):
        path, _, query = broker_url.removeprefix("redis+socket://").partition("?")
        number = query.removeprefix("virtual_host=") or "0"
        return redis.Redis(unix_socket_path=path, db=int(number), decode_responses=True)
    if broker_url.startswith(("redis://", "rediss://")):
        return redis.Redis.from_url(broker_url, decode_responses=True)
    return None


def publish(celery: Celery, task: str, *ids: str) -> bool:
    """Send a wake-up call; return False, logged, when the broker is away.

    Losing it is harmless: the row it is about was committed before, and the reconciler re-sends.
    """
    try:
        celery.send_task(task, args=list(ids), headers={"request_id": request_id()}, retry=False)
    except (OperationalError, OSError) as exc:  # what kombu makes of every transport's errors
        logger.warning("broker away", extra={"task": task, "reason": type(exc).__name__})
        return False
    return True


@task_prerun.connect(weak=False)
def _adopt_request_id(task: Any = None, **_: Any) -> None:
    adopt(getattr(task.request, "request_id", None))
