"""The award table of a report, counted from the nominations: no count is typed twice."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kernel.contracts.dossier import DossierContent, Nomination, SectorReport
from services.assembler.domain import wording
from vnadmin import amounts
from vnadmin.awards.titles import NomineeKind, all_awards

# The order in which official lists name those who are commended.
KINDS = (NomineeKind.COLLECTIVE, NomineeKind.HOUSEHOLD, NomineeKind.INDIVIDUAL)


@dataclass(frozen=True, slots=True)
class AwardCount:
    """How many of each kind of nominee got one award (or several, where it is a sum)."""

    title: str
    by_kind: Mapping[NomineeKind, int]
    is_counted_only: bool = False

    @property
    def total(self) -> int:
        """Return the number of awards; one person with two awards counts twice."""
        return sum(self.by_kind.values())


def proposed(sectors: Sequence[SectorReport]) -> list[Nomination]:
    """Return every nomination as the sectors made it."""
    return [nomination for sector in sectors for nomination in sector.nominations]


def nominations(content: DossierContent) -> list[Nomination]:
    """Return who may be commended: those whom the council approved, once it has voted.

    Awards that are not the council's are counted as sectors tell them. Without a vote everyone who
    was proposed stays in: `is_reviewed` says which of the two it is.
    """
    every = proposed(content.sectors)
    if not is_reviewed(content):
        return every
    approved = [it.nomination for held in content.council for it in held.results if it.passed]
    outside = {it.code for it in all_awards() if it.is_counted_only}
    return [*approved, *(it for it in every if it.award in outside)]


def is_reviewed(content: DossierContent) -> bool:
    """Tell whether the council has voted on the nominations (đã bình xét)."""
    return bool(content.council)


def award_counts(
    every: Iterable[Nomination], words: Mapping[str, str] | None = None
) -> list[AwardCount]:
    """Return one count an award, highest first; an award that we do not know comes last."""
    counted = Counter((it.award, NomineeKind(it.kind)) for it in every)
    titles = {award.code: (award.title, award.is_counted_only) for award in all_awards(words)}
    titles |= {code: (code, False) for code, _ in counted if code not in titles}
    counts = [
        AwardCount(title, {kind: counted[code, kind] for kind in KINDS}, is_counted_only)
        for code, (title, is_counted_only) in titles.items()
    ]
    return [count for count in counts if count.total]


def total(label: str, counts: Iterable[AwardCount]) -> AwardCount:
    """Return the sum of several counts under a label."""
    summands = list(counts)
    return AwardCount(label, {kind: sum(c.by_kind[kind] for c in summands) for kind in KINDS})


def told(count: AwardCount, *, times: str = "") -> str:
    """Return "19 tập thể và 70 cá nhân"; `times` ("lượt") stands before the word for who."""
    word = f"{times} " if times else ""
    return wording.enumerated(
        [
            f"{amounts.padded_count(count.by_kind[kind])} {word}{kind.label}"
            for kind in KINDS
            if count.by_kind[kind]
        ]
    )


def table(every: Iterable[Nomination], words: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return rows, sums and one sentence; Party and mass organisations are summed apart."""
    counts = award_counts(every, words)
    government = [count for count in counts if not count.is_counted_only]
    everything = total("Tổng cộng", counts)
    sums = [everything]
    if government and len(government) < len(counts):
        sums.insert(0, total("Cộng khen thưởng của chính quyền các cấp", government))
    return {
        "rows": [{"number": str(n), **_cells(count)} for n, count in enumerate(counts, 1)],
        "sums": [_cells(count) for count in sums] if counts else [],
        "summary": told(everything, times="lượt"),
    }


def _cells(count: AwardCount) -> dict[str, str]:
    cells = {kind.value: amounts.padded_count(count.by_kind[kind]) for kind in KINDS}
    return {"title": count.title, **cells, "total": amounts.padded_count(count.total)}
