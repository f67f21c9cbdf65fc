"""A session of the council: who was there, how it voted. What is not known of it stays blank."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias

from kernel.contracts.dossier import Nomination
from services.assembler.domain import wording
from vnadmin import amounts
from vnadmin.text_folding import fold

NomineeKey: TypeAlias = tuple[str, str, str, str]


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
    """Phiếu of one nominee; a ballot that approves of nothing, or is void, counts as against."""

    in_favour: int
    against: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilSession:
    """Phiên họp Hội đồng Thi đua - Khen thưởng.

    `needed_percent` is the share of all members that must be in favour by the council's own rules;
    without it no outcome is told. Times are local.
    """

    begins_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    present: tuple[Attendee, ...] = ()
    absent: tuple[Attendee, ...] = ()
    guests: tuple[Attendee, ...] = ()
    secretary: Attendee | None = None
    method: str = ""
    opinions: tuple[str, ...] = ()
    needed_percent: Decimal | None = None
    votes: Mapping[NomineeKey, Vote] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for (_, _, name, _), vote in self.votes.items():
            cast = vote.in_favour + vote.against
            if min(vote.in_favour, vote.against) < 0 or cast != len(self.present):
                raise VotesDoNotAddUp(
                    f"Phiếu cho {name}: {vote.in_favour} tán thành và {vote.against} không tán "
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
        share = self.percent_for(nominee)
        if share is None or self.needed_percent is None:
            return None
        return share >= self.needed_percent


def key_of(nominee: Nomination) -> NomineeKey:
    """Return what tells a nominee from all others of a dossier: award, kind, name, unit."""
    name, unit = fold(wording.one_line(nominee.name)), fold(wording.one_line(nominee.unit))
    return nominee.award, nominee.kind, name, unit
