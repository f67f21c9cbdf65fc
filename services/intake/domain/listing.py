"""Lists that are cut by key: new lines never shift the pages of who is reading."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Self, TypeVar
from uuid import UUID

T = TypeVar("T")

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """The last line of the page before."""

    at: datetime
    id: UUID

    @property
    def text(self) -> str:
        """The cursor as it stands in an address."""
        return f"{self.at.isoformat()}~{self.id}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the cursor of an address; ValueError where it is none."""
        at, _, identifier = text.partition("~")
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None:
            raise ValueError("naive moment")
        return cls(at=moment, id=UUID(identifier))


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """A piece of a list and where the next one begins."""

    items: tuple[T, ...]
    next: Cursor | None
