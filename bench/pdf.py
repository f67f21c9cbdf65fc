"""PDFs: a warm LibreOffice beside a cold one, two slots beside one, an annex page by page.

`python -m bench.pdf` prints a table; `--long` adds an annex of 10,000 rows, which takes minutes.
"""

import statistics
import sys
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
from services.assembler.rendering.docx import render
from services.assembler.rendering.pdf.converter import Converter, choose_converter

_TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
_SECONDS = 600
_ROUNDS = 7
_DOCUMENTS = 12
_ROWS, _MORE_ROWS = 1_000, 10_000
_own: list[Converter] = []


def main() -> None:
    """Print what is measured."""
    rows = (_ROWS, _MORE_ROWS) if "--long" in sys.argv else (_ROWS,)
    for one in measure(rows):
        print(f"{one.case:<24}{one.engine:<12}{one.median_ms:>12,.1f} ms")


def measure(annexes: Sequence[int] = (_ROWS,)) -> list[Measured]:
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
            "cold": lambda: cold.convert(report),
            "warm": lambda: warm.convert(report),
        }
        return interleaved("report", engines, rounds=_ROUNDS)


def _one_and_two_slots(folder: Path) -> list[Measured]:
    """Measure the time of a number of reports, each slot in a process of its own as in a worker."""
    reports = [a_report()] * _DOCUMENTS
    with _slots(folder, 1) as one, _slots(folder, 2) as two:
        engines: dict[str, Callable[[], object]] = {
            "one slot": lambda: list(one.map(_pages, reports)),
            "two slots": lambda: list(two.map(_pages, reports)),
        }
        return interleaved(f"{_DOCUMENTS} reports", engines, rounds=_ROUNDS)


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
    yield Measured(case=f"annex-{rows}, {pages[0]} pages", engine="a page", median_ms=a_page)


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


if __name__ == "__main__":
    main()
