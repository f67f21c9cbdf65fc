"""Child processes of the stack: started with a log each, kept running, stopped as a group."""

import contextlib
import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

logger = logging.getLogger("thidua.stack")

_GRACE_SECONDS = 15
_RESTART_PAUSE_SECONDS = 1.0
# A child that ends so often within a minute will not be helped by one more start.
_RESTARTS_A_MINUTE = 5


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
    """Starts children in order, restarts one that dies, stops them in reverse order."""

    def __init__(self, children: Sequence[Child]) -> None:
        self._children = tuple(children)
        self._stopping = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="supervisor", daemon=True)
        self._restarts: list[float] = []
        self.given_up_on: Child | None = None

    def start(self) -> None:
        """Start all and begin to watch them."""
        for child in self._children:
            child.start()
        self._watcher.start()

    def stop(self) -> None:
        """Stop watching, then stop all."""
        self._stopping.set()
        if self._watcher.is_alive():
            self._watcher.join()
        for child in reversed(self._children):
            child.stop()

    def _watch(self) -> None:
        while not self._stopping.wait(_RESTART_PAUSE_SECONDS):
            for child in self._children:
                if not child.is_running() and self.given_up_on is None:
                    self._restart(child)

    def _restart(self, child: Child) -> None:
        now = time.monotonic()
        self._restarts = [at for at in self._restarts if now - at < 60] + [now]
        if len(self._restarts) > _RESTARTS_A_MINUTE:
            logger.error("given up", extra={"child": child.name})
            self.given_up_on = child
            return
        logger.warning("restarting", extra={"child": child.name})
        child.start()


def end_leftovers(pid_files: Sequence[Path], *, marker: Path) -> list[int]:
    """End processes that an earlier, killed run left behind; return their ids.

    A process id may have been given to somebody else's program since: only one whose command line
    or environment names our data directory (`marker`) is touched.
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
        words = [*process.cmdline(), *process.environ().values()]
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
