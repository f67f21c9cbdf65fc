"""Candidates for the council: what sectors proposed, read again without losing what was decided."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from kernel.contracts.dossier import Nomination
from kernel.errors import Conflict
from vnadmin.text_folding import fold


class Change(StrEnum):
    """What the last reading of the accepted reports found out about a candidate."""

    SAME = "same"
    NEW = "new"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The Vietnamese word."""
        return _CHANGE_LABELS[self]


_CHANGE_LABELS = {
    Change.SAME: "",
    Change.NEW: "Mới",
    Change.CHANGED: "Đã thay đổi",
    Change.WITHDRAWN: "Ngành đã rút",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """One nomination of an accepted report; `key` tells it from all others of that report."""

    submission_id: UUID
    unit_id: UUID
    round: int
    key: str
    nomination: Nomination


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Đề nghị của một ngành: what it says, and what the clerk has decided about it so far.

    `set_aside` is the reason why it is not put to the council; empty puts it there.
    """

    id: UUID
    number: int
    submission_id: UUID
    unit_id: UUID
    unit_name: str
    round: int
    key: str
    nomination: Nomination
    change: Change
    previous: Nomination | None = None
    merged_into: UUID | None = None
    set_aside: str = ""

    @property
    def is_withdrawn(self) -> bool:
        """Say that no accepted report proposes it any more."""
        return self.change is Change.WITHDRAWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What reading the accepted reports again would find."""

    new: tuple[Proposed, ...] = ()
    changed: tuple[tuple[Candidate, Proposed], ...] = ()
    returned: tuple[tuple[Candidate, Proposed], ...] = ()
    withdrawn: tuple[Candidate, ...] = ()
    same: tuple[tuple[Candidate, Proposed], ...] = ()

    @property
    def is_news(self) -> bool:
        """Say that the list is no longer what the accepted reports propose."""
        return bool(self.new or self.changed or self.returned or self.withdrawn)


@dataclass(frozen=True, slots=True, kw_only=True)
class Nominee:
    """Who is put to the council: one candidate, or several that were merged (gộp).

    The lead names it; where its own sector withdrew, the next one that still proposes it speaks.
    """

    lead: Candidate
    members: tuple[Candidate, ...]

    @property
    def id(self) -> UUID:
        """The id under which votes are kept, however members come and go."""
        return self.lead.id

    @property
    def living(self) -> tuple[Candidate, ...]:
        """Return the members that accepted reports still propose."""
        return tuple(it for it in self.members if not it.is_withdrawn)

    @property
    def is_withdrawn(self) -> bool:
        """Say that nobody proposes it any more."""
        return not self.living

    @property
    def is_on_agenda(self) -> bool:
        """Say that the council should vote on it."""
        return not self.is_withdrawn and not self.lead.set_aside

    @property
    def shown(self) -> Candidate:
        """Return the candidate whose words stand for all."""
        return next(iter(self.living), self.lead)

    @property
    def nomination(self) -> Nomination:
        """Return the words that stand for all."""
        return self.shown.nomination

    @property
    def unit_names(self) -> tuple[str, ...]:
        """Return who proposes it."""
        return tuple(dict.fromkeys(it.unit_name for it in self.living or self.members))


def proposed_by(
    nominations: Iterable[Nomination], *, submission_id: UUID, unit_id: UUID, round_number: int
) -> list[Proposed]:
    """Return the nominations of one report, each under a key of its own."""
    seen: Counter[str] = Counter()
    found = []
    for it in nominations:
        said = identity_of(it)
        seen[said] += 1
        found.append(
            Proposed(
                submission_id=submission_id,
                unit_id=unit_id,
                round=round_number,
                key=hashlib.sha256(f"{said}|{seen[said]}".encode()).hexdigest(),
                nomination=it,
            )
        )
    return found


def identity_of(nomination: Nomination) -> str:
    """Return what makes two proposals one: kind, award, name and unit, however they are typed."""
    return "|".join(
        (nomination.kind, nomination.award, squashed(nomination.name), squashed(nomination.unit))
    )


def squashed(text: str) -> str:
    """Return a text without tones, case and needless spaces."""
    return " ".join(fold(text).split())


def reread(known: Sequence[Candidate], proposed: Sequence[Proposed]) -> Reading:
    """Compare the list with what accepted reports propose now; decisions are not looked at."""
    by_key = {(it.submission_id, it.key): it for it in known}
    pairs = [(by_key.get((it.submission_id, it.key)), it) for it in proposed]
    met = [(candidate, it) for candidate, it in pairs if candidate is not None]
    seen = {candidate.id for candidate, _ in met}
    return Reading(
        new=tuple(it for candidate, it in pairs if candidate is None),
        changed=tuple(pair for pair in met if not pair[0].is_withdrawn and _says_other(*pair)),
        returned=tuple(pair for pair in met if pair[0].is_withdrawn),
        withdrawn=tuple(it for it in known if it.id not in seen and not it.is_withdrawn),
        same=tuple(pair for pair in met if not pair[0].is_withdrawn and not _says_other(*pair)),
    )


def _says_other(candidate: Candidate, proposed: Proposed) -> bool:
    return candidate.nomination != proposed.nomination


def nominees(candidates: Sequence[Candidate]) -> tuple[Nominee, ...]:
    """Return whom the council has before it, merged ones once; in the order of the list."""
    members: dict[UUID, list[Candidate]] = {}
    for it in candidates:
        if it.merged_into is not None:
            members.setdefault(it.merged_into, []).append(it)
    return tuple(
        Nominee(lead=it, members=(it, *members.get(it.id, ())))
        for it in candidates
        if it.merged_into is None
    )


def check_merge(lead: Candidate, other: Candidate) -> None:
    """Raise Conflict where the two cannot be one."""
    if lead.id == other.id:
        raise Conflict("Không thể gộp một đề nghị với chính nó.")
    if other.merged_into is not None or lead.merged_into is not None:
        raise Conflict("Đề nghị này đã được gộp. Hãy tách ra trước khi gộp vào nơi khác.")
    ours, theirs = lead.nomination, other.nomination
    if (ours.kind, ours.award) != (theirs.kind, theirs.award):
        raise Conflict("Chỉ gộp được các đề nghị cùng đối tượng và cùng danh hiệu, hình thức.")
