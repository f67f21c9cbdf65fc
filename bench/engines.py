"""The engines that are measured: how each is started, and which template language it speaks."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.python_engine import PREPARE
from bench.translating import as_docxtpl, for_carbone, for_docxtemplater

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / "bench" / "peers"
_PYTHON = (sys.executable, "-m", "bench.python_engine")


class EngineFailed(Exception):
    """An engine answered with an error, or ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """An engine in a process of its own, so that its memory is its own."""

    name: str
    command: tuple[str, ...]
    translate: Callable[[bytes], bytes] = as_docxtpl
    """What makes a template of docxtpl's language one of its own."""


def python_engines() -> dict[str, Engine]:
    """Return the engines that need Python only."""
    return {name: Engine(name=name, command=(*_PYTHON, name)) for name in PREPARE}


def node_engines(node: Path, packages: Path) -> dict[str, Engine]:
    """Return the peers from npm, installed in this folder."""
    translations = {"docxtemplater": for_docxtemplater, "carbone": for_carbone}
    command = (str(node), str(PEERS / "engine.js"), str(packages))
    return {
        name: Engine(name=name, command=(*command, name), translate=translate)
        for name, translate in translations.items()
    }


class EngineProcess:
    """A running engine; it answers each command in turn."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def load(self, template: Path, data: Path) -> float:
        """Give it a template and data; return the resident size with them, in MB."""
        return self._ask("load", template=str(template), data=str(data))["peak_mb"]

    def render(self) -> float:
        """Return the milliseconds that one rendering took."""
        return self._ask("render")["ms"]

    def save(self, path: Path) -> None:
        """Write what was rendered last."""
        self._ask("save", path=str(path))

    def peak_mb(self) -> float:
        """Return the highest resident size since `load`."""
        return self._ask("peak")["peak_mb"]

    def _ask(self, do: str, **arguments: str) -> Mapping[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": do, **arguments}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise EngineFailed(f"ended with status {self._process.wait()}")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise EngineFailed(answer["error"])
        return answer


@contextmanager
def started(engine: Engine) -> Iterator[EngineProcess]:
    """Yield the engine's process; it ends when its standard input does."""
    with subprocess.Popen(  # noqa: S603 - our own commands, no shell
        engine.command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield EngineProcess(process)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
