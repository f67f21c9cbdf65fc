"""The Celery worker that `bench.throughput` measures: arguments are the broker and a folder.

Tasks take ids only, as ours do: the worker finds template and data in the folder, and writes the
document there. One byte a document in the file `done` tells how many are finished.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from celery import Celery
from docxtpl import DocxTemplate

from kernel.celery import create_celery
from kernel.contracts.tasks import Queue
from services.assembler.rendering.docx import Renderer

QUEUE = Queue.RENDER.value
NOTHING, DOCXTPL = "bench.nothing", "bench.docxtpl"
ONE, MANY = "bench.thidua", "bench.thidua-many"
CONTEXTS = 200
DOCUMENTS = 400
PROCESSES = 2


@dataclass(frozen=True, slots=True)
class Store:
    """Where template, data and documents are."""

    folder: Path

    @property
    def template(self) -> Path:
        """Return the template's file."""
        return self.folder / "template.docx"

    @property
    def done(self) -> Path:
        """Return the file that grows by one byte a document."""
        return self.folder / "done"

    @property
    def log(self) -> Path:
        """Return what the worker said."""
        return self.folder / "worker.log"

    def context(self, number: int) -> Path:
        """Return the file of the data of this document; there are fewer data than documents."""
        return self.folder / f"context-{number % CONTEXTS}.json"

    def document(self, number: int) -> Path:
        """Return the file of this document; a later one takes it over."""
        return self.folder / f"document-{number % DOCUMENTS}.docx"


def create_worker(broker_url: str, store: Store) -> Celery:
    """Return the app, with the settings of ours."""
    celery = create_celery("bench", broker_url=broker_url)
    render = Renderer(store.folder / "compiled").render

    @celery.task(name=NOTHING, shared=False)
    def nothing(_: int) -> None:
        _count(store, 1)

    @celery.task(name=DOCXTPL, shared=False)
    def by_docxtpl(number: int) -> None:
        _make(store, [number], _docxtpl)

    @celery.task(name=ONE, shared=False)
    def one(number: int) -> None:
        _make(store, [number], render)

    @celery.task(name=MANY, shared=False)
    def many(numbers: list[int]) -> None:
        _make(store, numbers, render)

    return celery


def _make(store: Store, numbers: list[int], make: Callable[[bytes, dict[str, Any]], bytes]) -> None:
    template = store.template.read_bytes()
    for number in numbers:
        data = json.loads(store.context(number).read_bytes())
        store.document(number).write_bytes(make(template, data))
    _count(store, len(numbers))


def _count(store: Store, documents: int) -> None:
    with store.done.open("ab") as done:
        done.write(b"." * documents)


def _docxtpl(template: bytes, data: dict[str, Any]) -> bytes:
    document = DocxTemplate(BytesIO(template))
    document.render(data, autoescape=True)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def main() -> None:
    """Work until told to stop."""
    broker_url, folder = sys.argv[1:]
    celery = create_worker(broker_url, Store(Path(folder)))
    options = ("--without-gossip", "--without-mingle", "--loglevel=WARNING")
    pool = ("--pool=prefork", f"--concurrency={PROCESSES}", f"--queues={QUEUE}")
    celery.worker_main(["worker", *pool, *options])


if __name__ == "__main__":
    main()
