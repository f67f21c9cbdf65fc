"""The one-PC stack as an end-to-end test runs it: real broker, real workers, real web server."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import psutil
import redis
from environs import Env

from client import Thidua
from client.archive import DocumentFile, IssueReceipt
from client.assembler import Job
from client.intake import Receipt, SubmissionLine
from embedded.sample import CLERK, DISTRICT, Sample
from embedded.settings import PROJECT, StackSettings
from embedded.stack import Stack
from services.assembler.domain.jobs import Step

PATIENCE_SECONDS = 60
DAY = date(2024, 1, 15)
Answer = TypeVar("Answer")


class RunningStack:
    """A started stack with the sample loaded: its users, and what a test may do to it."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._users: dict[str, Thidua] = {}
        self.sample = Sample.load()
        self.address = stack.address
        self.passwords = {one["login"]: one["password"] for one in stack.accounts()}
        self.period_id = self.clerk.intake.periods()[0].id

    def login_of(self, name: str) -> str:
        """Return the sign-in name of somebody in the commune."""
        return f"{name}@{self.sample.office}"

    def user(self, login: str) -> Thidua:
        """Return somebody who is signed in over HTTP."""
        if login not in self._users:
            self._users[login] = Thidua.signed_in(self.address, login, self.passwords[login])
        return self._users[login]

    def officer(self, sector: str) -> Thidua:
        """Return the officer of a sector."""
        return self.user(self.login_of(sector))

    @property
    def clerk(self) -> Thidua:
        """The commune's clerk."""
        return self.officer(CLERK)

    @property
    def superior(self) -> Thidua:
        """The officer of the office above."""
        return self.user(f"{DISTRICT}@{self.sample.superior}")

    def submit(
        self, sector: str, changes: Mapping[str, Any] | None = None, *, key: str | None = None
    ) -> Receipt:
        """Hand in what the sample's sector reports, with changes; returns the receipt."""
        content = {**self.sample.submission(sector), **(changes or {})}
        return self.officer(sector).intake.submit(self.period_id, content, key=key)

    def submission_of(self, sector: str) -> SubmissionLine | None:
        """Return what a sector has begun or handed in, if it has."""
        found = self.clerk.intake.submissions(period_id=self.period_id, unit=sector)
        return next(found, None)

    def accept(self, submission_id: UUID) -> None:
        """Accept what was handed in."""
        self.clerk.intake.accept(submission_id)

    def ask_for(self, kind: str, *, key: str | None = None) -> Job:
        """Ask for a document; returns the job."""
        return self.clerk.assembler.assemble(self.period_id, kind, DAY, key=key)

    def done(self, job_id: UUID) -> Job:
        """Wait for a job to be done; returns it."""

        def ended() -> Job | None:
            job = self.clerk.assembler.job(job_id)
            return job if job.has_ended else None

        job = self.wait_for(f"job {job_id}", ended)
        assert job.state == "done", job
        return job

    def document(self, document_id: UUID) -> DocumentFile:
        """Return a document as the clerk sees it."""
        return self.clerk.archive.document(document_id)

    def issue(self, draft: Job, *, on: date = DAY, key: str | None = None) -> IssueReceipt:
        """Issue the version that a job made; returns the receipt."""
        assert draft.document_id is not None
        assert draft.version_id is not None
        return self.clerk.archive.issue(draft.document_id, draft.version_id, on, key=key)

    def docx(self, version_id: UUID) -> bytes:
        """Download the Word file of a version."""
        return self.clerk.archive.docx(version_id)

    def pdf(self, document_id: UUID, version_id: UUID) -> bytes:
        """Wait for the PDF of a version, and download it."""

        def made() -> bool | None:
            version = self.document(document_id).document.version(version_id)
            return None if version.rendition.state == "pending" else True

        self.wait_for(f"the PDF of version {version_id}", made)
        return self.clerk.archive.pdf(version_id)

    def wait_for(self, what: str, ask: Callable[[], Answer | None]) -> Answer:
        """Ask until there is an answer."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            self._stack.assert_alive()
            answer = ask()
            if answer is not None:
                return answer
            time.sleep(0.05)
        log = self._logs / "worker.log"
        said = log.read_text("utf-8", "replace")[-6000:]
        raise AssertionError(f"waited {PATIENCE_SECONDS} s for {what}\n{said}")

    def kill_worker_at(self, job_id: UUID, step: Step) -> None:
        """Kill worker, pool and beat, as a power failure does, while a job is at a step.

        The web server stands still at that moment: what the worker has asked of it will be done,
        and answered to nobody.
        """
        query = "SELECT progress FROM job WHERE id = ?"
        with closing(sqlite3.connect(self._folder / "assembler.sqlite3")) as database:
            while database.execute(query, [job_id.hex]).fetchone()[0] < step.progress:
                time.sleep(0.001)
        self._signal("web", signal.SIGSTOP)
        self._signal("worker", signal.SIGKILL)
        self._signal("web", signal.SIGCONT)

    @contextmanager
    def resting_worker(self) -> Iterator[None]:
        """Keep the worker, its pool and its beat from going on for a while."""
        self._signal("worker", signal.SIGSTOP)
        while self._is_locked():  # stopped within a transaction, it would keep everybody waiting
            self._signal("worker", signal.SIGCONT)
            time.sleep(0.02)
            self._signal("worker", signal.SIGSTOP)
        try:
            yield
        finally:
            self._signal("worker", signal.SIGCONT)

    def operate(self, *words: str) -> None:
        """Run a command as the operator of this stack."""
        command = [sys.executable, "-m", "embedded.cli", *words]
        environment = self._stack.environment
        subprocess.run(command, env=environment, cwd=PROJECT, check=True, capture_output=True)

    def forget_messages(self) -> None:
        """Empty the broker, as one without persistence is empty after a restart."""
        url = self._stack.environment["ASSEMBLER_BROKER_URL"]
        path = url.removeprefix("redis+socket://").partition("?")[0]
        with redis.Redis(unix_socket_path=path) as client:
            client.flushall()

    def close(self) -> None:
        """Close the users' connections."""
        for user in self._users.values():
            user.close()

    def _signal(self, part: str, number: signal.Signals) -> None:
        os.killpg(int((self._logs / f"{part}.pid").read_text()), number)

    def _is_locked(self) -> bool:
        return not all(_may_be_written(path) for path in self._folder.glob("*.sqlite3"))

    @property
    def _folder(self) -> Path:
        return self._stack.settings.data_dir

    @property
    def _logs(self) -> Path:
        return self._folder / "logs"


@contextmanager
def a_stack(*, intake: Mapping[str, str] | None = None, **tuning: float) -> Iterator[RunningStack]:
    """Yield a started stack in a folder of its own; nothing of it is left afterwards.

    `tuning` are settings of the assembler by name: a test is less patient than an office.
    `intake` are those of intake.
    """
    folder = Path(tempfile.mkdtemp(prefix="thidua-e2e-"))
    settings = StackSettings.from_env(Env(), data_dir=folder, port=0)
    stack = Stack(settings)
    impatient = {"heartbeat_seconds": 1, **tuning}
    stack.environment.update({f"ASSEMBLER_{k.upper()}": str(v) for k, v in impatient.items()})
    stack.environment.update({f"INTAKE_{k.upper()}": v for k, v in (intake or {}).items()})
    try:
        stack.start()
        stack.wait_for_worker()
        running = RunningStack(stack)
        yield running
        running.close()
    finally:
        stack.stop()
    left = processes_of(folder)
    assert left == [], f"left behind: {left}"
    shutil.rmtree(folder)


def _may_be_written(path: Path) -> bool:
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as database:
        try:
            database.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
        return True


def processes_of(folder: Path) -> list[str]:
    """Return the processes that were started for the stack of this folder."""
    found = []
    for process in psutil.process_iter():
        try:
            words = [*process.cmdline(), *process.environ().values()]
        except psutil.Error:
            continue
        if any(str(folder) in word for word in words):
            found.append(" ".join(process.cmdline()) or process.name())
    return found
