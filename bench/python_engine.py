"""One Python engine in a process of its own: a command a line, an answer a line, in JSON.

Each engine imports only what it needs, so that its memory is its own.
"""

import gc
import json
import re
import sys
import time
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

Render = Callable[[Mapping[str, Any]], bytes]


def _thidua(template: bytes) -> Render:
    from services.assembler.rendering.docx import render  # noqa: PLC0415

    return lambda data: render(template, data)


def _docxtpl(template: bytes) -> Render:
    """Render as docxtpl's manual says; escaping is an option there, and needed for "&"."""
    from docxtpl import DocxTemplate  # noqa: PLC0415

    def render(data: Mapping[str, Any]) -> bytes:
        document = DocxTemplate(BytesIO(template))
        document.render(data, autoescape=True)
        written = BytesIO()
        document.save(written)
        return written.getvalue()

    return render


def _limit(template: bytes) -> Render:
    from bench.limit import compiled  # noqa: PLC0415

    return compiled(template)


PREPARE: dict[str, Callable[[bytes], Render]] = {
    "thidua": _thidua,
    "docxtpl": _docxtpl,
    "limit": _limit,
}


class Process:
    """The template and data of one case, and the last result."""

    def __init__(self, engine: str) -> None:
        self._prepare = PREPARE[engine]
        self._data: dict[str, Any] = {}
        self._render: Render | None = None
        self._result = b""

    def load(self, template: str, data: str) -> dict[str, float]:
        """Take template and data from files; neither is measured."""
        self._data = json.loads(Path(data).read_bytes())
        self._render = self._prepare(Path(template).read_bytes())
        gc.collect()
        # Linux keeps the highest resident size of a process; this forgets it (man 5 proc).
        Path("/proc/self/clear_refs").write_text("5", "ascii")
        return self.peak()

    def render(self) -> dict[str, float]:
        """Render once, from memory to memory."""
        assert self._render is not None, "load comes first"
        self._result = b""
        started = time.perf_counter()
        self._result = self._render(self._data)
        return {"ms": (time.perf_counter() - started) * 1000}

    def save(self, path: str) -> dict[str, float]:
        """Write the last result."""
        Path(path).write_bytes(self._result)
        return {}

    def peak(self) -> dict[str, float]:
        """Return the highest resident size since the data was loaded."""
        found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
        assert found is not None, "Linux says VmHWM"
        return {"peak_mb": int(found[1]) / 1024}


def main() -> None:
    """Answer until standard input ends."""
    process = Process(sys.argv[1])
    for line in sys.stdin:
        command = json.loads(line)
        try:
            answer = getattr(process, command.pop("do"))(**command)
        except Exception as exc:
            answer = {"error": f"{type(exc).__name__}: {exc}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
