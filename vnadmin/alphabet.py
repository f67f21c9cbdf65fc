"""The Vietnamese letters: what a font must hold, and what sorting and checking rest on."""

import unicodedata

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
"""The letters in their order, with the four that only foreign words have."""
VOWELS = "aăâeêioôơuưy"
TONE_MARKS = ("\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
"""Huyền, hỏi, ngã, sắc, nặng, in the order of the tones; the level tone has no mark."""
DONG_SIGN = "₫"


def marked_letters() -> tuple[str, ...]:
    """Return the 134 letters that English does not have, capitals too, sorted by code point."""
    toned = {
        unicodedata.normalize("NFC", vowel + mark) for vowel in VOWELS for mark in ("", *TONE_MARKS)
    }
    small = {letter for letter in toned | {"đ"} if not letter.isascii()}
    return tuple(sorted(small | {letter.upper() for letter in small}))
