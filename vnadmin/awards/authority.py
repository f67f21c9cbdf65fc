"""Who may give an award on a given day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from vnadmin.awards.titles import Award, all_awards, award, unit_words
from vnadmin.editions.reading import read
from vnadmin.place_and_date import numeric_date
from vnadmin.validity import Mark


class NoAuthority(LookupError):
    """Nobody may give the award on that day: it is abolished, or not yet introduced."""


@dataclass(frozen=True, slots=True)
class Authority:
    """Thẩm quyền quyết định: the level and the office-holder who decides on an award.

    Article 43 of Decree 91/2017, articles 79–80 of the law of 2022, Decree 129/2025.
    """

    level: str
    title: str
    article: str
    mark: Mark


def authority_for(award_code: str, on: date, words: Mapping[str, str] | None = None) -> Authority:
    """Return who decides on the award on the day the decision is issued."""
    wanted = award(award_code, words)
    for entry in read("commendation").entries("authority"):
        source = entry.source()
        if entry.text("award") == award_code and source.covers(on):
            level = entry.text("level")
            return Authority(level, levels(words)[level], source.article, source.mark)
    raise NoAuthority(f"Ngày {numeric_date(on)} không ai có thẩm quyền tặng: {wanted.title}")


def available_awards(on: date, words: Mapping[str, str] | None = None) -> tuple[Award, ...]:
    """Return the awards that someone may give on that day, highest first."""
    rows = read("commendation").entries("authority")
    given = {row.text("award") for row in rows if row.source().covers(on)}
    return tuple(it for it in all_awards(words) if it.code in given)


def levels(words: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the code of every level with the title of who decides there."""
    filling = unit_words(words)
    return {
        entry.text("code"): entry.text("title").format_map(filling)
        for entry in read("commendation").entries("levels")
    }
