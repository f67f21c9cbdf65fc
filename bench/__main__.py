"""`make bench`: measure, print a table of ratios, write var/bench/*.json."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import issuing, rendering
from bench.measuring import Measured

OUTPUT = Path(__file__).resolve().parent.parent / "var" / "bench"
_BASELINES = ("docxtpl", "floor")


def main() -> None:
    """Measure everything there is."""
    console = Console()
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for name, measure in (("render", rendering.measure), ("issue", issuing.measure)):
        console.print(f"measuring: {name} …")
        found = measure()
        console.print(_table(name, found))
        path = OUTPUT / f"{name}.json"
        path.write_text(json.dumps([asdict(one) for one in found], indent=1), "utf-8")
        console.print(f"written: {path.name} in {OUTPUT.parent.name}/{OUTPUT.name}")


def _table(name: str, found: Iterable[Measured]) -> Table:
    """Return medians, and each engine's time as a multiple of the baseline's in the same case."""
    table = Table(title=f"{name}: medians of one run")
    for heading in ("case", "engine", "ms", "times the baseline"):
        table.add_column(heading, justify="left" if heading in {"case", "engine"} else "right")
    rows = list(found)
    base = {one.case: one.median_ms for one in rows if one.engine in _BASELINES}
    for one in rows:
        ratio = one.median_ms / base[one.case]
        table.add_row(one.case, one.engine, f"{one.median_ms:.1f}", f"{ratio:.2f} ×")
    return table


if __name__ == "__main__":
    main()
