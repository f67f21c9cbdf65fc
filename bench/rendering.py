"""Rendering, engine beside engine: the same template and data, from memory to memory, warm.

The engines take turns: the machine drifts, so only ratios of one run mean something.
"""

import json
import statistics
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from bench.documents import Case, case
from bench.engines import Engine, EngineFailed, EngineProcess, started
from bench.equivalence import fingerprint

REFERENCE = "docxtpl"
# docxtpl's time grows with the square of the rows: a second rendering would only cost a minute.
_RENDERED_ONCE = {("annex-100000", REFERENCE)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """One engine on one case, as it stands in render.json."""

    case: str
    engine: str
    median_ms: float
    peak_rss_mb: float
    equivalent: bool

    def as_json(self) -> dict[str, object]:
        """Return it with as many digits as mean something."""
        rounded = {"median_ms": round(self.median_ms, 3), "peak_rss_mb": round(self.peak_rss_mb, 1)}
        return {**asdict(self), **rounded}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """All engines on one case; those that failed with what they said."""

    case: Case
    rendered: tuple[Rendered, ...]
    loaded_mb: Mapping[str, float]
    """The size of each engine's process with template and data, before it rendered."""
    fastest_ms: Mapping[str, float]
    """The rendering that the machine disturbed least."""
    failed: Mapping[str, str]

    def of(self, engine: str) -> Rendered | None:
        """Return what this engine did, if it was measured."""
        return next((it for it in self.rendered if it.engine == engine), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How often each engine renders a case.

    The first rendering of a turn is not measured: it pays for what the other engines left in the
    processor's caches, and those that take long would hardly feel that.
    """

    warming: int
    """Turns before anything is measured."""
    turns: int
    measured: int
    """Renderings in a turn, after the first."""


def plan(case: Case) -> Plan:
    """Return the plan of a case: the longer it takes, the less often."""
    if case.rows <= 1_000:  # the report has none
        return Plan(warming=4, turns=12, measured=3)
    if case.rows <= 10_000:
        return Plan(warming=1, turns=4, measured=2)
    return Plan(warming=0, turns=3, measured=1)


def measure(
    names: Iterable[str], engines: Sequence[Engine], *, turns: int | None = None
) -> Iterator[CaseResult]:
    """Yield the result of each case; `turns` replaces the usual number."""
    for name in names:
        with tempfile.TemporaryDirectory(prefix="thidua-bench-") as folder:
            yield _measure_case(case(name), engines, turns, Path(folder))


def _measure_case(
    case: Case, engines: Sequence[Engine], turns: int | None, folder: Path
) -> CaseResult:
    planned = plan(case)
    if turns is not None:
        planned = replace(planned, warming=0, turns=turns)
    data = folder / "data.json"
    data.write_text(json.dumps(case.data, ensure_ascii=False), "utf-8")
    with ExitStack() as stack:
        runs = [_Run(case, engine, stack.enter_context(started(engine))) for engine in engines]
        for run in runs:
            run.load(folder, data)
        for turn in range(planned.warming + planned.turns):
            for run in runs:
                run.take_turn(planned, is_measured=turn >= planned.warming)
        for run in runs:
            run.finish(folder)
    return _result(case, runs)


@dataclass(slots=True)
class _Run:
    """One engine on one case while it is measured; after a failure it does nothing more."""

    case: Case
    engine: Engine
    process: EngineProcess
    times: list[float] = field(default_factory=list)
    failure: str = ""
    loaded_mb: float = 0.0
    peak_mb: float = 0.0
    said: str = ""
    """The fingerprint of what it rendered."""

    def load(self, folder: Path, data: Path) -> None:
        template = folder / f"{self.engine.name}.docx"
        template.write_bytes(self.engine.translate(self.case.template))
        with self._failing():
            self.loaded_mb = self.process.load(template, data)

    def take_turn(self, planned: Plan, *, is_measured: bool) -> None:
        is_once = (self.case.name, self.engine.name) in _RENDERED_ONCE
        if self.failure or (is_once and self.times):
            return
        with self._failing():
            taken = [self.process.render() for _ in range(1 if is_once else 1 + planned.measured)]
            if is_measured:
                self.times += taken[-planned.measured :]

    def finish(self, folder: Path) -> None:
        if self.failure:
            return
        output = folder / f"{self.engine.name}-rendered.docx"
        with self._failing():
            self.peak_mb = self.process.peak_mb()
            self.process.save(output)
            self.said = fingerprint(output)

    @contextmanager
    def _failing(self) -> Iterator[None]:
        """Keep an engine's failure as a result: the others are still measured."""
        try:
            yield
        except EngineFailed as exc:
            self.failure = str(exc)


def _result(case: Case, runs: Sequence[_Run]) -> CaseResult:
    whole = [run for run in runs if not run.failure]
    expected = next((run.said for run in whole if run.engine.name == REFERENCE), "")
    # Without docxtpl the engines are compared with the first of them.
    expected = expected or next((run.said for run in whole), "")
    return CaseResult(
        case=case,
        rendered=tuple(
            Rendered(
                case=case.name,
                engine=run.engine.name,
                median_ms=statistics.median(run.times),
                peak_rss_mb=run.peak_mb,
                equivalent=run.said == expected,
            )
            for run in whole
        ),
        loaded_mb={run.engine.name: run.loaded_mb for run in whole},
        fastest_ms={run.engine.name: min(run.times) for run in whole},
        failed={run.engine.name: run.failure for run in runs if run.failure},
    )
