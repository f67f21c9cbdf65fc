"""The plot of a rendering run: time and memory by length of the annex, and the report."""

from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bench.documents import REPORT
from bench.rendering import CaseResult, Rendered
from bench.targets import OURS

_COLOURS = {
    "thidua": "#c8102e",
    "limit": "#7f7f7f",
    "docxtpl": "#1f77b4",
    "docxtemplater": "#2ca02c",
    "carbone": "#9467bd",
}


def plot(results: Sequence[CaseResult], folder: Path) -> list[Path]:
    """Write render.png and render.svg."""
    figure = Figure(figsize=(13, 4.6), layout="constrained")
    report, time, memory = figure.subplots(1, 3, width_ratios=(1, 1.4, 1.4))
    _bars(report, [it for result in results for it in result.rendered if it.case == REPORT])
    annexes = [result for result in results if result.case.rows]
    _lines(time, annexes, "median_ms", "milliseconds")
    _lines(memory, annexes, "peak_rss_mb", "peak resident size, MB")
    written = [folder / "render.png", folder / "render.svg"]
    for path in written:
        figure.savefig(path, dpi=150)
    return written


def _bars(axes: Axes, rows: Sequence[Rendered]) -> None:
    names = [it.engine for it in rows]
    bars = axes.bar(names, [it.median_ms for it in rows], color=[_COLOURS[it] for it in names])
    axes.bar_label(bars, fmt="%.1f", padding=2, fontsize=8)
    axes.set_title("a report of five pages")
    axes.set_ylabel("milliseconds")
    axes.tick_params(axis="x", rotation=40)


def _lines(axes: Axes, annexes: Sequence[CaseResult], figure: str, label: str) -> None:
    for engine, colour in _COLOURS.items():
        found = [(result.case.rows, result.of(engine)) for result in annexes]
        points = [(rows, getattr(it, figure)) for rows, it in found if it is not None]
        if points:
            width = 2.5 if engine == OURS else 1.3
            axes.plot(*zip(*points, strict=True), "o-", color=colour, label=engine, lw=width, ms=4)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_title("an annex, by its rows")
    axes.set_xlabel("rows")
    axes.set_ylabel(label)
    axes.grid(visible=True, which="major", alpha=0.3)
    axes.legend(fontsize=8)
