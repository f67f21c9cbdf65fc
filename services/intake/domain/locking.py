"""What still has to be done before the results of a session can be locked (chốt kết quả)."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from kernel.contracts.dossier import Nomination
from services.intake.domain.candidates import identity_of, squashed
from services.intake.domain.council import (
    SessionFacts,
    Votes,
    errors_in_facts,
    errors_in_votes,
    gaps_in_facts,
)
from services.intake.domain.eligibility import Finding, Severity

Voted: TypeAlias = Mapping[UUID, tuple[Nomination, Votes, bool | None]]
_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to do; the pointer says on which page: facts, votes, findings or candidates."""

    pointer: str
    message: str


def problems_in(
    facts: SessionFacts,
    voted: Voted,
    *,
    findings: Sequence[Finding],
    explained: Collection[str],
    is_stale: bool,
) -> tuple[Problem, ...]:
    """Return everything that stands against locking, in the order in which one works."""
    return (
        *_in_list(voted, is_stale=is_stale),
        *_in_findings(findings, explained),
        *_in_facts(facts),
        *_in_votes(facts, voted),
    )


def _in_list(voted: Voted, *, is_stale: bool) -> Iterator[Problem]:
    if is_stale:
        yield Problem(
            pointer="#/candidates",
            message="Báo cáo đã duyệt có thay đổi; hãy cập nhật danh sách đề nghị.",
        )
    if not voted:
        yield Problem(pointer="#/candidates", message="Không có đề nghị nào để bình xét.")
    told = Counter(_in_full(nomination) for nomination, _, _ in voted.values())
    names = {_in_full(nomination): nomination.name for nomination, _, _ in voted.values()}
    for said, count in told.items():
        if count > 1:
            yield Problem(
                pointer="#/candidates",
                message=(
                    f"{names[said]}: {count} đề nghị không có gì khác nhau; hãy gộp, hoặc đề nghị "
                    "ngành ghi rõ chức vụ, đơn vị."
                ),
            )


def _in_full(nomination: Nomination) -> str:
    parts = (nomination.title, nomination.achievement)
    return "|".join((identity_of(nomination), *map(squashed, parts)))


def _in_findings(findings: Sequence[Finding], explained: Collection[str]) -> Iterator[Problem]:
    for it in findings:
        if it.severity is Severity.ERROR:
            yield Problem(pointer="#/findings", message=it.message)
        elif it.needs_reason and it.key not in explained:
            yield Problem(pointer="#/findings", message=f"Chưa ghi lý do: {it.message}")


def _in_facts(facts: SessionFacts) -> Iterator[Problem]:
    for gap in gaps_in_facts(facts):
        yield Problem(pointer="#/facts", message=gap)
    for error in errors_in_facts(facts):
        yield Problem(pointer="#/facts", message=error.detail)


def _in_votes(facts: SessionFacts, voted: Voted) -> Iterator[Problem]:
    present = len(facts.present)
    blank = [said.name for said, votes, _ in voted.values() if votes.is_blank and not votes.decided]
    if blank:
        tail = "…" if len(blank) > _NAMED else "."
        yield Problem(
            pointer="#/votes",
            message=f"Chưa có phiếu của {len(blank)} đề nghị: {', '.join(blank[:_NAMED])}{tail}",
        )
    for said, votes, _ in voted.values():
        for error in errors_in_votes(votes, present, ""):
            yield Problem(pointer="#/votes", message=f"{said.name}: {error.detail}")
        if votes.is_blank and votes.decided:
            yield Problem(pointer="#/votes", message=f"{said.name}: chưa nhập số phiếu.")
