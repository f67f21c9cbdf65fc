"""Whether a target is met is read off the medians of one run."""

import pytest

from bench.documents import Case
from bench.rendering import CaseResult, Rendered
from bench.targets import grown_kb_a_row, verdicts


def a_result(name, times, *, peaks=None, rows=0):
    peaks = peaks or {}
    rendered = tuple(
        Rendered(
            case=name,
            engine=engine,
            median_ms=ms,
            peak_rss_mb=peaks.get(engine, 50.0),
            equivalent=True,
        )
        for engine, ms in times.items()
    )
    return CaseResult(
        case=Case(name=name, template=b"", data={}, rows=rows),
        rendered=rendered,
        loaded_mb=dict.fromkeys(times, 40.0),
        fastest_ms=dict(times),
        failed={},
    )


def verdict(words, *results):
    (found,) = [it for it in verdicts({it.case.name: it for it in results}) if words in it.target]
    return found


@pytest.mark.parametrize(("docxtpl", "is_met"), [(30.0, True), (29.9, False)])
def test_a_peer_is_to_take_that_many_times_our_time(docxtpl, is_met):
    found = verdict("report: at least", a_result("report", {"thidua": 1.0, "docxtpl": docxtpl}))

    assert found.is_met is is_met


@pytest.mark.parametrize(
    ("rows", "ours", "is_met"),
    [(10, 1.2, True), (10, 1.21, False), (10_000, 0.99, True), (10_000, 1.0, False)],
)
def test_the_limit_may_be_passed_a_little_by_a_short_document_only(rows, ours, is_met):
    result = a_result(f"annex-{rows}", {"thidua": ours, "limit": 1.0}, rows=rows)

    assert verdict("the limit", result).is_met is is_met


@pytest.mark.parametrize(("long", "is_met"), [(1000.0, True), (1300.0, False)])
def test_the_time_a_row_is_to_stay_the_same(long, is_met):
    found = verdict(
        "milliseconds a row",
        a_result("annex-10000", {"thidua": 100.0}, rows=10_000),
        a_result("annex-100000", {"thidua": long}, rows=100_000),
    )

    assert found.is_met is is_met


def test_what_rendering_adds_to_the_memory_is_counted_a_row():
    result = a_result("annex-1000", {"thidua": 1.0}, peaks={"thidua": 41.0}, rows=1_000)

    assert grown_kb_a_row(result, "thidua") == pytest.approx(1.024)


def test_what_was_not_measured_is_neither_met_nor_missed():
    assert {it.is_met for it in verdicts({})} == {None}
