"""Each engine runs in a process of its own; what it says becomes the bench's result."""

import json
import sys

import pytest

from bench.documents import report_template
from bench.engines import ROOT, Engine, python_engines
from bench.installing import PeersMissing, installed_peers
from bench.plotting import plot
from bench.rendering import measure
from tests.support import programs


@pytest.fixture(scope="session")
def peers():
    try:
        return installed_peers(ROOT / "var" / "bench" / "peers")
    except PeersMissing as exc:
        programs.left_out["node"] += 1
        pytest.skip(str(exc))


def measured(name, engines):
    (result,) = measure([name], list(engines), turns=1)
    return result


def test_the_python_engines_give_equivalent_documents():
    result = measured("annex-3", python_engines().values())

    assert {it.engine: it.equivalent for it in result.rendered} == {
        "thidua": True,
        "docxtpl": True,
        "limit": True,
    }
    assert all(it.median_ms > 0 and it.peak_rss_mb > 1 for it in result.rendered)


@pytest.mark.node
@pytest.mark.parametrize("name", ["annex-3", "report"])
def test_the_peers_from_npm_give_equivalent_documents(name, peers):
    result = measured(name, [python_engines()["docxtpl"], *peers.values()])

    assert {it.engine: it.equivalent for it in result.rendered} == {
        "docxtpl": True,
        "docxtemplater": True,
        "carbone": True,
    }


def test_a_result_is_written_with_exactly_these_keys():
    result = measured("annex-3", [python_engines()["limit"]])

    (row,) = json.loads(json.dumps([it.as_json() for it in result.rendered]))
    assert list(row) == ["case", "engine", "median_ms", "peak_rss_mb", "equivalent"]
    assert (row["case"], row["engine"], row["equivalent"]) == ("annex-3", "limit", True)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ([sys.executable, "-m", "bench.python_engine", "none"], "ended with status 1"),
        ([sys.executable, "-c", 'print(\'{"error": "too long"}\')'], "too long"),
    ],
)
def test_an_engine_that_fails_is_told_and_the_others_are_measured(command, said):
    broken = Engine(name="carbone", command=tuple(command))

    result = measured("annex-3", [broken, python_engines()["docxtpl"]])

    assert result.failed == {"carbone": said}
    assert [it.engine for it in result.rendered] == ["docxtpl"]


def test_a_document_that_says_something_else_is_not_equivalent():
    other = Engine(
        name="limit",
        command=python_engines()["limit"].command,
        translate=lambda _: report_template(),
    )

    result = measured("annex-3", [python_engines()["docxtpl"], other])

    assert {it.engine: it.equivalent for it in result.rendered} == {"docxtpl": True, "limit": False}


def test_the_plot_is_written_as_picture_and_as_drawing(tmp_path):
    result = measured("annex-3", python_engines().values())

    written = plot([result], tmp_path)

    assert [it.name for it in written] == ["render.png", "render.svg"]
    assert written[0].read_bytes().startswith(b"\x89PNG")
    assert b"thidua" in written[1].read_bytes()
