"""Who does something, as the archive writes it down."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person or, with no account, a service that acts for an office.

    `is_recipient_office` marks the reader of a superior office: it sees what was delivered to it
    and nothing else.
    """

    office_id: UUID
    account_id: UUID | None
    name: str
    is_recipient_office: bool = False
