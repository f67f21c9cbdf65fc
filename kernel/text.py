"""What a text must be before it may enter the system."""

import unicodedata

_ALLOWED_CONTROLS = frozenset("\n\t")


def compose(text: str) -> str:
    """Return the text in NFC with Unix line ends: the one form in which texts are stored."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def first_forbidden_character(text: str) -> tuple[int, str] | None:
    """Return position and code ("U+000B") of the first character that no document may hold.

    Controls, unassigned non-characters and lone surrogates would make a .docx that no Word opens
    (XML 1.0 §2.2); bidirectional overrides would print something else than what is stored.
    """
    for position, character in enumerate(text):
        if character not in _ALLOWED_CONTROLS and _is_forbidden(character):
            return position, f"U+{ord(character):04X}"
    return None


def _is_forbidden(character: str) -> bool:
    code = ord(character)
    return (
        unicodedata.category(character) in {"Cc", "Cs"}
        or code & 0xFFFE == 0xFFFE
        or 0xFDD0 <= code <= 0xFDEF
        or 0x202A <= code <= 0x202E
        or 0x2066 <= code <= 0x2069
    )
