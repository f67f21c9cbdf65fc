"""Vietnamese alphabetical order, as CLDR defines it for ``vi``.

Letters differ at the first level (a < ă < â < b), tones at the second (ngang < huyền < hỏi <
ngã < sắc < nặng), case at the third. Some dictionaries order the tones otherwise; CLDR is
what databases and office suites follow.
"""

import unicodedata
from functools import lru_cache
from typing import TypeAlias

from vnadmin.alphabet import ALPHABET, TONE_MARKS
from vnadmin.text_folding import compose

Weight: TypeAlias = tuple[int, int, str]
CollationKey: TypeAlias = tuple[
    tuple[Weight, ...], tuple[tuple[int, ...], ...], tuple[int, ...], str
]

_POSITIONS = {letter: place for place, letter in enumerate(ALPHABET)}
_TONES = {mark: place for place, mark in enumerate(TONE_MARKS, 1)}
_OTHER_MARK = 100
_BREVE, _CIRCUMFLEX, _HORN = "\u0306", "\u0302", "\u031b"
_SHAPING_MARKS = {_BREVE, _CIRCUMFLEX, _HORN}
_SPACE, _SYMBOL, _DIGIT, _LETTER, _OTHER_LETTER = range(5)


def sort_key(text: str) -> CollationKey:
    """Return a key under which any two different texts have an order."""
    composed = compose(text)
    weights = [_weights(cluster) for cluster in _clusters(composed)]
    return (
        tuple(primary for primary, _, _ in weights),
        tuple(secondary for _, secondary, _ in weights),
        tuple(tertiary for _, _, tertiary in weights),
        composed,
    )


def _clusters(text: str) -> list[str]:
    """Cut the text into base characters, each with the marks that follow it."""
    clusters: list[str] = []
    for char in unicodedata.normalize("NFD", text):
        if unicodedata.combining(char) and clusters:
            clusters[-1] += char
        else:
            clusters.append(char)
    return clusters


@lru_cache(maxsize=4096)  # a text of any length is made of a few hundred clusters
def _weights(cluster: str) -> tuple[Weight, tuple[int, ...], int]:
    """Return how a cluster weighs by letter, by tone and by case."""
    letter, marks = _split(cluster)
    return _primary(letter), _secondary(marks), int(letter != letter.lower())


def _split(cluster: str) -> tuple[str, str]:
    """Return the letter, with the marks that make it one of its own, and the other marks."""
    base, marks = cluster[0], cluster[1:]
    for mark in marks:
        letter = compose(base + mark)
        if mark in _SHAPING_MARKS and letter.lower() in _POSITIONS:
            return letter, marks.replace(mark, "", 1)
    return base, marks


def _primary(letter: str) -> Weight:
    small = letter.lower()
    if small in _POSITIONS:
        return _LETTER, _POSITIONS[small], ""
    if letter.isspace():
        return _SPACE, 0, ""
    if letter.isalpha():
        return _OTHER_LETTER, 0, small
    digit = unicodedata.digit(letter, None)
    if digit is not None:
        return _DIGIT, digit, ""
    return _SYMBOL, 0, letter


def _secondary(marks: str) -> tuple[int, ...]:
    return tuple(_TONES.get(mark, _OTHER_MARK + ord(mark)) for mark in marks)
