"""Two versions of a template side by side: paragraphs, words, placeholders."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ooxml.package import open_package
from services.assembler.rendering.checking import used_paths_of
from services.assembler.rendering.compiling import PARTS
from services.assembler.rendering.complaints import Place
from services.assembler.rendering.paragraphs import paragraphs_of

_WORDS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\w+|\s+|.", re.DOTALL)
# Paragraphs that are less alike than this are told as one that went and one that came.
_ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class Words:
    """Consecutive words of one side; `is_changed` if the other side does not have them."""

    text: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """One paragraph on both sides; a side that does not have it is empty."""

    part: str
    old: tuple[Words, ...]
    new: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs; paragraphs that are the same on both sides are only counted."""

    pairs: tuple[Pair, ...]
    same_count: int
    added: tuple[str, ...]
    removed: tuple[str, ...]


def compare(old: bytes, new: bytes) -> Comparison:
    """Return how the new template differs from the old one."""
    before, after = _lines(old), _lines(new)
    old_paths, new_paths = used_paths_of(old), used_paths_of(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    pairs: list[Pair] = []
    same = 0
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            same += b - a
        else:
            pairs += _pairs(before[a:b], after[c:d])
    return Comparison(
        pairs=tuple(pairs),
        same_count=same,
        added=tuple(path for path in new_paths if path not in old_paths),
        removed=tuple(path for path in old_paths if path not in new_paths),
    )


_Line = tuple[str, str]


def _lines(template: bytes) -> list[_Line]:
    """Return part and text of every paragraph that says something."""
    package = open_package(template)
    return [
        (str(Place(name, "")), paragraph.text)
        for name in package.parts_of_kind(*PARTS)
        for paragraph in paragraphs_of(name, package.tree(name))
        if paragraph.text.strip()
    ]


def _pairs(old: Sequence[_Line], new: Sequence[_Line]) -> Iterator[Pair]:
    """Put changed paragraphs beside each other where they are alike, in their order."""
    left = list(new)
    for part, text in old:
        at = next((n for n, line in enumerate(left) if _is_alike((part, text), line)), None)
        if at is None:
            yield Pair(part, (Words(text, is_changed=True),), ())
            continue
        yield from (Pair(it[0], (), (Words(it[1], is_changed=True),)) for it in left[:at])
        yield Pair(part, *_words(text, left[at][1]))
        del left[: at + 1]
    yield from (Pair(it[0], (), (Words(it[1], is_changed=True),)) for it in left)


def _is_alike(old: _Line, new: _Line) -> bool:
    if old[0] != new[0]:
        return False
    matcher = SequenceMatcher(None, _said(old[1]), _said(new[1]), autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _said(text: str) -> list[str]:
    """Return the words without the spaces between them, in which all texts are alike."""
    return [word for word in _WORDS.findall(text) if not word.isspace()]


def _words(old: str, new: str) -> tuple[tuple[Words, ...], tuple[Words, ...]]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    left: list[Words] = []
    right: list[Words] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        is_changed = kind != "equal"
        if b > a:
            left.append(Words("".join(before[a:b]), is_changed))
        if d > c:
            right.append(Words("".join(after[c:d]), is_changed))
    return tuple(left), tuple(right)
