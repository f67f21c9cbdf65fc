"""Two texts side by side: which words went, which came, which stayed."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from vnadmin.text_folding import fold

# A word keeps the space behind it: spaces alone would make all texts look alike.
_WORDS = re.compile(r"\w+\s*|\W")
MOST_MATCHES = 300_000
"""So many pairs of equal words are looked through; texts beyond are told as one whole each."""
_SAMPLE = 200
_ALIKE = 0.4


class Change(StrEnum):
    """What became of something between two rounds."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"

    @property
    def label(self) -> str:
        """The Vietnamese word."""
        return _LABELS[self]

    @property
    def mirrored(self) -> "Change":
        """What it is when read from the new one to the old one."""
        return _MIRRORED.get(self, self)


_LABELS = {Change.ADDED: "Thêm", Change.REMOVED: "Bỏ", Change.CHANGED: "Sửa"}
_MIRRORED = {Change.ADDED: Change.REMOVED, Change.REMOVED: Change.ADDED}


@dataclass(frozen=True, slots=True)
class Words:
    """Consecutive words of one fate; `change` is None for those that stayed."""

    text: str
    change: Change | None = None


def marked(old: str, new: str, *, most_matches: int = MOST_MATCHES) -> tuple[Words, ...]:
    """Return both texts as one, in reading order; read backwards it is the mirror of itself."""
    if old > new:  # one direction is computed, so that both say the same
        found = marked(new, old, most_matches=most_matches)
        return _in_order(Words(it.text, it.change.mirrored if it.change else None) for it in found)
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    return _in_order(_compared(before, after, most_matches))


def likeness(old: str, new: str) -> float:
    """Return how much of their first words two texts share, whatever the order: 0 to 1."""
    return _shared(_sample(old), _sample(new))


def _shared(ours: Counter[str], theirs: Counter[str]) -> float:
    total = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / total if total else 1.0


def paired(
    old: Sequence[str], new: Sequence[str]
) -> tuple[tuple[tuple[int, int], ...], tuple[int, ...], tuple[int, ...]]:
    """Return which lines belong together, and those that only one side has.

    Equal lines are pairs; of the others the most alike find each other first.
    """
    if list(old) > list(new):
        pairs, only_new, only_old = paired(new, old)
        return tuple((a, b) for b, a in pairs), only_old, only_new
    found = dict(_equal(old, new))
    left = [place for place in range(len(old)) if place not in found]
    taken = set(found.values())
    right = [place for place in range(len(new)) if place not in taken]
    ours = {place: _sample(old[place]) for place in left}
    theirs = {place: _sample(new[place]) for place in right}
    near = sorted((-_shared(ours[a], theirs[b]), a, b) for a in left for b in right)
    for distance, a, b in near:
        if -distance < _ALIKE:
            break
        if a not in found and b not in taken:
            found[a] = b
            taken.add(b)
    return (
        tuple(sorted(found.items(), key=lambda it: it[1])),
        tuple(place for place in range(len(old)) if place not in found),
        tuple(place for place in range(len(new)) if place not in taken),
    )


def _equal(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    places: dict[str, list[int]] = {}
    for place, text in enumerate(new):
        places.setdefault(text, []).append(place)
    for place, text in enumerate(old):
        if places.get(text):
            yield place, places[text].pop(0)


def _sample(text: str) -> Counter[str]:
    return Counter(word.strip() for word in _WORDS.findall(fold(text[:2_000]))[:_SAMPLE])


def _compared(before: list[str], after: list[str], most_matches: int) -> Iterator[Words]:
    start = _same_at_start(before, after)
    yield Words("".join(before[:start]))
    end = _same_at_start(before[start:][::-1], after[start:][::-1])
    stop, halt = len(before) - end, len(after) - end
    old, new = before[start:stop], after[start:halt]
    yield from _matched(old, new) if _matches(old, new) <= most_matches else _whole(old, new)
    yield Words("".join(before[stop:]))


def _same_at_start(before: Sequence[str], after: Sequence[str]) -> int:
    pairs = zip(before, after, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(before), len(after)))


def _matches(old: list[str], new: list[str]) -> int:
    theirs = Counter(new)
    return sum(count * theirs[word] for word, count in Counter(old).items())


def _matched(old: list[str], new: list[str]) -> Iterator[Words]:
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Words("".join(old[a:b]))
        else:
            yield from _whole(old[a:b], new[c:d])


def _whole(old: list[str], new: list[str]) -> Iterator[Words]:
    if old and new and old[0].rstrip() == new[0].rstrip():
        # The same word, but for the space behind it where one text ends.
        word = old[0].rstrip()
        yield Words(word)
        old = [old[0].removeprefix(word), *old[1:]]
        new = [new[0].removeprefix(word), *new[1:]]
    yield Words("".join(old), Change.REMOVED)
    yield Words("".join(new), Change.ADDED)


def _in_order(words: Iterator[Words]) -> tuple[Words, ...]:
    """Join neighbours of one fate; of what was replaced, the old words come first."""
    runs: list[Words] = []
    gone = come = ""
    for it in words:
        if it.change is Change.REMOVED:
            gone += it.text
        elif it.change is Change.ADDED:
            come += it.text
        elif it.text and not (gone or come) and runs and runs[-1].change is None:
            runs[-1] = Words(runs[-1].text + it.text)
        elif it.text:
            runs += [Words(gone, Change.REMOVED), Words(come, Change.ADDED), it]
            gone = come = ""
    runs += [Words(gone, Change.REMOVED), Words(come, Change.ADDED)]
    return tuple(it for it in runs if it.text)
