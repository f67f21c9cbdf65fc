"""One stack: broker, web process and worker over one data directory, up together or not at all."""

import fcntl
import json
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import httpx

from embedded.broker import PrivateBroker
from embedded.processes import Child, Part, Supervisor, end_leftovers, wait_until
from embedded.settings import PROJECT, StackSettings, child_environment, make_private_folder
from kernel.contracts.tasks import Queue

ACCOUNTS_FILE = "accounts.json"
_READY_SECONDS = 60
_CELERY = [sys.executable, "-m", "celery", "-A", "embedded.worker:celery"]


class AlreadyRunning(RuntimeError):
    """Another process holds this data directory."""


class PartFailed(RuntimeError):
    """A part of the stack ends again and again."""


class Stack:
    """The running stack. `environment` is what each of its processes was given."""

    def __init__(self, settings: StackSettings) -> None:
        self.settings = settings
        self.port = _free_port(settings.port)
        self.address = f"http://127.0.0.1:{self.port}"
        self._broker = None if settings.broker_url else PrivateBroker(settings.data_dir)
        url = settings.broker_url or (self._broker.url if self._broker else "")
        self.environment = child_environment(settings, port=self.port, broker_url=url)
        self._logs = settings.data_dir / "logs"
        broker = [self._broker] if self._broker else []
        self._parts: list[Part] = [*broker, self._web(), self._worker(), self._beat()]
        self._supervisor = Supervisor(self._parts)

    def start(self) -> None:
        """Start everything; raises TimeoutError with the log to read when a part stays silent."""
        self._prepare()
        self._supervisor.start()
        for service in ("intake", "assembler", "archive"):
            self._wait(f"{service}/health/ready", log="web.log")

    def wait_for_worker(self) -> None:
        """Return once a heartbeat has travelled through the queue."""
        self._wait("assembler/health/worker", log="worker.log")

    def assert_alive(self) -> None:
        """Raise PartFailed when a part of the stack cannot be kept running."""
        if self._supervisor.given_up_on:
            part = self._supervisor.given_up_on
            raise PartFailed(f"{part.name} ends at every start; see {part.log_path}")

    def accounts(self) -> list[dict[str, str]]:
        """Return the sign-in names and passwords of the sample's accounts."""
        noted = (self.settings.data_dir / ACCOUNTS_FILE).read_text("utf-8")
        found: list[dict[str, str]] = json.loads(noted)
        return found

    def wait_until_interrupted(self) -> None:
        """Return at Ctrl-C or at SIGTERM."""
        stop = threading.Event()
        previous = {
            number: signal.signal(number, lambda *_: stop.set())
            for number in (signal.SIGINT, signal.SIGTERM)
        }
        stop.wait()
        for number, handler in previous.items():
            signal.signal(number, handler)

    def stop(self) -> None:
        """Stop everything; nothing of the stack is left running."""
        self._supervisor.stop()

    def _prepare(self) -> None:
        command = [sys.executable, "-m", "embedded.prepare", str(self.settings.data_dir)]
        subprocess.run(command, env=self.environment, cwd=PROJECT, check=True)  # noqa: S603

    def _wait(self, path: str, *, log: str) -> None:
        def answers() -> bool:
            self.assert_alive()
            try:
                return httpx.get(f"{self.address}/{path}", trust_env=False).status_code == 200
            except httpx.TransportError:
                return False

        wait_until(answers, seconds=_READY_SECONDS, what=f"{path} (see {self._logs / log})")

    def _web(self) -> Child:
        command = [sys.executable, "-m", "gunicorn", "embedded.web:application()"]
        command += ["--bind", f"127.0.0.1:{self.port}", "--workers", "1", "--threads", "16"]
        command += ["--worker-class", "gthread", "--no-control-socket", "--timeout", "60"]
        command += ["--chdir", str(PROJECT)]
        return Child("web", command, self.environment, self._logs)

    def _worker(self) -> Child:
        queues = ",".join(queue.value for queue in Queue)
        command = [*_CELERY, "worker", "--pool", "prefork", "--concurrency", "2"]
        command += ["--queues", queues, "--hostname", "thidua@%h", "--loglevel", "INFO"]
        return Child("worker", command, self.environment, self._logs)

    def _beat(self) -> Child:
        # Not inside the worker: Celery would not start it again if it died alone.
        schedule = str(self.settings.data_dir / "beat")
        command = [*_CELERY, "beat", "--schedule", schedule, "--pidfile", "", "--loglevel", "INFO"]
        return Child("beat", command, self.environment, self._logs)


@contextmanager
def running(settings: StackSettings) -> Iterator[Stack]:
    """Yield a started stack; it is stopped whatever happens."""
    with _exclusive(settings.data_dir):
        # Before the port is chosen: an earlier run that was killed still answers at it.
        end_leftovers(sorted(settings.data_dir.glob("*/*.pid")), marker=settings.data_dir)
        stack = Stack(settings)
        # SIGTERM must not end us at once either: the parts would stay.
        before = signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            stack.start()
            yield stack
        finally:
            _undisturbed(stack.stop)
            signal.signal(signal.SIGTERM, before)


def _undisturbed(stop: Callable[[], None]) -> None:
    """Stop to the end, however often Ctrl-C is pressed meanwhile."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, signal.SIG_IGN) for number in numbers}
    try:
        stop()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _exclusive(data_dir: Path) -> Iterator[IO[str]]:
    make_private_folder(data_dir)
    with (data_dir / "stack.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as exc:
            raise AlreadyRunning(
                f"a stack is already running over {data_dir}; stop it first (Ctrl-C)"
            ) from exc
        yield lock


def _free_port(wanted: int) -> int:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
