"""What a commune proposes and others decide: awards above its authority on the day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kernel.contracts.dossier import Nomination
from services.assembler.domain import award_table, wording
from services.assembler.domain.commendation import act_of, ordered, place_of
from services.assembler.domain.findings import Finding, error
from vnadmin import amounts
from vnadmin.awards.authority import NoAuthority, authority_for
from vnadmin.awards.papers import papers_for
from vnadmin.awards.titles import Award, NomineeKind, UnknownAward, all_awards, award
from vnadmin.text_folding import fold

COMMUNE = "commune"
_HEAD = "Chủ tịch"
_REPORTS = "achievement_reports"
_PLACE = "Danh sách đề nghị khen thưởng"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One award that is asked for: who decides on it, and everyone who is to have it."""

    award: Award
    level: str
    authority: str
    nominees: tuple[Nomination, ...]

    @property
    def count(self) -> award_table.AwardCount:
        """Return how many of each kind of nominee there are."""
        kinds = [NomineeKind(it.kind) for it in self.nominees]
        by_kind = {kind: kinds.count(kind) for kind in award_table.KINDS}
        return award_table.AwardCount(self.award.title, by_kind)


def proposals(
    every: Sequence[Nomination], on: date, words: Mapping[str, str], superior: str = ""
) -> list[Proposal]:
    """Return the awards that someone above the commune decides on, highest first.

    `superior` ("Ủy ban nhân dân huyện Định Hóa") names the office-holder at its level in full.
    """
    return [it for it in decided(every, on, words, superior) if it.level != COMMUNE]


def decided(
    every: Sequence[Nomination], on: date, words: Mapping[str, str], superior: str = ""
) -> list[Proposal]:
    """Return every nominated award that someone of the government may give on the day."""
    found = []
    for known in all_awards(words):
        mine = [it for it in every if it.award == known.code]
        if not mine or known.is_counted_only:
            continue
        try:
            authority = authority_for(known.code, on, words)
        except NoAuthority:
            continue  # nobody may give it on that day: check() says so
        title = _in_full(authority.title, superior)
        found.append(Proposal(known, authority.level, title, _in_order(mine)))
    return found


def check(every: Sequence[Nomination], on: date, found: Sequence[Proposal]) -> list[Finding]:
    """Return what stands against asking for these awards on this day."""
    nobody = [
        error("authority-missing", _PLACE, f"{exc}.") for exc in _without_authority(every, on)
    ]
    if found:
        return nobody
    return [
        *nobody,
        error(
            "submission-without-nominee",
            _PLACE,
            "Không có đề nghị nào thuộc thẩm quyền của cấp trên.",
            "Danh hiệu, hình thức thuộc thẩm quyền của xã thì soạn Quyết định.",
        ),
    ]


def nominee_words(found: Sequence[Proposal]) -> str:
    """Return "tập thể, cá nhân": the kinds of nominee that are proposed."""
    kinds = {it.kind for proposal in found for it in proposal.nominees}
    return ", ".join(kind.label for kind in award_table.KINDS if kind.value in kinds)


def view(found: Sequence[Proposal], on: date) -> dict[str, Any]:
    """Return the part of the context that a submission reads."""
    whole = award_table.total("Tổng cộng", (it.count for it in found))
    whom = award_table.told(whole, times=_times(found))
    kinds = nominee_words(found)
    return {
        "whom": whom,
        "nominees": kinds,
        "annex_title": f"{kinds} đề nghị khen thưởng".upper(),
        "authorities": _by_authority(found),
        "groups": [_group(n, it) for n, it in enumerate(found, 1)],
        "papers": _papers(found, on, whom),
    }


def _without_authority(every: Sequence[Nomination], on: date) -> list[NoAuthority]:
    missing = []
    for code in sorted({it.award for it in every}):
        try:
            if not award(code).is_counted_only:
                authority_for(code, on)
        except NoAuthority as exc:
            missing.append(exc)
        except UnknownAward:
            continue  # the check of the lists names it
    return missing


def _in_full(title: str, superior: str) -> str:
    """Return the office-holder with the name of his unit, where it is the superior's."""
    named = f"{_HEAD} {superior}"
    return named if named.startswith(f"{title} ") else title


def _in_order(mine: Sequence[Nomination]) -> tuple[Nomination, ...]:
    return tuple(
        it
        for kind in award_table.KINDS
        for it in ordered(kind, [one for one in mine if one.kind == kind])
    )


def _times(found: Sequence[Proposal]) -> str:
    """Return "lượt" where someone is proposed for more than one award, and is counted twice."""
    named = [
        (it.kind, fold(wording.one_line(it.name)), fold(wording.one_line(it.unit)))
        for proposal in found
        for it in proposal.nominees
    ]
    return "lượt" if len(set(named)) < len(named) else ""


def _papers(found: Sequence[Proposal], on: date, whom: str) -> list[str]:
    papers = papers_for((it.award for it in found), on)
    return wording.listed(
        f"{it.title} của {whom}" if it.code == _REPORTS else it.title for it in papers
    )


def _by_authority(found: Sequence[Proposal]) -> list[dict[str, Any]]:
    """Return what is asked of each office-holder, the highest first."""
    asked: dict[str, list[str]] = {}
    for it in found:
        act = wording.upper_first(act_of(it.award))
        asked.setdefault(it.authority, []).append(f"{act} cho {award_table.told(it.count)}")
    return [
        {"number": f"{n}.", "title": title, "lines": wording.listed(lines)}
        for n, (title, lines) in enumerate(asked.items(), 1)
    ]


def _group(number: int, proposal: Proposal) -> dict[str, Any]:
    return {
        "label": amounts.roman(number),
        "title": proposal.award.title,
        "count_line": award_table.told(proposal.count),
        "rows": [_nominee(n, it) for n, it in enumerate(proposal.nominees, 1)],
    }


def _nominee(number: int, it: Nomination) -> dict[str, str]:
    return {
        "number": str(number),
        "name": wording.one_line(it.name),
        "place": place_of(it),
        "achievement": it.achievement.strip(),
    }
