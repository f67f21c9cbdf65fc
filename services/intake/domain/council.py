"""A session of the council: who was there, how it voted, what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from enum import StrEnum

from kernel.errors import Located
from vnadmin.awards.council_rules import NoCouncilRules, council_rules


class SessionState(StrEnum):
    """Whether the results may still change."""

    DRAFT = "draft"
    LOCKED = "locked"

    @property
    def label(self) -> str:
        """The Vietnamese word."""
        return {"draft": "Đang nhập", "locked": "Đã chốt kết quả"}[self]


class MemberRole(StrEnum):
    """What a member is in the council."""

    CHAIR = "chair"
    DEPUTY = "deputy"
    SECRETARY = "secretary"
    MEMBER = "member"

    @property
    def label(self) -> str:
        """The Vietnamese word."""
        return _ROLE_LABELS[self]


_ROLE_LABELS = {
    MemberRole.CHAIR: "Chủ tịch Hội đồng",
    MemberRole.DEPUTY: "Phó Chủ tịch Hội đồng",
    MemberRole.SECRETARY: "Thư ký Hội đồng",
    MemberRole.MEMBER: "Ủy viên",
}
ROLES = tuple(role.value for role in MemberRole)
OUTCOMES = ("passed", "failed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member (thành viên Hội đồng); of one who was absent also why."""

    name: str
    title: str = ""
    role: str = MemberRole.MEMBER.value
    is_present: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Đại biểu mời dự: at the table, without a vote."""

    name: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFacts:
    """What minutes tell of a session; times are those of the clock on the wall."""

    held_on: date | None = None
    begins: time | None = None
    ends: time | None = None
    place: str = ""
    method: str = ""
    needed_percent: Decimal | None = None
    members: tuple[Member, ...] = ()
    guests: tuple[Guest, ...] = ()
    opinions: tuple[str, ...] = ()

    @property
    def present(self) -> tuple[Member, ...]:
        """Return who was there."""
        return tuple(it for it in self.members if it.is_present)

    @property
    def absent(self) -> tuple[Member, ...]:
        """Return who was not."""
        return tuple(it for it in self.members if not it.is_present)


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """Phiếu cho một đề nghị; `decided` with its reason stands in the place of what they give."""

    in_favour: int | None = None
    against: int | None = None
    not_voting: int | None = None
    decided: str = ""
    reason: str = ""

    @property
    def is_blank(self) -> bool:
        """Say that nothing was typed."""
        return self.in_favour is None and self.against is None and self.not_voting is None

    @property
    def cast(self) -> int:
        """Return how many members these votes account for."""
        return (self.in_favour or 0) + (self.against or 0) + (self.not_voting or 0)


def completed(votes: Votes, present: int) -> Votes:
    """Return the votes with the one figure that was left blank, where the others give it."""
    parts = {
        "in_favour": votes.in_favour,
        "against": votes.against,
        "not_voting": votes.not_voting,
    }
    if votes.in_favour is None or votes.cast > present:
        return votes
    if votes.against is None and votes.not_voting is None:
        return replace(votes, against=present - votes.cast, not_voting=0)
    missing = next((name for name, figure in parts.items() if figure is None), None)
    if missing == "against":
        return replace(votes, against=present - votes.cast)
    return replace(votes, not_voting=present - votes.cast) if missing else votes


def share_of(votes: Votes, members: int) -> Decimal | None:
    """Return how many in a hundred of all members were in favour."""
    if votes.in_favour is None or not members:
        return None
    return Decimal(100) * votes.in_favour / members


def passes_by_votes(votes: Votes, facts: SessionFacts) -> bool | None:
    """Tell what the votes alone give; None where they or the rule are not known."""
    members = len(facts.members)
    if votes.in_favour is None or facts.needed_percent is None or not members:
        return None
    # Whole numbers on both sides: a third is compared exactly.
    return 100 * votes.in_favour >= facts.needed_percent * members


def outcome(votes: Votes, facts: SessionFacts) -> bool | None:
    """Tell whether the nominee passed: what was decided, else what the votes give."""
    if votes.decided:
        return votes.decided == "passed"
    return passes_by_votes(votes, facts)


def errors_in_votes(votes: Votes, present: int, here: str) -> Iterator[Located]:
    """Yield what is wrong with the votes on one nominee."""
    if not votes.is_blank:
        if votes.in_favour is None:
            yield Located(f"{here}/in_favour", "Nhập số phiếu tán thành.")
        elif votes.cast != present:
            yield Located(
                f"{here}/in_favour",
                f"Tổng số phiếu là {votes.cast}, phải bằng số thành viên có mặt là {present}.",
            )
    if votes.decided and not votes.reason:
        yield Located(f"{here}/reason", "Nhập lý do kết quả khác với số phiếu.")


def errors_in_facts(facts: SessionFacts) -> Iterator[Located]:
    """Yield what contradicts itself in the facts of a session, be they complete or not."""
    seen: set[str] = set()
    for place, member in enumerate(facts.members):
        here = f"#/members/{place}"
        if member.name.casefold() in seen:
            yield Located(f"{here}/name", "Thành viên này đã có ở dòng trên.")
        seen.add(member.name.casefold())
    for role in (MemberRole.CHAIR, MemberRole.SECRETARY):
        places = [n for n, it in enumerate(facts.members) if it.role == role]
        if len(places) > 1:
            yield Located(f"#/members/{places[1]}/role", f"Chỉ có một {role.label}.")
    if facts.begins and facts.ends and facts.ends <= facts.begins:
        yield Located("#/ends", "Giờ kết thúc phải sau giờ bắt đầu.")
    percent = facts.needed_percent
    if percent is not None and not 0 < percent <= 100:
        yield Located("#/needed_percent", "Tỷ lệ phải lớn hơn 0 và không quá 100.")


def gaps_in_facts(facts: SessionFacts) -> tuple[str, ...]:
    """Return what minutes cannot do without."""
    roles = {it.role for it in facts.present}
    absent_without_reason = [it.name for it in facts.absent if not it.reason]
    checks = (
        (facts.held_on is None, "Chưa nhập ngày họp."),
        (facts.begins is None or facts.ends is None, "Chưa nhập giờ bắt đầu và giờ kết thúc."),
        (not facts.place, "Chưa nhập địa điểm."),
        (not facts.method, "Chưa nhập hình thức biểu quyết."),
        (facts.needed_percent is None, "Chưa nhập tỷ lệ phiếu cần đạt."),
        (not facts.present, "Chưa có thành viên nào có mặt."),
        (
            bool(facts.present) and not roles & {MemberRole.CHAIR.value, MemberRole.DEPUTY.value},
            "Chủ tịch hoặc Phó Chủ tịch Hội đồng phải có mặt để chủ trì.",
        ),
        (
            bool(facts.present) and MemberRole.SECRETARY.value not in roles,
            "Thư ký Hội đồng phải có mặt để ghi biên bản.",
        ),
        (
            bool(absent_without_reason),
            f"Chưa ghi lý do vắng mặt: {', '.join(absent_without_reason)}.",
        ),
    )
    return tuple(detail for is_missing, detail in checks if is_missing)


def quorum_gap(facts: SessionFacts) -> tuple[int, int, str, str] | None:
    """Return present, needed, article and mark where too few members were there; else None."""
    if facts.held_on is None or not facts.members:
        return None
    try:
        rules = council_rules(facts.held_on)
    except NoCouncilRules:
        return None  # no rule of that day is known: nobody can say that it was broken
    needed = rules.members_needed(len(facts.members))
    if len(facts.present) >= needed:
        return None
    return len(facts.present), needed, rules.source.article, rules.source.mark.value
