"""`make bench`: measure, print tables of ratios, write plots and var/bench/*.json."""

import argparse
import json
import platform
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import psutil
from rich.console import Console

from bench import issuing, pdf, rendering, throughput
from bench.documents import case_names
from bench.engines import ROOT, Engine, python_engines
from bench.installing import PeersMissing, installed_peers
from bench.plotting import plot
from bench.tables import (
    baseline_table,
    rendering_table,
    throughput_table,
    times_table,
    verdict_table,
)
from bench.targets import OURS, verdicts

OUTPUT = ROOT / "var" / "bench"
_WIDTH = 100
_BUSY = 0.7
_ENGINES = (OURS, "docxtpl", "docxtemplater", "carbone", "limit")
_COST = {
    "docxtpl": "then nothing says what docxtpl would have made of the same, and it is no reference",
    "docxtemplater": "the target against docxtemplater is not measured",
    "carbone": "the two targets against carbone are not measured",
    "limit": "the distance to the limit is not measured",
}


def _render(console: Console, options: argparse.Namespace) -> None:
    """Measure rendering beside the peers."""
    engines = _engines(console, options.engines)
    results = []
    for result in rendering.measure(options.cases, engines, turns=options.turns):
        results.append(result)
        console.print(f"  measured: {result.case.name}")
    console.print(rendering_table(results))
    found = verdicts({result.case.name: result for result in results})
    console.print(verdict_table("rendering: targets", found))
    rows = [one.as_json() for result in results for one in result.rendered]
    _write(console, "render", rows)
    for path in plot(results, OUTPUT):
        _tell(console, path)
    wrong = [
        f"{it.engine} on {it.case}"
        for result in results
        for it in result.rendered
        if not it.equivalent
    ]
    if wrong:
        raise SystemExit(f"not the same document as the others: {', '.join(wrong)}")


def _engines(console: Console, names: Sequence[str]) -> list[Engine]:
    """Return those that can be measured here, and say what is left out and what that costs."""
    known = python_engines()
    if set(names) - set(known):
        try:
            known |= installed_peers(OUTPUT / "peers")
        except PeersMissing as exc:
            console.print(f"[bold yellow]{exc}[/]")
    for name in _ENGINES:
        if name not in names or name not in known:
            why = "not asked for" if name not in names else "cannot run here"
            cost = _COST.get(name, "nothing has a ratio to it")
            console.print(f"[bold yellow]LEFT OUT: {name}, {why}: {cost}.[/]")
    return [known[name] for name in _ENGINES if name in names and name in known]


def _throughput(console: Console, _: argparse.Namespace) -> None:
    """Measure documents a second through Celery."""
    found = throughput.measure()
    console.print(throughput_table(found))
    console.print(verdict_table("through Celery: targets", throughput.verdicts(found)))
    _write(console, "throughput", [asdict(one) for one in found])


def _pdf(console: Console, _: argparse.Namespace) -> None:
    """Measure LibreOffice kept warm."""
    if not pdf.is_possible():
        console.print("[bold yellow]LEFT OUT: LibreOffice is not here: no PDF is measured.[/]")
        return
    found = pdf.measure()
    console.print(times_table("PDF: medians of one run", found))
    console.print(verdict_table("PDF: targets", pdf.verdicts(found)))
    _write(console, "pdf", [asdict(one) for one in found])


def _issue(console: Console, _: argparse.Namespace) -> None:
    """Measure issuing on both databases."""
    found = issuing.measure()
    console.print(baseline_table("issuing: medians of one run", found, "floor"))
    _write(console, "issue", [asdict(one) for one in found])


_PARTS: dict[str, Callable[[Console, argparse.Namespace], None]] = {
    "render": _render,
    "throughput": _throughput,
    "pdf": _pdf,
    "issue": _issue,
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the parts that are asked for; without a word, all of them."""
    options = _options(arguments)
    terminal = Console()
    console = terminal if terminal.is_terminal else Console(width=_WIDTH)
    OUTPUT.mkdir(parents=True, exist_ok=True)
    console.print(f"machine: {_machine()}")
    load, _, _ = psutil.getloadavg()
    if load > _BUSY:
        console.print(
            f"[bold yellow]The machine is busy (load {load:.1f}): what takes long is interrupted "
            "more often than what takes a millisecond, so the ratios look better than they are.[/]"
        )
    for name in options.parts:
        console.print(f"measuring: {name} …")
        _PARTS[name](console, options)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(_PARTS)}")
    parser.add_argument("--cases", nargs="+", choices=case_names(), default=case_names())
    parser.add_argument("--engines", nargs="+", choices=_ENGINES, default=_ENGINES)
    parser.add_argument("--turns", type=int, help="of each engine, for a quick look")
    options = parser.parse_args(arguments)
    if unknown := set(options.parts) - set(_PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    if options.turns is not None and options.turns < 1:
        parser.error("--turns is at least 1")
    options.parts = options.parts or list(_PARTS)
    return options


def _machine() -> str:
    node = shutil.which("node")
    versions = [f"Python {platform.python_version()}"]
    if node:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
        versions.append(f"Node {said.stdout.strip().removeprefix('v')}")
    return ", ".join([f"{psutil.cpu_count()} cores", *versions])


def _write(console: Console, name: str, rows: Sequence[object]) -> None:
    path = OUTPUT / f"{name}.json"
    path.write_text(json.dumps(rows, indent=1), "utf-8")
    _tell(console, path)


def _tell(console: Console, path: Path) -> None:
    console.print(f"written: {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
