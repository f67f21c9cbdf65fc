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
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import psutil
import redis
from environs import Env
from lxml import html

from embedded.journey.users import User
from embedded.sample import CLERK, DISTRICT, Sample
from embedded.settings import PROJECT, StackSettings
from embedded.stack import Stack
from services.assembler.domain.jobs import Step

PATIENCE_SECONDS = 60
DAY = "2024-01-15"
Answer = TypeVar("Answer")


class RunningStack:
    """A started stack with the sample loaded: its users, and what a test may do to it."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._users: dict[str, User] = {}
        self.sample = Sample.load()
        self.address = stack.address
        self.passwords = {one["login"]: one["password"] for one in stack.accounts()}
        self.period_id = str(self.clerk.get("/intake/api/v1/periods")[0]["id"])

    def login_of(self, name: str) -> str:
        """Return the sign-in name of somebody in the commune."""
        return f"{name}@{self.sample.office}"

    def user(self, login: str) -> User:
        """Return somebody who is signed in over HTTP."""
        if login not in self._users:
            self._users[login] = User(self.address, login, self.passwords[login])
        return self._users[login]

    def officer(self, sector: str) -> User:
        """Return the officer of a sector."""
        return self.user(self.login_of(sector))

    @property
    def clerk(self) -> User:
        """The commune's clerk."""
        return self.officer(CLERK)

    @property
    def superior(self) -> User:
        """The officer of the office above."""
        return self.user(f"{DISTRICT}@{self.sample.superior}")

    def submit(
        self, sector: str, changes: Mapping[str, Any] | None = None, *, key: str | None = None
    ) -> dict[str, Any]:
        """Hand in what the sample's sector reports, with changes; returns the receipt."""
        content = {**self.sample.submission(sector), **(changes or {})}
        path = f"/intake/api/v1/periods/{self.period_id}/submissions"
        body = {"action": "submit", "content": content}
        receipt: dict[str, Any] = self.officer(sector).post(path, body, key=key)
        return receipt

    def submission_of(self, sector: str) -> dict[str, Any] | None:
        """Return what a sector has handed in, if it has."""
        page = self.clerk.page(f"/intake/periods/{self.period_id}")
        names = {one["code"]: one["name"] for one in self.sample.commune["sectors"]}
        links = html.fromstring(page).xpath(
            "//th/a[normalize-space()=$name]/@href", name=names[sector]
        )
        if not links:
            return None
        submission_id = links[0].rpartition("/")[2]
        found = self.clerk.get(f"/intake/api/v1/submissions/{submission_id}")
        return {**found, "submission_id": submission_id}

    def accept(self, submission_id: str) -> None:
        """Accept what was handed in."""
        self.clerk.post(f"/intake/api/v1/submissions/{submission_id}/accept")

    def ask_for(self, kind: str, *, key: str | None = None) -> dict[str, Any]:
        """Ask for a document; returns the job."""
        body = {"period_id": self.period_id, "kind": kind, "on": DAY}
        job: dict[str, Any] = self.clerk.post("/assembler/api/v1/jobs", body, key=key)
        return job

    def job(self, job_id: str) -> dict[str, Any]:
        """Return a job as it is now."""
        found: dict[str, Any] = self.clerk.get(f"/assembler/api/v1/jobs/{job_id}")
        return found

    def done(self, job_id: str) -> dict[str, Any]:
        """Wait for a job to be done; returns it."""

        def ended() -> dict[str, Any] | None:
            job = self.job(job_id)
            return job if job["state"] in {"done", "failed"} else None

        job = self.wait_for(f"job {job_id}", ended)
        assert job["state"] == "done", job
        return job

    def document(self, document_id: str) -> dict[str, Any]:
        """Return a document as the clerk sees it."""
        found: dict[str, Any] = self.clerk.get(f"/archive/api/v1/documents/{document_id}")
        return found

    def issue(
        self, draft: Mapping[str, Any], *, on: str = DAY, key: str | None = None
    ) -> dict[str, Any]:
        """Issue the version that a job made; returns the receipt."""
        path = f"/archive/api/v1/documents/{draft['document_id']}/issue"
        body = {"version_id": draft["version_id"], "issued_on": on}
        receipt: dict[str, Any] = self.clerk.post(path, body, key=key)
        return receipt

    def docx(self, version_id: str) -> bytes:
        """Download the Word file of a version."""
        return self.clerk.download(f"/archive/api/v1/versions/{version_id}/docx")

    def pdf(self, document_id: str, version_id: str) -> bytes:
        """Wait for the PDF of a version, and download it."""

        def made() -> bool | None:
            versions = self.document(document_id)["document"]["versions"]
            states = {one["id"]: one["rendition"]["state"] for one in versions}
            return None if states[version_id] == "pending" else True

        self.wait_for(f"the PDF of version {version_id}", made)
        return self.clerk.download(f"/archive/api/v1/versions/{version_id}/pdf")

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

    def kill_worker_at(self, job_id: str, step: Step) -> None:
        """Kill worker, pool and beat, as a power failure does, while a job is at a step.

        The web server stands still at that moment: what the worker has asked of it will be done,
        and answered to nobody.
        """
        query = "SELECT progress FROM job WHERE id = ?"
        with closing(sqlite3.connect(self._folder / "assembler.sqlite3")) as database:
            while database.execute(query, [UUID(job_id).hex]).fetchone()[0] < step.progress:
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
def a_stack(**tuning: float) -> Iterator[RunningStack]:
    """Yield a started stack in a folder of its own; nothing of it is left afterwards.

    `tuning` are settings of the assembler by name: a test is less patient than an office.
    """
    folder = Path(tempfile.mkdtemp(prefix="thidua-e2e-"))
    settings = StackSettings.from_env(Env(), data_dir=folder, port=0)
    stack = Stack(settings)
    impatient = {"heartbeat_seconds": 1, **tuning}
    stack.environment.update({f"ASSEMBLER_{k.upper()}": str(v) for k, v in impatient.items()})
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
