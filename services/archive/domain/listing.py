"""What a reader asks a list for, and the piece of it that he gets."""

import re
from dataclasses import dataclass
from uuid import UUID

from kernel.contracts.paging import Cursor
from vnadmin.text_folding import fold

PAGE_SIZE = 20
_WORD = re.compile(r"[^\W_]+")
# Folded: "01/qd-ubnd", also half typed ("01/qd"). Dates (19/6/2015) have no letter after the bar.
_REFERENCE = re.compile(r"\b(?P<number>[0-9]{1,9})/(?P<symbol>[^\W\d_][\w&.-]*)")
# PostgreSQL refuses longer words; nobody types one.
_LONGEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Filters of a list; empty means all. `state` is read by the list that is asked."""

    text: str = ""
    number: int | None = None
    year: int | None = None
    document_type: str = ""
    state: str = ""
    office_id: UUID | None = None
    after: Cursor | None = None

    @property
    def is_filtered(self) -> bool:
        """Tell whether the reader asked for less than everything."""
        return bool(
            self.text
            or self.number
            or self.year
            or self.document_type
            or self.state
            or self.office_id
        )


def words(text: str) -> tuple[str, ...]:
    """Return the words by which a text is found: no diacritics, đ is d.

    A number with its symbol ("01/QĐ-UBND") is one word more, beside the words it consists of.
    """
    folded = fold(text)
    whole = [_reference(match) for match in _REFERENCE.finditer(folded)]
    return tuple(dict.fromkeys([*_plain_words(folded), *whole]))


def asked_words(text: str) -> tuple[str, ...]:
    """Return the words that a reader asks for; a number with its symbol is asked for as a whole."""
    folded = fold(text)
    whole = [_reference(match) for match in _REFERENCE.finditer(folded)]
    rest = _REFERENCE.sub(" ", folded)
    return tuple(dict.fromkeys([*_plain_words(rest), *whole]))


def _plain_words(folded: str) -> list[str]:
    return [word[:_LONGEST] for word in _WORD.findall(folded)]


def _reference(match: re.Match[str]) -> str:
    """Return "zn1xqdubnd" for "01/qd-ubnd": zeros before the number and hyphens do not count."""
    symbol = "".join(_WORD.findall(match["symbol"]))
    return f"zn{int(match['number'])}x{symbol}"[:_LONGEST]
