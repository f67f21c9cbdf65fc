"""Lists that are cut by key: what a page is, and how its end stands in an address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from marshmallow import ValidationError, fields

T = TypeVar("T")


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
class Page(Generic[T]):
    """A piece of a list and where the next one begins."""

    items: Sequence[T]
    next: Cursor | None


class CursorField(fields.String):
    """Where the page before ended."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        at, _, row_id = str(super()._deserialize(value, attr, data, **kwargs)).partition("~")
        try:
            moment = datetime.fromisoformat(at)
            if moment.tzinfo is None:
                raise ValueError("naive datetime")
            # In UTC already here: a moment at the end of the calendar has none.
            return Cursor(at=moment.astimezone(UTC), id=UUID(row_id))
        except (ValueError, OverflowError) as exc:
            raise ValidationError("Vị trí trang không hợp lệ.") from exc
