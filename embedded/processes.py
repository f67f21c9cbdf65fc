"""Child processes of the stack: started with a log each, kept running, stopped as a group."""

import contextlib
import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import psutil

logger = logging.getLogger("thidua.stack")

_GRACE_SECONDS = 15
_RESTART_PAUSE_SECONDS = 1.0
# A child that ends so often within a minute will not be helped by one more start.
_RESTARTS_A_MINUTE = 5


class Part(Protocol):
    """A part of the stack that can be started, looked after and stopped."""

    @property
    def name(self) -> str:
        """Return what it is called."""

    @property
    def log_path(self) -> Path:
        """Return where its output goes."""

    @property
    def pid_file(self) -> Path:
        """Return where its process id is noted, for a later start after a crash of ours."""

    def start(self) -> None:
        """Start it."""

    def is_running(self) -> bool:
        """Say whether it still runs."""

    def stop(self) -> None:
        """Stop it; harmless when it does not run."""


@dataclass(slots=True)
class Child:
    """One long-running program in a process group of its own."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    folder: Path
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def log_path(self) -> Path:
        """Return where its output goes."""
        return self.folder / f"{self.name}.log"

    @property
    def pid_file(self) -> Path:
        """Return where its process id is noted, for a later start after a crash of ours."""
        return self.folder / f"{self.name}.pid"

    def start(self) -> None:
        """Start the program."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own commands, no shell
                self.command,
                env=dict(self.environment),
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self.pid_file.write_text(str(self.process.pid))

    def is_running(self) -> bool:
        """Say whether the program still runs."""
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """Ask the program to end, and end its whole group if it does not."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            logger.warning("killed after grace", extra={"child": self.name})
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None
        self.pid_file.unlink(missing_ok=True)


class Supervisor:
    """Starts parts in order, restarts one that dies, stops them."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = tuple(parts)
        self._stopping = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="supervisor", daemon=True)
        self._restarts: list[float] = []
        self.given_up_on: Part | None = None

    def start(self) -> None:
        """Start all and begin to watch them."""
        for part in self._parts:
            part.start()
        self._watcher.start()

    def stop(self) -> None:
        """Stop watching, then stop all: the first last, since the others lean on it."""
        self._stopping.set()
        if self._watcher.is_alive():
            self._watcher.join()
        first, *others = self._parts
        with ThreadPoolExecutor(len(self._parts)) as pool:
            ended = [pool.submit(part.stop) for part in others]
        first.stop()
        for one in ended:
            one.result()

    def _watch(self) -> None:
        while not self._stopping.wait(_RESTART_PAUSE_SECONDS):
            for part in self._parts:
                if not part.is_running() and self.given_up_on is None:
                    self._restart(part)

    def _restart(self, part: Part) -> None:
        now = time.monotonic()
        self._restarts = [at for at in self._restarts if now - at < 60] + [now]
        if len(self._restarts) > _RESTARTS_A_MINUTE:
            logger.error("given up", extra={"part": part.name})
            self.given_up_on = part
            return
        logger.warning("restarting", extra={"part": part.name})
        try:
            part.start()
        except Exception:  # the next round tries again, or gives up
            logger.exception("not restarted", extra={"part": part.name})


def end_leftovers(pid_files: Sequence[Path], *, marker: Path) -> list[int]:
    """End processes that an earlier, killed run left behind; return their ids.

    A process id may have been given to somebody else's program since: only one whose command line,
    environment or place names our data directory (`marker`) is touched.
    """
    ended = []
    for pid_file in pid_files:
        process = _noted_process(pid_file)
        if process is not None and _belongs_to(process, marker):
            family = [process, *process.children(recursive=True)]
            for member in family:
                with contextlib.suppress(psutil.NoSuchProcess):
                    member.terminate()
            _, alive = psutil.wait_procs(family, timeout=_GRACE_SECONDS)
            for member in alive:
                member.kill()
            ended.append(process.pid)
        pid_file.unlink(missing_ok=True)
    return ended


def _noted_process(pid_file: Path) -> psutil.Process | None:
    try:
        return psutil.Process(int(pid_file.read_text().strip()))
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
        return None


def _belongs_to(process: psutil.Process, marker: Path) -> bool:
    try:
        words = [process.cwd(), *process.cmdline(), *process.environ().values()]
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False
    return any(str(marker) in word for word in words)


def wait_until(check: Callable[[], bool], *, seconds: float, what: str) -> None:
    """Return once `check()` is true; raise TimeoutError naming `what` when it never was."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if check():
            return
        time.sleep(0.1)
    raise TimeoutError(f"{what} did not become ready in {seconds:.0f} s")
