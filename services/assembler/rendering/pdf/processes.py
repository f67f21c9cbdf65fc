"""Running a program that may hang, crash or leave children behind."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

# Set by the shell before it becomes the program, so that no child can start without them.
_LIMITED = 'ulimit -c 0; ulimit -v "$0" 2>/dev/null; exec "$@"'


class TimedOut(Exception):
    """The program did not end in time; it and its children are gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What to run, where, and within which limits."""

    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    memory_mib: int

    def start(
        self, *, stdin: int, stdout: int | IO[bytes], stderr: int
    ) -> "subprocess.Popen[bytes]":
        """Start it as the leader of a group of its own, with nothing of our environment."""
        own = {"PATH": os.defpath, "HOME": str(self.folder), "LC_ALL": "C.UTF-8"}
        return subprocess.Popen(  # noqa: S603 - fixed programs; nothing is parsed by the shell
            ["/bin/sh", "-c", _LIMITED, str(self.memory_mib * 1024), *self.command],
            cwd=self.folder,
            env={**own, **self.environment},
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            start_new_session=True,
        )


def run_in_group(program: Program, timeout_seconds: float) -> tuple[int, str]:
    """Return exit status and standard output; nothing that the program started outlives the call.

    Output goes to a file: a pipe would be held open by a child that survives its parent.
    """
    output = program.folder / "output.txt"
    with output.open("wb") as stream:
        process = program.start(stdin=subprocess.DEVNULL, stdout=stream, stderr=subprocess.STDOUT)
    try:
        status = process.wait(timeout=timeout_seconds)
    except subprocess.TimeoutExpired as exc:
        raise TimedOut(program.command[0]) from exc
    finally:
        kill_group(process)  # also when a soft time limit of the worker interrupts the wait
    return status, output.read_text(encoding="utf-8", errors="replace")


def kill_group(process: "subprocess.Popen[bytes]") -> None:
    """End the process and everything that it started, and reap it."""
    with suppress(ProcessLookupError, PermissionError):  # macOS says EPERM of an empty group
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
