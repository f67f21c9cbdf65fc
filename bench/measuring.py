"""Medians of interleaved runs: the machine drifts, so only ratios of one run mean something."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One engine on one case."""

    case: str
    engine: str
    median_ms: float


def interleaved(
    case: str, engines: Mapping[str, Callable[[], object]], *, rounds: int
) -> list[Measured]:
    """Run every engine once a round, after one warm-up, and return the medians."""
    for run in engines.values():
        run()
    taken: dict[str, list[float]] = {name: [] for name in engines}
    for _ in range(rounds):
        for name, run in engines.items():
            started = time.perf_counter()
            run()
            taken[name].append((time.perf_counter() - started) * 1000)
    return [
        Measured(case=case, engine=name, median_ms=statistics.median(times))
        for name, times in taken.items()
    ]
