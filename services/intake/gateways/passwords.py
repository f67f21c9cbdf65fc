"""Passwords, kept only as argon2id hashes."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


class Passwords:
    """Hashes and verifies; a name that does not exist costs as much as one that does."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobodys = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """Return what may be stored."""
        return self._hasher.hash(password)

    def fits(self, stored: str | None, password: str) -> bool:
        """Say whether the password is the one; without a stored hash the same work is done.

        A blank hash is none: nobody has set a password yet.
        """
        try:
            self._hasher.verify(stored or self._nobodys, password)
        except (VerificationError, InvalidHashError):
            return False
        return bool(stored)

    def is_outdated(self, stored: str) -> bool:
        """Say whether the hash was made with weaker parameters than today's."""
        return self._hasher.check_needs_rehash(stored)
