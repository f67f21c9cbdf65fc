"""What the engine is to reach, as ratios of one run, and whether it did."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bench.rendering import CaseResult

OURS = "thidua"
_LIMIT = "limit"
# Case, peer, how many times the engine's own time the peer's is to be at least.
_FASTER_THAN = (
    ("report", "docxtpl", 30),
    ("annex-1000", "docxtpl", 25),
    ("annex-1000", "docxtemplater", 20),
    ("annex-1000", "carbone", 8),
    ("annex-10000", "docxtpl", 25),
    ("annex-10000", "carbone", 3),
)
_OF_LIMIT = 1.2
_LONG_ROWS = 1_000
# A row of the longest annex against a row of one a tenth as long: linear, with room for noise.
_LINEAR = 1.25
_SHORT, _LONG = "annex-10000", "annex-100000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A target with what was measured; `is_met` is None where it could not be."""

    target: str
    measured: str
    is_met: bool | None


def verdicts(results: Mapping[str, CaseResult]) -> list[Verdict]:
    """Return a verdict on each target of the rendering."""
    return [*_against_peers(results), *_against_limit(results), *_linearity(results)]


def ratio(result: CaseResult | None, engine: str, to: str = OURS) -> float | None:
    """Return how many times the time of `to` this engine took, or None where one is missing."""
    of, base = (result.of(engine), result.of(to)) if result else (None, None)
    return of.median_ms / base.median_ms if of and base else None


def _against_peers(results: Mapping[str, CaseResult]) -> Iterator[Verdict]:
    for case, peer, times in _FASTER_THAN:
        found = ratio(results.get(case), peer)
        target = f"{case}: at least {times} × as fast as {peer}"
        yield _verdict(target, found, found is not None and found >= times)


def _against_limit(results: Mapping[str, CaseResult]) -> Iterator[Verdict]:
    for case, result in results.items():
        found = ratio(result, OURS, to=_LIMIT)
        is_long = result.case.rows >= _LONG_ROWS
        most, words = (
            (1.0, "below the limit") if is_long else (_OF_LIMIT, "at most 1.2 × the limit")
        )
        is_met = found is not None and (found < most if is_long else found <= most)
        yield _verdict(f"{case}: {words}", found, is_met)


def _linearity(results: Mapping[str, CaseResult]) -> Iterator[Verdict]:
    short, long = results.get(_SHORT), results.get(_LONG)
    for words, cost in (("milliseconds", _ms_a_row), ("resident size", _kb_a_row)):
        costs = cost(short), cost(long)
        found = costs[1] / costs[0] if costs[0] and costs[1] else None
        target = f"{words} a row at 100,000 rows: at most {_LINEAR} × that at 10,000"
        yield _verdict(target, found, found is not None and found <= _LINEAR)


def _ms_a_row(result: CaseResult | None) -> float | None:
    ours = result.of(OURS) if result else None
    return ours.median_ms / result.case.rows if result and ours else None


def _kb_a_row(result: CaseResult | None) -> float | None:
    return grown_kb_a_row(result, OURS) if result else None


def grown_kb_a_row(result: CaseResult, engine: str) -> float | None:
    """Return what rendering added to the resident size with the data loaded, for each row."""
    found = result.of(engine)
    if found is None or not result.case.rows:
        return None
    return (found.peak_rss_mb - result.loaded_mb[engine]) * 1024 / result.case.rows


def _verdict(target: str, found: float | None, is_met: bool) -> Verdict:
    if found is None:
        return Verdict(target=target, measured="not measured", is_met=None)
    return Verdict(target=target, measured=f"{found:.2f} ×", is_met=is_met)
