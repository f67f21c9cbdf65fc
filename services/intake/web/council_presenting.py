"""Candidates and sessions as pages show them: by award, in the order of official lists."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar
from uuid import UUID

from kernel.contracts.dossier import Nomination
from services.intake.domain.candidates import Change, Nominee
from services.intake.domain.council import MemberRole, share_of
from services.intake.domain.eligibility import Decider, Severity, decider_of
from services.intake.domain.ordering import in_award_order
from services.intake.use_cases.nominating import CandidateList
from services.intake.use_cases.viewing_council import ShownSession, Tallied
from vnadmin.amounts import format_percent
from vnadmin.awards.occasions import UnknownOccasion, occasion, occasions
from vnadmin.awards.titles import UnknownAward, award

T = TypeVar("T")

SEVERITY_TONES = {Severity.ERROR: "danger", Severity.WARNING: "warning", Severity.HINT: "info"}
CHANGE_TONES = {
    Change.SAME: "secondary",
    Change.NEW: "primary",
    Change.CHANGED: "warning",
    Change.WITHDRAWN: "secondary",
}
ROLE_OPTIONS = [(role.value, role.label) for role in MemberRole]
PRESENCE_OPTIONS = [("true", "Có mặt"), ("false", "Vắng mặt")]
DECIDED_OPTIONS = [
    ("", "Theo số phiếu"),
    ("passed", "Đạt, khác với số phiếu"),
    ("failed", "Không đạt, khác với số phiếu"),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardRows(Generic[T]):
    """What stands under one award, and who decides on it on the day."""

    code: str
    title: str
    decider: Decider
    rows: tuple[T, ...]


def by_award(
    items: Iterable[T],
    said: Callable[[T], Nomination],
    *,
    on: date,
    words: Mapping[str, str],
) -> list[AwardRows[T]]:
    """Return the items award by award, the highest first."""
    return [
        AwardRows(
            code=code,
            title=award_title(code, words),
            decider=decider_of(code, on, words),
            rows=tuple(rows),
        )
        for code, rows in in_award_order(items, said)
    ]


def award_title(code: str, words: Mapping[str, str]) -> str:
    """Return the title of an award; the code itself where nobody knows it."""
    try:
        return award(code, words).title
    except UnknownAward:
        return code or "Chưa chọn danh hiệu, hình thức"


def occasion_title(code: str, on: date) -> str:
    """Return the kind of commendation as the law of the day names it; nothing for none."""
    try:
        return occasion(code, on).title if code else ""
    except UnknownOccasion:
        return code


def occasion_options(on: date) -> list[tuple[str, str]]:
    """Return the choices of a form."""
    return [(it.code, it.title) for it in occasions(on)]


def shown_nominees(listed: CandidateList, *, award_code: str, unit_id: str) -> list[Nominee]:
    """Return the nominees that a reader has asked for."""
    return [
        it
        for it in listed.nominees
        if award_code in {"", it.nomination.award}
        and unit_id in {"", *(str(member.unit_id) for member in it.members)}
    ]


def units_of(listed: CandidateList) -> list[tuple[str, str]]:
    """Return the sectors that have proposed somebody."""
    return list({str(it.unit_id): it.unit_name for it in listed.candidates}.items())


def awards_of(listed: CandidateList) -> list[tuple[str, str]]:
    """Return the awards for which somebody is proposed."""
    grouped = in_award_order(listed.nominees, lambda it: it.nomination)
    return [(code, award_title(code, listed.words)) for code, _ in grouped]


def tallies_by_award(shown: ShownSession) -> list[AwardRows[Tallied]]:
    """Return the nominees of a session award by award."""
    return by_award(
        shown.tallied,
        lambda it: it.nomination,
        on=shown.facts.held_on or shown.candidates.on,
        words=shown.candidates.words,
    )


def in_page_order(shown: ShownSession) -> list[Tallied]:
    """Return the nominees of a session one after the other, as every page numbers them."""
    return [it for group in tallies_by_award(shown) for it in group.rows]


def numbers_of(shown: ShownSession) -> dict[UUID, int]:
    """Return the number under which each nominee stands on every page of the session."""
    return {it.id: number for number, it in enumerate(in_page_order(shown), 1)}


def share_text(tallied: Tallied, members: int) -> str:
    """Return how many in a hundred of all members were in favour, as people read it."""
    share = share_of(tallied.votes, members)
    return "" if share is None else format_percent(share)
