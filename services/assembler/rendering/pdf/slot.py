"""One warm soffice with its bridge, in a process group and a folder of their own."""

import contextlib
import fcntl
import json
import os
import selectors
import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psutil

from services.assembler.rendering.pdf.office import (
    ADDRESS_SPACE_MIB,
    ENVIRONMENT,
    ExportOptions,
    write_settings,
)
from services.assembler.rendering.pdf.processes import Program, TimedOut, kill_group

_BRIDGE = Path(__file__).with_name("bridge.py")
_PREFIX = "soffice-"
_CHUNK = 65_536


class SlotDied(Exception):
    """Bridge or soffice is gone, or never came up."""


class NotExported(Exception):
    """soffice lives, and says that it cannot export this document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Programs:
    """The soffice to run, and a Python that has its `uno` module."""

    soffice: Path
    python: Path

    @property
    def binary(self) -> Path:
        """Return soffice itself, not the launcher that would stand between it and the bridge."""
        binary = self.soffice.resolve().with_name("soffice.bin")
        return binary if binary.is_file() else self.soffice


class Slot:
    """Starts at once and becomes ready later; to be used by one thread at a time."""

    def __init__(self, programs: Programs, work_dir: Path) -> None:
        work_dir.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f"new-{_PREFIX}", dir=work_dir))
        self._lock = _locked(made)
        # Only now does it have a name that `remove_abandoned` of another process looks for.
        self._folder = made.rename(made.with_name(made.name.removeprefix("new-")))
        try:
            self._process = self._start(programs)
        except BaseException:
            self._leave_nothing()
            raise
        self._answers = _Lines(self._process.stdout)
        self._ready: Mapping[str, Any] | None = None
        self.exports = 0

    def _start(self, programs: Programs) -> "subprocess.Popen[bytes]":
        profile = self._folder / "profile"
        write_settings(profile)
        # The folder's name is random: the names of pipes are shared by the whole machine.
        names = (profile.as_uri(), f"thidua-{self._folder.name}", str(self._folder))
        program = Program(
            command=[str(programs.python), "-s", str(_BRIDGE), str(programs.binary), *names],
            folder=self._folder,
            environment=ENVIRONMENT,
            memory_mib=ADDRESS_SPACE_MIB,
        )
        return program.start(
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    def _leave_nothing(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        os.close(self._lock)

    @property
    def program(self) -> str:
        """Return name and version of the program, once it is ready."""
        return f"LibreOffice {(self._ready or {}).get('version', '')}".strip()

    @property
    def soffice_pid(self) -> int:
        """Return the process id of soffice, once it is ready."""
        return int((self._ready or {})["pid"])

    def wait_until_ready(self, seconds: float) -> None:
        """Return once soffice answers; raises SlotDied or TimedOut."""
        if self._ready is None:
            self._ready = self._answers.next(seconds)

    def export(self, source: bytes, options: ExportOptions, seconds: float) -> bytes:
        """Return the PDF; raises NotExported, SlotDied or TimedOut."""
        document, target = self._folder / "document.docx", self._folder / "document.pdf"
        document.write_bytes(source)
        request = {
            "source": document.as_uri(),
            "target": target.as_uri(),
            "options": dict(options.for_filter()),
        }
        try:
            answer = self._ask(request, seconds)
            if "error" in answer or not target.is_file():
                raise NotExported(answer.get("error", "no file"))
            self.exports += 1
            return target.read_bytes()
        finally:
            for path in (document, target):  # what it said is no longer ours to keep
                path.unlink(missing_ok=True)

    def memory_mib(self) -> float:
        """Return how much memory soffice holds (RSS)."""
        try:
            return float(psutil.Process(self.soffice_pid).memory_info().rss) / 2**20
        except psutil.NoSuchProcess:
            return 0.0

    def kill(self) -> None:
        """End bridge and soffice and remove all that they left."""
        kill_group(self._process)
        self._answers.close()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        for path in (self._ready or {}).get("sockets", ()):
            Path(path).unlink(missing_ok=True)
        self._leave_nothing()

    def _ask(self, request: Mapping[str, Any], seconds: float) -> Mapping[str, Any]:
        try:
            # Past Python's buffer: what is left in one is written again when it is closed.
            os.write(_number(self._process.stdin), json.dumps(request).encode() + b"\n")
        except OSError as exc:
            raise SlotDied("the bridge does not listen") from exc
        return self._answers.next(seconds)


class _Lines:
    """The bridge's answers, awaited no longer than allowed."""

    def __init__(self, stream: IO[bytes] | None) -> None:
        self._descriptor, self._buffer = _number(stream), b""
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._descriptor, selectors.EVENT_READ)

    def close(self) -> None:
        self._selector.close()

    def next(self, seconds: float) -> Mapping[str, Any]:
        deadline = time.monotonic() + seconds
        while b"\n" not in self._buffer:
            if not self._selector.select(max(0.0, deadline - time.monotonic())):
                raise TimedOut("bridge")
            chunk = os.read(self._descriptor, _CHUNK)
            if not chunk:
                raise SlotDied("the bridge ended")
            self._buffer += chunk
        line, _, self._buffer = self._buffer.partition(b"\n")
        return dict(json.loads(line))


def _number(stream: IO[bytes] | None) -> int:
    if stream is None:
        raise SlotDied("the bridge was started without its pipes")
    return stream.fileno()


def remove_abandoned(work_dir: Path) -> None:
    """Remove the folders of slots whose owner died together with them: a power cut, say."""
    for folder in work_dir.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):  # somebody else removes it, or uses it
            os.close(_locked(folder))
            shutil.rmtree(folder, ignore_errors=True)


def _locked(folder: Path) -> int:
    """Hold the folder for as long as this process lives; raises OSError where another one does."""
    descriptor = os.open(folder / "lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
