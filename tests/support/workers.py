"""A real `celery worker` and a real `celery beat`, in process groups that a test may kill."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import psutil

from kernel.contracts.tasks import Queue

ROOT = Path(__file__).resolve().parents[2]


class Workers:
    """One worker with two pool processes, and beat; `folder` keeps log and schedule."""

    def __init__(
        self,
        folder: Path,
        environment: Mapping[str, str],
        *,
        app: str = "services.assembler.worker:celery",
    ) -> None:
        self._folder, self._app = folder, app
        inherited = {"PATH": os.pathsep.join(os.get_exec_path()), "HOME": str(Path.home())}
        self._environment = {**inherited, "PYTHONPATH": str(ROOT), **environment}
        self._worker: subprocess.Popen[bytes] | None = None
        self._beat: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start both, unless they run."""
        queues = ",".join(queue.value for queue in Queue)
        self._worker = self._worker or self._run("worker", "--concurrency", "2", "-Q", queues)
        self._beat = self._beat or self._run("beat", "--schedule", str(self._folder / "beat"))

    def kill(self) -> None:
        """Kill both, and the pool, as a power failure does."""
        for process in (self._worker, self._beat):
            if process is not None and process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self._worker = self._beat = None

    def kill_pool(self) -> None:
        """Kill the pool processes only, as the system does when memory runs out."""
        assert self._worker is not None
        for child in psutil.Process(self._worker.pid).children():
            child.kill()

    def wait_until_refused(self, seconds: float) -> int:
        """Return the status with which the worker ended by itself."""
        assert self._worker is not None
        return self._worker.wait(seconds)

    def log(self) -> str:
        """Return what they said, for the message of a failed test."""
        return (self._folder / "workers.log").read_text("utf-8", "replace")

    def _run(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "celery", "-A", self._app]
        with (self._folder / "workers.log").open("ab") as log:
            return subprocess.Popen(
                [*command, *arguments],
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
