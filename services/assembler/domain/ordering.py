"""The order of names that hold numbers: "Xóm 2" stands before "Xóm 10", "KT2" before "KT10"."""

import re
from typing import TypeAlias

from services.assembler.domain import wording
from vnadmin.collation import CollationKey, sort_key

_DIGITS = re.compile(r"(\d+)")

NaturalKey: TypeAlias = tuple[tuple[CollationKey, int], ...]


def natural_key(name: str) -> NaturalKey:
    """Return a key that compares words as Vietnamese does and runs of digits by their value."""
    pieces = [*_DIGITS.split(wording.one_line(name)), "0"]
    return tuple(
        (sort_key(text), int(digits))
        for text, digits in zip(pieces[::2], pieces[1::2], strict=True)
    )
