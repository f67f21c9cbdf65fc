"""PDFs: a warm LibreOffice beside a cold one, two slots beside one, an annex page by page."""

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from copy import deepcopy
from itertools import islice
from json import loads
from pathlib import Path
from typing import Any

from bench.measuring import Measured, interleaved
from bench.targets import Verdict
from services.assembler.rendering.docx import render
from services.assembler.rendering.pdf.converter import Converter, choose_converter

_TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
_SECONDS = 600
_ROUNDS = 7
_DOCUMENTS = 12
_ROWS, _MORE_ROWS = 1_000, 10_000
_REPORT, _REPORTS = "report", f"{_DOCUMENTS} reports"
_COLD, _WARM, _ONE, _TWO, _A_PAGE = "cold", "warm", "one slot", "two slots", "a page"
_WARM_TIMES, _SLOT_TIMES, _PAGE_MS = 4, 1.7, 40
_own: list[Converter] = []


def is_possible() -> bool:
    """Tell whether LibreOffice is here."""
    return shutil.which("soffice") is not None


def verdicts(found: Sequence[Measured]) -> list[Verdict]:
    """Return a verdict on each target."""
    ms = {(one.case, one.engine): one.median_ms for one in found}
    warm = ms[_REPORT, _COLD] / ms[_REPORT, _WARM]
    slots = ms[_REPORTS, _ONE] / ms[_REPORTS, _TWO]
    return [
        Verdict(
            target="a warm report: at most 1/4 of a cold one",
            measured=f"1/{warm:.1f}",
            is_met=warm >= _WARM_TIMES,
        ),
        Verdict(
            target="two slots: at least 1.7 × the reports of one",
            measured=f"{slots:.2f} ×",
            is_met=slots >= _SLOT_TIMES,
        ),
        *(
            Verdict(
                target=f"{one.case}: at most {_PAGE_MS} ms a page",
                measured=f"{one.median_ms:.1f} ms",
                is_met=one.median_ms <= _PAGE_MS,
            )
            for one in found
            if one.engine == _A_PAGE
        ),
    ]


def measure(annexes: Sequence[int] = (_ROWS, _MORE_ROWS)) -> list[Measured]:
    """Measure every case; an annex's figures are milliseconds a page."""
    with tempfile.TemporaryDirectory(prefix="thidua-bench-") as name:
        folder = Path(name)
        found = _cold_and_warm(folder) + _one_and_two_slots(folder)
        for rows in annexes:
            found += _annex(folder, rows)
    return found


def a_report() -> bytes:
    """Return the shipped report, rendered."""
    return render(*_kind("summary_report"))


def an_annex(rows: int) -> bytes:
    """Return the shipped decision with so many people in the last group of its annex."""
    template, data = _kind("commendation_decision")
    last = data["commendation"]["groups"][-1]
    known = deepcopy(last["rows"])
    last["rows"] = [{**known[i % len(known)], "number": str(i + 1)} for i in range(rows)]
    return render(template, data)


def _cold_and_warm(folder: Path) -> list[Measured]:
    report = a_report()
    with _converter(folder) as warm, _converter(folder, python="none") as cold:
        assert warm.convert(report).pages == cold.convert(report).pages
        engines = {
            _COLD: lambda: cold.convert(report),
            _WARM: lambda: warm.convert(report),
        }
        return interleaved(_REPORT, engines, rounds=_ROUNDS)


def _one_and_two_slots(folder: Path) -> list[Measured]:
    """Measure the time of a number of reports, each slot in a process of its own as in a worker."""
    reports = [a_report()] * _DOCUMENTS
    with _slots(folder, 1) as one, _slots(folder, 2) as two:
        engines: dict[str, Callable[[], object]] = {
            _ONE: lambda: list(one.map(_pages, reports)),
            _TWO: lambda: list(two.map(_pages, reports)),
        }
        return interleaved(_REPORTS, engines, rounds=_ROUNDS)


@contextmanager
def _slots(folder: Path, count: int) -> Iterator[ProcessPoolExecutor]:
    """Yield processes that own a slot each, which ends with them."""
    with ProcessPoolExecutor(count, initializer=_own_a_slot, initargs=(folder,)) as pool:
        yield pool


def _own_a_slot(folder: Path) -> None:
    _own.append(choose_converter(None, folder, _SECONDS))


def _pages(document: bytes) -> int:
    return _own[0].convert(document).pages


def _annex(folder: Path, rows: int) -> Iterator[Measured]:
    document = an_annex(rows)
    with _converter(folder) as warm:
        warm.convert(a_report())
        times, pages = zip(*islice(_timed(warm, document), 3 if rows <= _ROWS else 1), strict=True)
    a_page = statistics.median(times) / pages[0]
    yield Measured(case=f"annex-{rows}, {pages[0]} pages", engine=_A_PAGE, median_ms=a_page)


def _timed(converter: Converter, document: bytes) -> Iterator[tuple[float, int]]:
    while True:
        started = time.perf_counter()
        pages = converter.convert(document).pages
        yield (time.perf_counter() - started) * 1000, pages


@contextmanager
def _converter(folder: Path, python: str | None = None) -> Iterator[Converter]:
    converter = choose_converter(None, folder, _SECONDS, python=python)
    try:
        yield converter
    finally:
        converter.close()


def _kind(kind: str) -> tuple[bytes, dict[str, Any]]:
    folder = _TEMPLATES / kind
    sample = loads((folder / "samples" / "typical.json").read_text("utf-8"))
    return (folder / "template.docx").read_bytes(), sample
