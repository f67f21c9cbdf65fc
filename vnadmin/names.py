"""Names of people: taken apart and put in the order of Vietnamese lists."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from vnadmin.collation import CollationKey, sort_key

T = TypeVar("T")
NameKey: TypeAlias = tuple[CollationKey, CollationKey, CollationKey, CollationKey]


@dataclass(frozen=True, slots=True)
class PersonName:
    """The parts of a full name (họ và tên): family họ, middle đệm, given tên."""

    family: str
    middle: str
    given: str


def split_name(full_name: str) -> PersonName:
    """Take a full name apart; a single word is a given name."""
    words = full_name.split()
    if len(words) < 2:
        return PersonName(family="", middle="", given=" ".join(words))
    return PersonName(family=words[0], middle=" ".join(words[1:-1]), given=words[-1])


def name_sort_key(full_name: str) -> NameKey:
    """Return the key of a list of people: tên first, then đệm, then họ.

    Case never decides before a part of the name does: lists mix capitals and small letters.
    """
    name = split_name(full_name.lower())
    return (
        sort_key(name.given),
        sort_key(name.middle),
        sort_key(name.family),
        sort_key(full_name),
    )


def sort_names(items: Iterable[T], key: Callable[[T], str] = str) -> list[T]:
    """Return the items in the order of the full names that ``key`` reads from them."""
    return sorted(items, key=lambda item: name_sort_key(key(item)))
