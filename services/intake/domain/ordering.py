"""The order in which official lists name nominees: by award, by kind, by name."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from kernel.contracts.dossier import Nomination
from vnadmin.awards.titles import NomineeKind, all_awards
from vnadmin.collation import sort_key
from vnadmin.names import name_sort_key

T = TypeVar("T")

KINDS = (NomineeKind.COLLECTIVE.value, NomineeKind.HOUSEHOLD.value, NomineeKind.INDIVIDUAL.value)


def in_award_order(
    items: Iterable[T], said: Callable[[T], Nomination]
) -> list[tuple[str, list[T]]]:
    """Return the items award by award, the highest first; an award that nobody knows comes last."""
    every = list(items)
    known = [it.code for it in all_awards()]
    others = sorted({said(it).award for it in every} - set(known))
    grouped = [(code, [it for it in every if said(it).award == code]) for code in known + others]
    return [(code, in_name_order(mine, said)) for code, mine in grouped if mine]


def in_name_order(items: Iterable[T], said: Callable[[T], Nomination]) -> list[T]:
    """Return collectives, households, then individuals; people by tên, đệm, họ."""

    def key(it: T) -> tuple[object, ...]:
        one = said(it)
        place = KINDS.index(one.kind) if one.kind in KINDS else len(KINDS)
        is_collective = one.kind == NomineeKind.COLLECTIVE
        name = sort_key(one.name) if is_collective else name_sort_key(one.name)
        return place, name, sort_key(one.unit)

    return sorted(items, key=key)
