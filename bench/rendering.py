"""Our rendering beside plain docxtpl, as its manual says: the same template, the same data."""

import json
from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate

from bench.measuring import Measured, interleaved
from ooxml.text import plain_text
from services.assembler.rendering.docx import render

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


def cases() -> Iterator[tuple[str, bytes, dict[str, Any], int]]:
    """Yield name, template, data and number of rounds of each case."""
    report, data = _kind("summary_report")
    yield "report", report, data, 15
    decision, data = _kind("commendation_decision")
    for rows in (10, 100, 1000):
        yield f"annex-{rows}", decision, _with_rows(data, rows), 9 if rows < 1000 else 5


def measure() -> list[Measured]:
    """Measure every case; raises AssertionError where the two outputs do not say the same."""
    found = []
    for name, template, data, rounds in cases():
        assert plain_text(render(template, data)) == plain_text(_plain_docxtpl(template, data))
        engines = {
            "docxtpl": lambda template=template, data=data: _plain_docxtpl(template, data),
            "thidua": lambda template=template, data=data: render(template, data),
        }
        found += interleaved(name, engines, rounds=rounds)
    return found


def _plain_docxtpl(template: bytes, data: dict[str, Any]) -> bytes:
    document = DocxTemplate(BytesIO(template))
    document.render(deepcopy(data), autoescape=True)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _kind(kind: str) -> tuple[bytes, dict[str, Any]]:
    folder = TEMPLATES / kind
    sample = json.loads((folder / "samples" / "typical.json").read_text("utf-8"))
    return (folder / "template.docx").read_bytes(), sample


def _with_rows(data: dict[str, Any], rows: int) -> dict[str, Any]:
    """Return the decision's data with exactly that many nominees in its last group."""
    copied = deepcopy(data)
    last = copied["commendation"]["groups"][-1]
    known = last["rows"]
    last["rows"] = [{**known[i % len(known)], "number": str(i + 1)} for i in range(rows)]
    return copied


def a_report() -> bytes:
    """Return a rendered report, ready to be issued."""
    template, data = _kind("summary_report")
    return render(template, data)
