"""Intake keeps sessions and tokens itself: its own requests ask its tables at once."""

from uuid import UUID

from kernel.auth.principal import Person
from services.intake.use_cases import sessions
from services.intake.use_cases.deps import Deps


class OwnCredentials:
    """What the kernel's rule of access asks, answered here."""

    def __init__(self, deps: Deps) -> None:
        self._deps = deps

    def session(self, session_id: UUID, claimed: Person) -> Person | None:
        """Return whose session it is now."""
        standing = sessions.check_session(session_id, deps=self._deps)
        return standing.person if standing else None

    def token(self, digest: str) -> Person | None:
        """Return whose token it is."""
        standing = sessions.check_token(digest, deps=self._deps)
        return standing.person if standing else None
