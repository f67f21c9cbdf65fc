"""Renders one template in a process of its own that may take only so much memory and time."""

import json
import resource
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.assembler.rendering.context import RenderingFailed
from services.assembler.rendering.docx import render

MIB = 1024 * 1024
# A worker's share on a small server. A rendering that needs more would end other jobs.
MEMORY_MIB = 1024
# Of the processor, so that a busy machine changes nothing.
SECONDS = 10
_WAITING_SECONDS = 200
_PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How the rendering ended; `complaint` is "" where a document was made."""

    complaint: str
    output_bytes: int
    peak_mib: int


class Uncontrolled(Exception):
    """The rendering ended by the limits of its process, or by an error that nobody expects."""


def render_confined(template: bytes, context: Mapping[str, Any]) -> Outcome:
    """Render under limits; raise Uncontrolled unless the engine itself came to an end."""
    child = [sys.executable, "-m", "tests.support.confined", json.dumps(context)]
    try:
        done = subprocess.run(
            child,
            input=template,
            capture_output=True,
            timeout=_WAITING_SECONDS,
            cwd=_PROJECT,
            check=False,
        )
    except subprocess.TimeoutExpired as exc:
        raise Uncontrolled(f"not finished after {_WAITING_SECONDS} s") from exc
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise Uncontrolled(f"ended with {done.returncode}: {''.join(last)[:300]}")
    return Outcome(**json.loads(done.stdout))


def _main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MIB * MIB, MEMORY_MIB * MIB))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    complaint, size = "", 0
    try:
        size = len(render(sys.stdin.buffer.read(), json.loads(sys.argv[1])))
    except RenderingFailed as exc:
        complaint = exc.detail
    outcome = {"complaint": complaint, "output_bytes": size, "peak_mib": _peak_mib()}
    json.dump(outcome, sys.stdout)


def _peak_mib() -> int:
    """Return the peak of this program alone: the one of getrusage counts its parent's before it."""
    status = Path("/proc/self/status").read_text("ascii")
    (peak,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(peak.split()[1]) // 1024


if __name__ == "__main__":
    _main()
