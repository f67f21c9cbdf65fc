"""Whether a session or an API token is still good: asked of whoever keeps them."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kernel.auth.principal import Person

TOKEN_PREFIX = "thidua_"  # noqa: S105 - what every token begins with, and no token


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A session or token that is good: whose it is now, and until when it may be."""

    person: Person
    expires_at: datetime


class Credentials(Protocol):
    """The keeper of sessions and tokens, near or far; each app hands in its own."""

    def session(self, session_id: UUID, claimed: Person) -> Person | None:
        """Return whose session it is now; None once it has ended. `claimed` is in the cookie."""

    def token(self, digest: str) -> Person | None:
        """Return whose token has this sha256, limited to its scopes; None where it is not good."""


def is_token(bearer: str) -> bool:
    """Tell an API token from the signed tokens with which services call each other."""
    return bearer.startswith(TOKEN_PREFIX)


def digest_of(token: str) -> str:
    """Return what is stored of a token: 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
