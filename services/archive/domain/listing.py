"""What a reader asks a list for, and the piece of it that he gets."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from vnadmin.text_folding import fold

T = TypeVar("T")

PAGE_SIZE = 20
_WORD = re.compile(r"[^\W_]+")
# PostgreSQL refuses longer words; nobody types one.
_LONGEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """The last line of the page before: pages are cut by key, so new rows never shift them."""

    at: datetime
    id: UUID

    @property
    def text(self) -> str:
        """The cursor as it stands in an address."""
        return f"{self.at.isoformat()}~{self.id}"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """A piece of a list and where the next one begins."""

    items: tuple[T, ...]
    next: Cursor | None


def words(text: str) -> tuple[str, ...]:
    """Return the different words of a text in search form: no diacritics, đ is d."""
    found = (word[:_LONGEST] for word in _WORD.findall(fold(text)))
    return tuple(dict.fromkeys(found))
