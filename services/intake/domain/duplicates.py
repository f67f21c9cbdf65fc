"""The same nominee proposed by several sectors (trùng), to be shown and merged by the clerk."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

from services.intake.domain.candidates import Nominee, squashed


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two that are one, or may be: certain where unit and name are the same words."""

    first: Nominee
    second: Nominee
    is_certain: bool

    @property
    def label(self) -> str:
        """The Vietnamese words."""
        return "Trùng" if self.is_certain else "Có thể trùng"


def pair_key(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    """Return the two ids in the order in which they are kept."""
    return (one, other) if str(one) < str(other) else (other, one)


def pairs(
    nominees: Sequence[Nominee], told_apart: Collection[tuple[UUID, UUID]]
) -> tuple[Pair, ...]:
    """Return the pairs that nobody has merged or told apart yet, certain ones first."""
    buckets: dict[tuple[str, str, str], list[Nominee]] = {}
    for it in nominees:
        if it.is_on_agenda:
            said = it.nomination
            buckets.setdefault((said.kind, said.award, squashed(said.name)), []).append(it)
    found = [
        Pair(first=one, second=other, is_certain=_unit(one) == _unit(other))
        for bucket in buckets.values()
        for one, other in combinations(bucket, 2)
        if not any(key in told_apart for key in _keys(one, other))
    ]
    return tuple(sorted(found, key=lambda it: not it.is_certain))


def _unit(nominee: Nominee) -> str:
    return squashed(nominee.nomination.unit)


def _keys(one: Nominee, other: Nominee) -> Iterator[tuple[UUID, UUID]]:
    for mine in one.members:
        for theirs in other.members:
            yield pair_key(mine.id, theirs.id)
