import time

import pytest

from kernel.celery import assert_protocol, create_celery, publish
from kernel.contracts.tasks import ROUTES, Queue, Task


def a_celery():
    return create_celery("test", broker_url="memory://")


def test_the_protocols_settings_hold():
    assert_protocol(a_celery())


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("task_acks_late", False),
        ("task_ignore_result", False),
        ("task_time_limit", 1000),
        ("worker_prefetch_multiplier", 4),
        ("task_serializer", "pickle"),
    ],
)
def test_a_setting_that_breaks_the_protocol_stops_the_start(setting, value):
    celery = a_celery()
    celery.conf[setting] = value

    with pytest.raises(RuntimeError, match=setting):
        assert_protocol(celery)


def test_a_short_visibility_timeout_stops_the_start():
    celery = a_celery()
    celery.conf.broker_transport_options = {"visibility_timeout": 60}

    with pytest.raises(RuntimeError, match="visibility_timeout"):
        assert_protocol(celery)


def test_every_task_has_a_queue_and_every_route_a_known_one():
    assert set(ROUTES) == set(Task)
    assert set(ROUTES.values()) <= set(Queue)


def test_there_is_no_result_backend():
    assert a_celery().backend.__class__.__name__ == "DisabledBackend"


def test_publishing_while_the_broker_is_away_is_a_quick_no_and_no_failure(tmp_path):
    celery = create_celery("test", broker_url=f"redis+socket://{tmp_path}/no.sock?virtual_host=0")
    began = time.monotonic()

    sent = publish(celery, Task.ASSEMBLE.value, "an-id")

    assert sent is False
    assert time.monotonic() - began < 2
