"""The papers that go with a letter proposing awards to whoever decides on them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vnadmin.awards.titles import Award, AwardKind
from vnadmin.editions.reading import Entry, read
from vnadmin.validity import Source


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of the application (hồ sơ đề nghị); article 84 of the law of 2022."""

    code: str
    title: str
    awards: tuple[str, ...]  # the awards that need it; empty where every award of its kinds does
    kinds: tuple[AwardKind, ...]
    source: Source

    def is_needed_for(self, award: Award) -> bool:
        """Tell whether an application for the award holds this paper."""
        return award.kind in self.kinds and (not self.awards or award.code in self.awards)


def papers_for(awards: Iterable[Award], on: date) -> tuple[Paper, ...]:
    """Return what an application of that day for these awards consists of, each paper once."""
    asked = tuple(awards)
    known = (_paper(entry) for entry in read("commendation").entries("papers"))
    return tuple(
        paper
        for paper in known
        if paper.source.covers(on) and any(paper.is_needed_for(award) for award in asked)
    )


def _paper(entry: Entry) -> Paper:
    return Paper(
        code=entry.text("code"),
        title=entry.text("title"),
        awards=entry.texts("awards") if "awards" in entry.fields else (),
        kinds=tuple(AwardKind(it) for it in entry.texts("kinds")),
        source=entry.source(read("commendation").source()),
    )
