import os
import signal

import pytest
import redis

from embedded.broker import BrokerFailed, PrivateBroker
from embedded.processes import Supervisor, end_leftovers, wait_until
from kernel.celery import assert_broker_keeps_everything


@pytest.fixture
def broker(tmp_path):
    broker = PrivateBroker(tmp_path)
    broker.start()
    yield broker
    broker.stop()


def client_of(broker):
    path = broker.url.removeprefix("redis+socket://").partition("?")[0]
    return redis.Redis(unix_socket_path=path, decode_responses=True)


def test_it_keeps_everything_and_answers_nobody_else(broker):
    with client_of(broker) as client:
        assert client.ping()
        assert client.config_get("appendonly")["appendonly"] == "yes"
        assert client.config_get("port")["port"] == "0"
    assert_broker_keeps_everything(broker.url)


def test_a_broker_that_may_evict_is_refused(broker):
    with client_of(broker) as client:
        client.config_set("maxmemory-policy", "allkeys-lru")

    with pytest.raises(RuntimeError, match="noeviction"):
        assert_broker_keeps_everything(broker.url)


def test_what_was_queued_is_there_after_a_restart(broker):
    with client_of(broker) as client:
        client.lpush("render", "job")
    broker.stop()

    broker.start()

    with client_of(broker) as client:
        assert client.lrange("render", 0, -1) == ["job"]


def test_a_killed_broker_is_started_again_with_what_was_queued(tmp_path):
    broker = PrivateBroker(tmp_path)
    supervisor = Supervisor([broker])
    supervisor.start()
    with client_of(broker) as client:
        client.lpush("render", "job")
        client.config_set("appendfsync", "always")
    first = broker.pid_file.read_text()

    os.kill(int(first), signal.SIGKILL)

    wait_until(
        lambda: broker.is_running() and broker.pid_file.read_text() != first,
        seconds=15,
        what="the broker",
    )
    with client_of(broker) as client:
        assert client.lrange("render", 0, -1) == ["job"]
    supervisor.stop()
    assert not broker.is_running()


def test_a_deep_folder_gets_a_short_socket(tmp_path):
    deep = tmp_path.joinpath(*["a-long-name-of-a-folder"] * 6)

    assert len(PrivateBroker(deep).url) < 140


@pytest.mark.parametrize("name", ["Dữ liệu của xã", "100%20 #?&"])
def test_a_folder_may_have_any_name(tmp_path, name):
    broker = PrivateBroker(tmp_path / name)
    broker.start()

    with client_of(broker) as client:
        assert client.ping()
    assert broker.pid_file.read_text().strip().isdecimal()
    assert PrivateBroker(tmp_path / name).url == broker.url
    assert end_leftovers([broker.pid_file], marker=tmp_path / name)
    broker.stop()


def test_a_broker_that_cannot_start_says_so_and_can_be_stopped(tmp_path):
    broker = PrivateBroker(tmp_path)
    (tmp_path / "broker" / "appendonlydir").mkdir()
    (tmp_path / "broker" / "appendonlydir" / "appendonly.aof.manifest").write_text("broken\n")

    with pytest.raises(BrokerFailed, match="does not start"):
        broker.start()

    broker.stop()
    assert not broker.is_running()
