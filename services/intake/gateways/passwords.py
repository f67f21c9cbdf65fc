"""Passwords, kept only as argon2id hashes, and how easily one is guessed."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from vnadmin.text_folding import fold

MINIMUM_LENGTH = 10
MAXIMUM_LENGTH = 1_000
# Beyond, a password is strong by its length, and the estimate would only take longer.
_JUDGED = 72
# A million guesses: more than the patience of the sign-in page ever hears.
_FIT = 2
# What people here choose; zxcvbn brings the English and world-wide lists itself.
_COMMON_HERE = Path(__file__).with_name("common_words.txt").read_text("utf-8").split()


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

    def weakness(self, password: str, *, about: Sequence[str]) -> str:
        """Return why the password may not be chosen, or nothing; `about` is known of its owner."""
        if len(password) < MINIMUM_LENGTH:
            return f"Mật khẩu cần ít nhất {MINIMUM_LENGTH} ký tự."
        if len(password) > MAXIMUM_LENGTH:
            return f"Mật khẩu dài quá {MAXIMUM_LENGTH} ký tự."
        if password.casefold() in {it.casefold() for it in about}:
            return "Mật khẩu không được trùng với tên đăng nhập hay họ tên."
        if _guessed_in_order(password, about) < _FIT:
            return (
                "Mật khẩu này dễ đoán: quá phổ biến, lặp lại, hoặc gần với tên đăng nhập, họ tên. "
                "Hãy ghép vài từ không liên quan với nhau."
            )
        return ""


def _guessed_in_order(password: str, about: Sequence[str]) -> int:
    """Return 0 (at once) to 4 (never); Vietnamese words are compared without their marks."""
    known = [*_COMMON_HERE, *(part for it in about for part in _parts(it))]
    folded = fold(password)[:_JUDGED]
    # Words are guessed with spaces between them and without.
    found: list[dict[str, Any]] = [
        zxcvbn(it, user_inputs=known) for it in {folded, folded.replace(" ", "")} if it
    ]
    return min((int(it["score"]) for it in found), default=0)


def _parts(text: str) -> list[str]:
    folded = fold(text)
    words = folded.replace("@", " ").replace("-", " ").replace(".", " ").split()
    return [folded, folded.replace(" ", ""), *(it for it in words if len(it) > 2)]
