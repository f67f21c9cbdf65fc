"""The tasks whose throughput is measured make the same documents, each counted once."""

import json

import pytest

from bench.documents import report_data, report_template
from bench.equivalence import fingerprint
from bench.throughput import BATCH, WAYS, Flow, verdicts
from bench.throughput_worker import DOCXTPL, MANY, ONE, Store, create_worker


@pytest.fixture
def store(tmp_path):
    filled = Store(tmp_path)
    filled.template.write_bytes(report_template())
    for number in range(2):
        data = {**report_data(), "number": f"Số: {number}/BC-UBND"}
        filled.context(number).write_text(json.dumps(data), "utf-8")
    return filled


@pytest.fixture
def tasks(store):
    worker = create_worker("memory://", store)
    worker.finalize()
    return worker.tasks


@pytest.mark.parametrize("task", [DOCXTPL, ONE])
def test_a_task_makes_one_document_and_counts_it(store, tasks, task):
    tasks[task](1)

    assert store.document(1).exists()
    assert store.done.read_bytes() == b"."


def test_a_batch_makes_every_document_as_docxtpl_would(store, tasks):
    tasks[MANY]([0, 1])
    ours = [fingerprint(store.document(number)) for number in (0, 1)]
    tasks[DOCXTPL](0)
    tasks[DOCXTPL](1)

    assert ours == [fingerprint(store.document(number)) for number in (0, 1)]
    assert ours[0] != ours[1]
    assert store.done.stat().st_size == 4


def test_rates_are_compared_with_plain_docxtpl():
    plain, one, many = (way.name for way in WAYS)
    rates = {plain: 10.0, one: 60.0, many: 199.0}

    found = verdicts([Flow(way=way, documents_per_second=it) for way, it in rates.items()])

    assert [it.is_met for it in found] == [True, False]
    assert WAYS[2].in_a_task == BATCH
