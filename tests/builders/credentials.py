"""Keepers of sessions and API tokens for apps under test."""

from dataclasses import dataclass, field
from uuid import UUID

from kernel.auth.credentials import digest_of
from kernel.auth.principal import Person


@dataclass
class TrustedCookies:
    """Believes every signed cookie, and knows the tokens and ended sessions that it is told of."""

    ended: set[UUID] = field(default_factory=set)
    tokens: dict[str, Person] = field(default_factory=dict)

    def session(self, session_id: UUID, claimed: Person) -> Person | None:
        """Return the person whom the cookie names."""
        return None if session_id in self.ended else claimed

    def token(self, digest: str) -> Person | None:
        """Return whose token it is."""
        return {digest_of(token): person for token, person in self.tokens.items()}.get(digest)
