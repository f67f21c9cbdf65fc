"""Documents a second through Celery: two pool processes, the product's broker and settings.

The producer works on the same machine, and its time counts: from the first message sent to the
last document written.
"""

import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from celery import Celery

from bench.documents import report_data, report_template
from bench.engines import ROOT
from bench.equivalence import fingerprint
from bench.targets import Verdict
from bench.throughput_worker import CONTEXTS, DOCXTPL, MANY, NOTHING, ONE, QUEUE, Store
from embedded.broker import PrivateBroker
from kernel.celery import create_celery

BATCH = 20
_ROUNDS = 3
_SECONDS = 120
_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
_ROOM_BYTES = 256 * 1024 * 1024
_BASELINE = "docxtpl, one a task"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way to have documents made: the task, how many a task, how many in a round."""

    name: str
    task: str
    documents: int
    in_a_task: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """How fast documents came out in the median round."""

    way: str
    documents_per_second: float


# What the queue by itself lets through: no document is made.
EMPTY = Way(name="nothing, one a task", task=NOTHING, documents=1_200)
WAYS = (
    Way(name=_BASELINE, task=DOCXTPL, documents=200),
    Way(name="thidua, one a task", task=ONE, documents=1_200),
    Way(name=f"thidua, {BATCH} a task", task=MANY, documents=4_000, in_a_task=BATCH),
)
_TARGETS = {WAYS[1].name: 6, WAYS[2].name: 20}


class Stuck(RuntimeError):
    """The worker did not finish; the message is the end of its log."""


def measure() -> list[Flow]:
    """Return the documents a second of each way; the ways take turns."""
    folder = Path(tempfile.mkdtemp(prefix="thidua-bench-", dir=_in_memory()))
    try:
        with _broker(folder) as url:
            return _measure(url, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _in_memory() -> Path | None:
    """Return where files lie in memory, if there is room: a disk is not what is measured."""
    has_room = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM_BYTES
    return _MEMORY if has_room else None


def verdicts(found: Sequence[Flow]) -> list[Verdict]:
    """Return a verdict on each target."""
    times = times_the_baseline(found)
    return [
        Verdict(
            target=f"{way}: at least {least} × the documents a second of {_BASELINE}",
            measured=f"{times[way]:.1f} ×",
            is_met=times[way] >= least,
        )
        for way, least in _TARGETS.items()
    ]


def times_the_baseline(found: Sequence[Flow]) -> dict[str, float]:
    """Return each way's documents a second as a multiple of plain docxtpl's."""
    base = next(flow.documents_per_second for flow in found if flow.way == _BASELINE)
    return {flow.way: flow.documents_per_second / base for flow in found}


def _measure(url: str, folder: Path) -> list[Flow]:
    store = _filled_store(folder)
    taken: dict[str, list[float]] = {way.name: [] for way in (EMPTY, *WAYS)}
    with _worker(url, store) as worker:
        line = _Line(create_celery("bench-producer", broker_url=url), store, worker)
        said = {way.name: _warmed_up(line, way) for way in WAYS}
        assert len(set(said.values())) == 1, f"the ways make different documents: {said}"
        for _ in range(_ROUNDS):
            for way in (EMPTY, *WAYS):
                taken[way.name].append(way.documents / line.seconds(way, way.documents))
    return [
        Flow(way=name, documents_per_second=statistics.median(rates))
        for name, rates in taken.items()
    ]


def _warmed_up(line: "_Line", way: Way) -> str:
    """Have a few documents made by every pool process; return what the first one says."""
    line.seconds(way, 4 * BATCH)
    return fingerprint(line.store.document(0))


@dataclass(frozen=True, slots=True)
class _Line:
    """From the producer to the documents."""

    producer: Celery
    store: Store
    worker: "subprocess.Popen[bytes]"

    def seconds(self, way: Way, documents: int) -> float:
        """Send the ids and wait for the documents."""
        self.store.done.write_bytes(b"")
        started = time.perf_counter()
        for first in range(0, documents, way.in_a_task):
            ids = list(range(first, first + way.in_a_task))
            self.producer.send_task(
                way.task, args=[ids if way.in_a_task > 1 else first], queue=QUEUE
            )
        while (done := self.store.done.stat().st_size) < documents:
            late = time.perf_counter() - started > _SECONDS
            if late or self.worker.poll() is not None:
                log = self.store.log.read_text("utf-8", "replace")
                raise Stuck(f"{way.name}: {done} of {documents} documents\n{log[-2000:]}")
            time.sleep(0.02)
        return time.perf_counter() - started


def _filled_store(folder: Path) -> Store:
    store = Store(folder)
    store.template.write_bytes(report_template())
    for number in range(CONTEXTS):
        data = {**report_data(), "number": f"Số: {number}/BC-UBND"}
        store.context(number).write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    return store


@contextmanager
def _broker(folder: Path) -> Iterator[str]:
    broker = PrivateBroker(folder)
    broker.start()
    try:
        yield broker.url
    finally:
        broker.stop()


@contextmanager
def _worker(url: str, store: Store) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-m", "bench.throughput_worker", url, str(store.folder)]
    with store.log.open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own command, no shell
            command, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
