"""A real broker of a test's own: Valkey on a short Unix socket, its append-only file on."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from embedded.broker import PrivateBroker


class TestBroker(PrivateBroker):
    """The broker of the one-PC stack, which a test may also empty."""

    __test__ = False

    def forget_everything(self) -> None:
        """Lose every message, as a Redis without persistence does when it restarts."""
        with self._client() as client:
            client.flushall()

    def keep_when_full(self, policy: str) -> None:
        """Set what the server drops when its memory is full ("noeviction": nothing)."""
        with self._client() as client:
            client.config_set("maxmemory-policy", policy)

    def _client(self) -> redis.Redis:
        path = self.url.removeprefix("redis+socket://").partition("?")[0]
        return redis.Redis(unix_socket_path=path)


@contextmanager
def a_broker() -> Iterator[TestBroker]:
    """Yield a started broker in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="thidua-b-"))
    broker = TestBroker(folder)
    broker.start()
    try:
        yield broker
    finally:
        broker.stop()
        shutil.rmtree(folder, ignore_errors=True)
