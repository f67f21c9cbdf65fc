"""Templates of strangers, checked and rendered in a process of their own.

A template may loop without end, blow up a regular expression or eat all memory. Then the process
is killed with everything that it started, and the caller gets a finding that says how far it came.
"""

import json
import signal
import sys
from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kernel.errors import Located
from services.assembler.domain.findings import Finding, Severity, error
from services.assembler.rendering.comparing import Comparison, Pair, Words
from services.assembler.rendering.context import RenderingFailed
from services.assembler.rendering.installed_fonts import installed_fonts
from services.assembler.rendering.pdf.processes import Program, TimedOut, run_in_group
from services.assembler.rendering.templates import Manifest

_CHILD = Path(__file__).with_name("isolated_child.py")
_SECONDS = 20
_MEMORY_MIB = 1_024
_KILLED = {-signal.SIGKILL, -signal.SIGABRT, -signal.SIGSEGV}
_KEPT = 8
_MOST_ANSWER_BYTES = 16 * 1024 * 1024
_NONE: Mapping[str, Any] = {}


class Isolation:
    """Runs the checks and the engine apart from the process that asks."""

    def __init__(
        self, work_dir: Path, *, seconds: int = _SECONDS, memory_mib: int = _MEMORY_MIB
    ) -> None:
        self._work_dir, self._seconds, self._memory_mib = work_dir, seconds, memory_mib
        # Pages of a preview are asked for one after another: the last few documents are kept.
        self._made = lru_cache(maxsize=_KEPT)(self._render)

    def check(
        self,
        template: bytes,
        manifest: Manifest | None = None,
        *,
        samples: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> tuple[Finding, ...]:
        """Return every finding; without a manifest only file and language can be checked."""
        request = {
            "action": "check",
            "manifest": asdict(manifest) if manifest else None,
            "samples": dict(samples or {}),
            "fonts": installed_fonts(),
        }
        with self._folder() as folder:
            (folder / "template.docx").write_bytes(template)
            stopped = self._run(folder, request)
            findings = _findings(_answer(folder).get("findings", []))
            return (*findings, _stopped(folder, stopped)) if stopped else findings

    def render(self, template: bytes, context: Mapping[str, Any]) -> bytes:
        """Return the document, or raise RenderingFailed; the data is JSON already."""
        return self._made(template, json.dumps(context))

    def _render(self, template: bytes, context: str) -> bytes:
        with self._folder() as folder:
            (folder / "template.docx").write_bytes(template)
            stopped = self._run(folder, {"action": "render", "context": json.loads(context)})
            answer = _answer(folder)
            if stopped:
                raise RenderingFailed(_stopped(folder, stopped).message)
            if "failure" in answer:
                errors = [Located(**one) for one in answer["errors"]]
                raise RenderingFailed(str(answer["failure"]), errors=errors)
            return (folder / "document.docx").read_bytes()

    def compare(self, old: bytes, new: bytes) -> Comparison:
        """Return how two templates differ; raises RenderingFailed where that takes too long."""
        with self._folder() as folder:
            (folder / "template.docx").write_bytes(new)
            (folder / "old.docx").write_bytes(old)
            stopped = self._run(folder, {"action": "compare"})
            if stopped:
                raise RenderingFailed("Hai bản quá dài hoặc quá khác nhau nên không so sánh được.")
            return _comparison(_answer(folder))

    def _folder(self) -> "_Folder":
        self._work_dir.mkdir(parents=True, exist_ok=True)
        return _Folder(self._work_dir)

    def _run(self, folder: Path, request: Mapping[str, Any]) -> str:
        """Return why the process did not come to its end; empty when it did."""
        (folder / "request.json").write_text(json.dumps(request), encoding="utf-8")
        program = Program(
            command=[sys.executable, "-I", str(_CHILD), str(folder)],
            folder=folder,
            environment={},
            memory_mib=self._memory_mib,
        )
        try:
            status, _ = run_in_group(program, self._seconds)
        except TimedOut:
            return f"Mẫu lặp quá nhiều hoặc quá phức tạp: quá {self._seconds} giây vẫn chưa xong."
        if status in _KILLED or (folder / "out-of-memory").exists():
            return "Mẫu tạo ra quá nhiều dữ liệu: cần nhiều bộ nhớ hơn mức cho phép."
        has_answer = status == 0 and _answer(folder) is not _NONE
        return "" if has_answer else "Mẫu này làm bộ kiểm tra dừng giữa chừng."


class _Folder(TemporaryDirectory[str]):
    def __init__(self, parent: Path) -> None:
        super().__init__(dir=parent, prefix="template-")

    def __enter__(self) -> Path:  # type: ignore[override] # a path is what everybody here wants
        return Path(super().__enter__())


def _stopped(folder: Path, why: str) -> Finding:
    told = folder / "at.txt"
    place = told.read_text(encoding="utf-8") if told.is_file() else "Tệp mẫu"
    return error(
        "template-stopped",
        place,
        why,
        "Bỏ bớt vòng lặp lồng nhau và những chỗ lặp lại nhiều lần ở nơi này.",
    )


def _answer(folder: Path) -> Mapping[str, Any]:
    path = folder / "answer.json"
    if not path.is_file() or path.stat().st_size > _MOST_ANSWER_BYTES:
        return _NONE
    found: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _comparison(told: Mapping[str, Any]) -> Comparison:
    def words(side: list[dict[str, Any]]) -> tuple[Words, ...]:
        return tuple(Words(**one) for one in side)

    return Comparison(
        pairs=tuple(Pair(it["part"], words(it["old"]), words(it["new"])) for it in told["pairs"]),
        same_count=told["same_count"],
        added=tuple(told["added"]),
        removed=tuple(told["removed"]),
    )


def _findings(told: list[dict[str, Any]]) -> tuple[Finding, ...]:
    return tuple(Finding(**{**one, "severity": Severity(one["severity"])}) for one in told)
