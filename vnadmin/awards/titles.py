"""The awards that a commune gives, proposes or counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from vnadmin.editions.reading import Entry, read
from vnadmin.validity import Source


class UnknownAward(LookupError):
    """No award has that code."""


class AwardKind(StrEnum):
    """What an award is in law, articles 6 and 9 of the law of 2022."""

    EMULATION_TITLE = "emulation_title"  # danh hiệu thi đua
    COMMENDATION = "commendation"  # hình thức khen thưởng


class NomineeKind(StrEnum):
    """Who is commended (đối tượng khen thưởng)."""

    INDIVIDUAL = "individual"  # cá nhân
    HOUSEHOLD = "household"  # hộ gia đình
    COLLECTIVE = "collective"  # tập thể

    @property
    def label(self) -> str:
        """The Vietnamese word."""
        return {"individual": "cá nhân", "household": "hộ gia đình", "collective": "tập thể"}[self]


@dataclass(frozen=True, slots=True)
class Award:
    """Danh hiệu thi đua or hình thức khen thưởng: its title and who can receive it.

    The source is where the law of 2022 defines it; who gives it on a day is in ``authority``.
    """

    code: str
    title: str
    kind: AwardKind
    objects: tuple[NomineeKind, ...]
    is_counted_only: bool  # given outside the People's Committee; reports count it
    source: Source


def unit_words(words: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the word for a unit of each level, an office's own in place of the usual ones."""
    usual = read("commendation").entry("unit_words")
    return {level: usual.text(level) for level in usual.fields} | dict(words or {})


def all_awards(words: Mapping[str, str] | None = None) -> tuple[Award, ...]:
    """Return every award, highest first; ``words`` as in ``{"commune": "phường"}``."""
    filling = unit_words(words)
    return tuple(_award(entry, filling) for entry in read("commendation").entries("awards"))


def award(code: str, words: Mapping[str, str] | None = None) -> Award:
    """Return the award with that code, such as ``commune_commendation``."""
    for entry in read("commendation").entries("awards"):
        if entry.text("code") == code:
            return _award(entry, unit_words(words))
    raise UnknownAward(f"Không có danh hiệu, hình thức khen thưởng {code!r}")


def _award(entry: Entry, filling: Mapping[str, str]) -> Award:
    return Award(
        code=entry.text("code"),
        title=entry.text("title").format_map(filling),
        kind=AwardKind(entry.text("kind")),
        objects=tuple(NomineeKind(it) for it in entry.texts("objects")),
        is_counted_only=entry.flag("counted_only"),
        source=entry.source(read("commendation").source()),
    )
