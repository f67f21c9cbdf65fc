"""Running a program that may hang, crash or leave children behind."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

# Set by the shell before it becomes the program, so that no child can start without them.
_LIMITED = 'ulimit -c 0; ulimit -v "$0" 2>/dev/null; exec "$@"'


class TimedOut(Exception):
    """The program did not end in time; it and its children are gone."""


def run_in_group(
    command: Sequence[str],
    *,
    folder: Path,
    environment: Mapping[str, str],
    timeout_seconds: int,
    memory_mib: int,
) -> tuple[int, str]:
    """Return exit status and standard output; nothing that the program started outlives the call.

    Output goes to a file: a pipe would be held open by a child that survives its parent.
    """
    output = folder / "output.txt"
    with output.open("wb") as stream:
        process = subprocess.Popen(  # noqa: S603 - fixed programs; nothing is parsed by the shell
            ["/bin/sh", "-c", _LIMITED, str(memory_mib * 1024), *command],
            cwd=folder,
            env={"PATH": os.defpath, "HOME": str(folder), "LC_ALL": "C.UTF-8", **environment},
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        status = process.wait(timeout=timeout_seconds)
    except subprocess.TimeoutExpired as exc:
        raise TimedOut(command[0]) from exc
    finally:
        _kill_group(process)  # also when a soft time limit of the worker interrupts the wait
    return status, output.read_text(encoding="utf-8", errors="replace")


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):  # macOS says EPERM of an empty group
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
