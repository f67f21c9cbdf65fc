"""The process in which a template of strangers is checked or rendered: `isolated_child.py FOLDER`.

It reads request.json and template.docx from the folder and writes answer.json there; at.txt says
what is being looked at, for whoever has to kill it.
"""

import json
import os
import resource
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parents[3]
# No file that it writes may grow beyond this; a document of 500 pages has less.
_MOST_BYTES = 256 * 1024 * 1024


def main(folder: Path) -> int:
    """Do what is asked; returns the exit status."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (_MOST_BYTES, _MOST_BYTES))
    sys.path.insert(0, str(_ROOT))  # isolated mode leaves the caller's folder out
    request = json.loads((folder / "request.json").read_text(encoding="utf-8"))
    try:
        answer = _ACTIONS[request["action"]](folder, request)
    except (MemoryError, OSError):
        (folder / "out-of-memory").touch()
        return 1
    _write(folder, answer)
    return 0


def _check(folder: Path, request: dict[str, Any]) -> dict[str, Any]:
    from services.assembler.rendering import checking  # noqa: PLC0415 - needs the path set above

    def at(place: str) -> None:
        (folder / "at.txt").write_text(place, encoding="utf-8")

    watcher = checking.Watcher(at, lambda found: _write(folder, _told(found)))
    template, manifest = (folder / "template.docx").read_bytes(), _manifest(request["manifest"])
    if manifest is None:
        return _told(checking.check_any_template(template, watcher=watcher))
    samples, fonts = request["samples"], request["fonts"]
    return _told(
        checking.check_template(template, manifest, samples=samples, fonts=fonts, watcher=watcher)
    )


def _manifest(told: dict[str, Any] | None) -> Any:
    from services.assembler.rendering.templates import Manifest, Placeholder  # noqa: PLC0415

    if told is None:
        return None
    placeholders = tuple(Placeholder(**one) for one in told.pop("placeholders"))
    return Manifest(**told, placeholders=placeholders)


def _told(findings: Sequence[Any]) -> dict[str, Any]:
    return {"findings": [asdict(one) for one in findings]}


def _render(folder: Path, request: dict[str, Any]) -> dict[str, Any]:
    from services.assembler.rendering import docx  # noqa: PLC0415
    from services.assembler.rendering.context import RenderingFailed  # noqa: PLC0415

    try:
        made = docx.render((folder / "template.docx").read_bytes(), request["context"])
    except RenderingFailed as exc:
        return {"failure": exc.detail, "errors": [asdict(one) for one in exc.errors]}
    (folder / "document.docx").write_bytes(made)
    return {}


def _compare(folder: Path, _: dict[str, Any]) -> dict[str, Any]:
    from services.assembler.rendering.comparing import compare  # noqa: PLC0415

    old, new = (folder / "old.docx").read_bytes(), (folder / "template.docx").read_bytes()
    return asdict(compare(old, new))


def _write(folder: Path, answer: dict[str, Any]) -> None:
    path = folder / "answer.json.new"
    path.write_text(json.dumps(answer), encoding="utf-8")
    os.replace(path, folder / "answer.json")  # noqa: PTH105 - as atomic as it says


_ACTIONS = {"check": _check, "render": _render, "compare": _compare}

if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
