"""Comments (ý kiến) of office and unit on a part of a report: questions, answers, what is open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.intake.domain.differences import ATTACHMENTS
from services.intake.domain.forms import Part

PART_LABELS = {**{part.value: part.label for part in Part}, ATTACHMENTS: "Tài liệu kèm theo"}
"""What a comment may be about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What somebody said, and when."""

    id: UUID
    by: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A comment with the answers to it; it stays with the round about which it was made."""

    id: UUID
    part: str
    round: int
    comments: tuple[Comment, ...]
    resolved_at: datetime | None = None
    resolved_by: str = ""

    @property
    def is_open(self) -> bool:
        """Say whether it still asks for something."""
        return self.resolved_at is None

    @property
    def part_label(self) -> str:
        """The title of the part."""
        return PART_LABELS.get(self.part, self.part)


def open_among(threads: Iterable[Thread]) -> tuple[Thread, ...]:
    """Return the threads that still ask for something."""
    return tuple(it for it in threads if it.is_open)


def return_reason(general: str, threads: Sequence[Thread]) -> str:
    """Return all that a unit is told when its report comes back, as it stays written down."""
    asked = [f"– {it.part_label}: {it.comments[0].text}" for it in open_among(threads)]
    return "\n".join([*([general] if general else []), *asked])
