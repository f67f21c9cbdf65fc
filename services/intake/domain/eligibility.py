"""Whether nominees may get what they are proposed for: findings with their article."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.intake.domain.candidates import Nominee, squashed
from services.intake.domain.council import SessionFacts, quorum_gap
from services.intake.domain.duplicates import Pair
from vnadmin.amounts import format_number, format_percent
from vnadmin.awards.authority import NoAuthority, authority_for
from vnadmin.awards.conditions import prerequisites, single_award_rule
from vnadmin.awards.ratios import all_minimum_shares, all_ratios
from vnadmin.awards.titles import Award, AwardKind, UnknownAward, award
from vnadmin.validity import Mark, Source

COMMUNE = "commune"
QUORUM = "quorum"


class Severity(StrEnum):
    """How much a finding weighs: an error forbids the vote, a warning asks for a reason."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"

    @property
    def label(self) -> str:
        """The Vietnamese word."""
        return {"error": "Không hợp lệ", "warning": "Cần lý do", "hint": "Lưu ý"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that stands against nominees, or that the council should know of them.

    `key` holds the figures too: a reason that was given stays given only while they stay the same.
    """

    key: str
    rule: str
    severity: Severity
    message: str
    article: str = ""
    mark: str = ""
    nominees: tuple[UUID, ...] = ()

    @property
    def needs_reason(self) -> bool:
        """Say that somebody must write down why it is to be so."""
        return self.severity is Severity.WARNING

    @property
    def is_confirmed(self) -> bool:
        """Say that the rule was read where it is written, or reported by several sources."""
        return self.mark in {"", Mark.PRIMARY, Mark.REPORTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decider:
    """Who decides on an award on a day; without a level nobody does."""

    level: str = ""
    title: str = ""
    article: str = ""

    @property
    def is_ours(self) -> bool:
        """Say that the head of the commune decides."""
        return self.level == COMMUNE


def decider_of(code: str, on: date, words: Mapping[str, str]) -> Decider:
    """Return who decides on the award on that day."""
    try:
        found = authority_for(code, on, words)
    except (NoAuthority, UnknownAward):
        return Decider()
    return Decider(level=found.level, title=found.title, article=found.article)


def is_for_council(code: str) -> bool:
    """Tell whether the council considers that award: those of the Party are only counted."""
    try:
        return not award(code).is_counted_only
    except UnknownAward:
        return True


def findings(
    every: Sequence[Nominee], *, on: date, words: Mapping[str, str], pairs: Sequence[Pair] = ()
) -> tuple[Finding, ...]:
    """Return what is to be said of those on the agenda, errors first."""
    asked = [it for it in every if it.is_on_agenda]
    found = [
        *(finding for it in asked for finding in _of_award(it, on, words)),
        *_duplicates(pairs),
        *_same_achievement(asked, on),
        *_ratios(asked, on, words),
        *_prerequisites(asked, on, words),
        *_minimum_shares(asked, on, words),
    ]
    order = list(Severity)
    return tuple(sorted(found, key=lambda it: order.index(it.severity)))


def quorum_findings(session_id: UUID, facts: SessionFacts) -> Iterator[Finding]:
    """Yield that too few members were there, if they were."""
    gap = quorum_gap(facts)
    if gap is not None:
        present, needed, article, mark = gap
        yield Finding(
            key=f"quorum:{session_id}:{present}/{needed}",
            rule=QUORUM,
            severity=Severity.WARNING,
            message=f"Có mặt {present} thành viên, ít hơn {needed} thành viên cần có để họp.",
            article=article,
            mark=mark,
        )


def _sourced(source: Source) -> dict[str, str]:
    return {"article": source.article, "mark": source.mark.value}


def _of_award(nominee: Nominee, on: date, words: Mapping[str, str]) -> Iterator[Finding]:
    said = nominee.nomination
    try:
        known = award(said.award, words)
    except UnknownAward as exc:
        yield _about(nominee, "award-unknown", Severity.ERROR, f"{exc}.")
        return
    if said.kind not in known.objects:
        allowed = ", ".join(kind.label for kind in known.objects)
        message = f"{said.name}: {known.title} chỉ dành cho {allowed}."
        yield _about(nominee, "kind", Severity.ERROR, message, **_sourced(known.source))
    yield from _of_authority(nominee, known, on, words)
    if known.kind is AwardKind.COMMENDATION and not known.is_counted_only and not said.occasion:
        message = f"{said.name}: chưa ghi loại hình khen thưởng."
        yield _about(
            nominee, "occasion", Severity.HINT, message, article="Điều 8 Luật TĐKT 2022", mark="A"
        )


def _of_authority(
    nominee: Nominee, known: Award, on: date, words: Mapping[str, str]
) -> Iterator[Finding]:
    if known.is_counted_only:
        return
    try:
        found = authority_for(known.code, on, words)
    except NoAuthority as exc:
        message = f"{nominee.nomination.name}: {exc}."
        yield _about(nominee, "authority-none", Severity.ERROR, message)
        return
    if found.level != COMMUNE:
        message = f"{nominee.nomination.name}: {known.title} do {found.title} quyết định."
        yield _about(
            nominee,
            "authority-above",
            Severity.HINT,
            message,
            article=found.article,
            mark=found.mark.value,
        )


def _about(
    nominee: Nominee,
    rule: str,
    severity: Severity,
    message: str,
    *,
    article: str = "",
    mark: str = "",
) -> Finding:
    return Finding(
        key=f"{rule}:{nominee.id}",
        rule=rule,
        severity=severity,
        message=message,
        article=article,
        mark=mark,
        nominees=(nominee.id,),
    )


def _duplicates(pairs: Sequence[Pair]) -> Iterator[Finding]:
    for pair in pairs:
        ids = (pair.first.id, pair.second.id)
        units = ", ".join((*pair.first.unit_names, *pair.second.unit_names))
        tail = "hãy gộp, hoặc xác nhận không phải trùng."
        yield Finding(
            key=f"duplicate:{ids[0]}:{ids[1]}",
            rule="duplicate",
            severity=Severity.ERROR if pair.is_certain else Severity.HINT,
            message=f"{pair.first.nomination.name}: {pair.label.lower()} ({units}); {tail}",
            nominees=ids,
        )


def _same_achievement(asked: Sequence[Nominee], on: date) -> Iterator[Finding]:
    rule = single_award_rule(on)
    if rule is None:
        return
    told: dict[tuple[str, ...], list[Nominee]] = defaultdict(list)
    for it in asked:
        said = it.nomination
        if said.achievement and is_for_council(said.award):
            key = (said.kind, squashed(said.name), squashed(said.unit), squashed(said.achievement))
            told[key].append(it)
    for several in told.values():
        if len({it.nomination.award for it in several}) > 1:
            yield _repeated(several, rule)


def _repeated(several: Sequence[Nominee], rule: Source) -> Finding:
    kinds = [_kind(it) for it in several]
    is_forbidden = kinds.count(AwardKind.COMMENDATION) > 1
    ids = sorted((it.id for it in several), key=str)
    name = several[0].nomination.name
    return Finding(
        key=f"achievement:{_digest(ids)}",
        rule="one-achievement",
        severity=Severity.ERROR if is_forbidden else Severity.WARNING,
        message=(
            f"{name}: một thành tích được đề nghị {len(several)} danh hiệu, hình thức khen thưởng."
        ),
        nominees=tuple(ids),
        **_sourced(rule),
    )


def _digest(ids: Sequence[UUID]) -> str:
    return hashlib.sha256(":".join(map(str, ids)).encode()).hexdigest()


def _kind(nominee: Nominee) -> AwardKind | None:
    try:
        return award(nominee.nomination.award).kind
    except UnknownAward:
        return None


def _ratios(asked: Sequence[Nominee], on: date, words: Mapping[str, str]) -> Iterator[Finding]:
    for rule in all_ratios():
        if not rule.source.covers(on):
            continue
        counted = _of(asked, rule.numerator)
        outcome = rule.check(len(counted), len(_of(asked, rule.denominator)))
        if not outcome.is_exceeded:
            continue
        share = "" if outcome.share is None else f" ({format_percent(outcome.share)})"
        figures = f"{outcome.numerator_count}/{outcome.denominator_count}"
        yield Finding(
            key=f"ratio:{rule.code}:{figures}",
            rule="ratio",
            severity=Severity.WARNING,
            message=(
                f"{award(rule.numerator, words).title}: {figures} "
                f"{award(rule.denominator, words).title}{share}, quá tỷ lệ "
                f"{format_number(rule.maximum)}%; nhiều nhất {outcome.allowed}."
            ),
            nominees=tuple(it.id for it in counted),
            **_sourced(rule.source),
        )


def _prerequisites(
    asked: Sequence[Nominee], on: date, words: Mapping[str, str]
) -> Iterator[Finding]:
    for rule in prerequisites(on):
        holders = {_who(it) for code in rule.needs for it in _of(asked, code)}
        needed = " hoặc ".join(award(code, words).title for code in rule.needs)
        for it in _of(asked, rule.award):
            if _who(it) not in holders:
                message = (
                    f"{it.nomination.name}: {award(rule.award, words).title} cần là {needed} của "
                    "năm; trong danh sách chưa thấy."
                )
                yield _about(it, "prerequisite", Severity.HINT, message, **_sourced(rule.source))


def _minimum_shares(
    asked: Sequence[Nominee], on: date, words: Mapping[str, str]
) -> Iterator[Finding]:
    for rule in all_minimum_shares():
        for it in _of(asked, rule.award) if rule.source.covers(on) else ():
            message = (
                f"{it.nomination.name}: {award(rule.award, words).title} cần ít nhất "
                f"{format_number(rule.minimum)}% thành viên đạt "
                f"{award(rule.members_award, words).title}; hãy kiểm tra trong hồ sơ."
            )
            yield _about(it, "members-share", Severity.HINT, message, **_sourced(rule.source))


def _of(asked: Sequence[Nominee], code: str) -> list[Nominee]:
    return [it for it in asked if it.nomination.award == code]


def _who(nominee: Nominee) -> tuple[str, str, str]:
    said = nominee.nomination
    return said.kind, squashed(said.name), squashed(said.unit)
