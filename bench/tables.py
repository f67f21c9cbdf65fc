"""The tables that `make bench` prints."""

from collections.abc import Iterable, Sequence

from rich.table import Table

from bench.measuring import Measured
from bench.rendering import CaseResult
from bench.targets import OURS, Verdict, grown_kb_a_row, ratio
from bench.throughput import Flow, times_the_baseline

_MANY_ROWS = 1_000
_WORDS = {True: "[green]met[/]", False: "[bold red]NOT MET[/]", None: "[yellow]not measured[/]"}


def rendering_table(results: Sequence[CaseResult]) -> Table:
    """Return medians, the engine's time as the unit, and memory."""
    table = _table(
        "rendering: medians (and fastest) of interleaved warm renders, one run",
        ("case", "engine"),
        ("ms", f"× {OURS}", "fastest", "peak MB", "kB/row"),
        ("same",),
    )
    for result in results:
        for it in result.rendered:
            times, grown = ratio(result, it.engine), _grown(result, it.engine)
            table.add_row(
                it.case,
                f"[bold]{it.engine}[/]" if it.engine == OURS else it.engine,
                f"{it.median_ms:,.2f}",
                "" if times is None else f"{times:.2f}",
                f"{result.fastest_ms[it.engine]:,.2f}",
                f"{it.peak_rss_mb:.0f}",
                grown,
                "yes" if it.equivalent else "[bold red]NO[/]",
            )
        for engine, said in result.failed.items():
            table.add_row(result.case.name, engine, "[bold red]FAILED[/]", *[""] * 5)
            table.caption = f"{table.caption or ''}{engine}: {said[:200]} "
        table.add_section()
    return table


def _grown(result: CaseResult, engine: str) -> str:
    """Return nothing for a short annex: there the program itself outweighs the rows."""
    grown = grown_kb_a_row(result, engine) if result.case.rows >= _MANY_ROWS else None
    return "" if grown is None else f"{grown:.1f}"


def verdict_table(title: str, found: Iterable[Verdict]) -> Table:
    """Return the targets with what was measured."""
    table = _table(title, ("target",), ("measured",), ("",))
    for it in found:
        table.add_row(it.target, it.measured, _WORDS[it.is_met])
    return table


def throughput_table(found: Sequence[Flow]) -> Table:
    """Return documents a second, and as a multiple of plain docxtpl's."""
    table = _table("through Celery, 2 processes", ("way",), ("documents/s", "× docxtpl"), ())
    times = times_the_baseline(found)
    for it in found:
        table.add_row(it.way, f"{it.documents_per_second:,.0f}", f"{times[it.way]:.1f}")
    return table


def times_table(title: str, found: Sequence[Measured]) -> Table:
    """Return medians alone."""
    table = _table(title, ("case", "engine"), ("ms",), ())
    for one in found:
        table.add_row(one.case, one.engine, f"{one.median_ms:,.1f}")
    return table


def baseline_table(title: str, found: Sequence[Measured], baseline: str) -> Table:
    """Return medians, and each engine's time as a multiple of the baseline's in the same case."""
    table = _table(title, ("case", "engine"), ("ms", f"× {baseline}"), ())
    base = {one.case: one.median_ms for one in found if one.engine == baseline}
    for one in found:
        times = one.median_ms / base[one.case]
        table.add_row(one.case, one.engine, f"{one.median_ms:.1f}", f"{times:.2f}")
    return table


def _table(title: str, left: Sequence[str], right: Sequence[str], last: Sequence[str]) -> Table:
    table = Table(title=title)
    for heading in left:
        table.add_column(heading, no_wrap=heading in {"case", "engine"})
    for heading in right:
        table.add_column(heading, justify="right")
    for heading in last:
        table.add_column(heading)
    return table
