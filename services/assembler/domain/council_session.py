"""A session of the council: who was there, how it voted. What is not known of it stays blank."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import TypeAlias

from kernel.contracts.dossier import CouncilMember, CouncilRecord, Nomination
from services.assembler.domain import wording
from vnadmin import amounts
from vnadmin.text_folding import fold

NomineeKey: TypeAlias = tuple[str, str, str, str, str, str]

_ROLES = {
    "chair": "Chủ tịch Hội đồng",
    "deputy": "Phó Chủ tịch Hội đồng",
    "secretary": "Thư ký Hội đồng",
    "member": "Ủy viên",
}


class VotesDoNotAddUp(ValueError):
    """Votes for and against are not as many as the members who were there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """Someone at the session, with his office; of someone absent also why."""

    name: str
    title: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """Phiếu of one nominee; a ballot that approves of nothing, or is void, counts as against.

    `not_voting` counts members who were there and cast no ballot on him.
    """

    in_favour: int
    against: int
    not_voting: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilSession:
    """Phiên họp Hội đồng Thi đua - Khen thưởng.

    `needed_percent` is the share of all members that must be in favour by the council's own rules;
    without it no outcome is told; `outcomes` holds those that the council decided otherwise than
    the votes give. Without a `chair` who signs for the office presides. Times are local.
    """

    begins_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    present: tuple[Attendee, ...] = ()
    absent: tuple[Attendee, ...] = ()
    guests: tuple[Attendee, ...] = ()
    chair: Attendee | None = None
    secretary: Attendee | None = None
    method: str = ""
    opinions: tuple[str, ...] = ()
    needed_percent: Decimal | None = None
    votes: Mapping[NomineeKey, Vote] = field(default_factory=dict)
    outcomes: Mapping[NomineeKey, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key, vote in self.votes.items():
            figures = (vote.in_favour, vote.against, vote.not_voting)
            if min(figures) < 0 or sum(figures) != len(self.present):
                raise VotesDoNotAddUp(
                    f"Phiếu cho {key[2]}: {vote.in_favour} tán thành và {vote.against} không tán "
                    f"thành, không bằng {len(self.present)} thành viên có mặt."
                )

    @property
    def members(self) -> int:
        """Return how many members the council has."""
        return len(self.present) + len(self.absent)

    def vote_on(self, nominee: Nomination) -> Vote | None:
        """Return the vote, where it is known."""
        return self.votes.get(key_of(nominee))

    def percent_for(self, nominee: Nomination) -> Decimal | None:
        """Return how many in a hundred of all members were in favour."""
        vote = self.vote_on(nominee)
        return None if vote is None else amounts.percent(vote.in_favour, self.members)

    def approves(self, nominee: Nomination) -> bool | None:
        """Tell whether enough members were in favour; None where that is not known."""
        decided = self.outcomes.get(key_of(nominee))
        if decided is not None:
            return decided
        share = self.percent_for(nominee)
        if share is None or self.needed_percent is None:
            return None
        return share >= self.needed_percent


def key_of(nominee: Nomination) -> NomineeKey:
    """Return what tells a nominee from all others of a dossier: award, kind, and all his words."""
    name, unit, title, achievement = (
        fold(wording.one_line(text))
        for text in (nominee.name, nominee.unit, nominee.title, nominee.achievement)
    )
    return nominee.award, nominee.kind, name, unit, title, achievement


def session_of(record: CouncilRecord) -> CouncilSession:
    """Return the session whose results the dossier carries."""
    people = {it: _attendee(it) for it in record.members}
    present = [it for it in record.members if it.is_present]
    return CouncilSession(
        begins_at=_moment(record.held_on, record.begins),
        ends_at=_moment(record.held_on, record.ends),
        place=record.place,
        present=tuple(people[it] for it in present),
        absent=tuple(people[it] for it in record.members if not it.is_present),
        guests=tuple(Attendee(name=it.name, title=it.title) for it in record.guests),
        chair=_first(people, present, "chair") or _first(people, present, "deputy"),
        secretary=_first(people, present, "secretary"),
        method=wording.lower_first(record.method),
        opinions=(*record.opinions, *_decided_otherwise(record)),
        needed_percent=record.needed_percent,
        votes={
            key_of(it.nomination): Vote(
                in_favour=it.in_favour, against=it.against, not_voting=it.not_voting
            )
            for it in record.results
        },
        outcomes={key_of(it.nomination): it.passed for it in record.results},
    )


def _decided_otherwise(record: CouncilRecord) -> Iterator[str]:
    """Yield why an outcome is not what the votes give: minutes must say it with the outcome."""
    for it in record.results:
        if it.reason:
            who = ", ".join(filter(None, (it.nomination.name, it.nomination.unit)))
            outcome = "thống nhất đề nghị" if it.passed else "không thống nhất đề nghị"
            yield f"Trường hợp {who}: Hội đồng {outcome}, khác kết quả phiếu. Lý do: {it.reason}"


def _first(
    people: Mapping[CouncilMember, Attendee], present: Sequence[CouncilMember], role: str
) -> Attendee | None:
    return next((people[it] for it in present if it.role == role), None)


def _attendee(member: CouncilMember) -> Attendee:
    """Return the member with the office that he holds in the council, said once."""
    role = _ROLES[member.role]
    parts = [member.title] if fold(role) in fold(member.title) else [member.title, role]
    return Attendee(
        name=member.name,
        title=", ".join(part for part in parts if part.strip()),
        reason="" if member.is_present else member.reason,
    )


def _moment(day: date, at: time) -> datetime:
    # As the clock on the wall: minutes name no zone.
    return datetime.combine(day, at)
