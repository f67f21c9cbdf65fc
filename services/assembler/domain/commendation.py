"""The data of a commendation decision: who is named, in which order, with which money."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kernel.contracts.dossier import Nomination
from services.assembler.domain import award_table, wording
from services.assembler.domain.ordering import natural_key
from vnadmin import amounts, names
from vnadmin.awards.money import NoBonus, bonus
from vnadmin.awards.titles import Award, AwardKind, NomineeKind


@dataclass(frozen=True, slots=True)
class Group:
    """One group of the annexed list; `bonus_each` is None where no rule gives money."""

    kind: NomineeKind
    nominees: tuple[Nomination, ...]
    bonus_each: int | None

    @property
    def bonus_total(self) -> int:
        """Return what the whole group gets."""
        return len(self.nominees) * (self.bonus_each or 0)


def groups(award_code: str, every: Sequence[Nomination], on: date) -> list[Group]:
    """Return collectives, households, individuals of one award; an empty group is left out."""
    mine = [it for it in every if it.award == award_code]
    by_kind = {kind: [it for it in mine if it.kind == kind] for kind in award_table.KINDS}
    return [
        Group(kind, tuple(ordered(kind, nominees)), _bonus_each(award_code, kind, on))
        for kind, nominees in by_kind.items()
        if nominees
    ]


def ordered(kind: NomineeKind, nominees: Sequence[Nomination]) -> list[Nomination]:
    """Return people and households by tên, đệm, họ; collectives by the alphabet and number."""
    if kind is NomineeKind.COLLECTIVE:
        return sorted(nominees, key=lambda it: (natural_key(it.name), natural_key(it.unit)))
    return sorted(nominees, key=lambda it: (names.name_sort_key(it.name), natural_key(it.unit)))


def thing_of(award: Award) -> str:
    """Return what is given: "Giấy khen", "danh hiệu “Lao động tiên tiến”"."""
    if award.kind is AwardKind.EMULATION_TITLE:
        return f"danh hiệu {wording.quoted(award.title)}"
    return award.title.partition(" của ")[0]


def act_of(award: Award) -> str:
    """Return what the decision does: "tặng Giấy khen", "công nhận danh hiệu “…”"."""
    verb = "công nhận" if award.kind is AwardKind.EMULATION_TITLE else "tặng"
    return f"{verb} {thing_of(award)}"


def view(award: Award, found: Sequence[Group]) -> dict[str, Any]:
    """Return the part of the context that a decision reads."""
    act = act_of(award)
    kinds = nominee_words(found)
    return {
        "award": award.title,
        "thing": thing_of(award),
        "act": act,
        "act_capital": wording.upper_first(act),
        "whom": award_table.told(_counts(award, found)),
        "nominees": kinds,
        "annex_title": f"{kinds} được {act}".upper(),
        "is_grouped": len(found) > 1,
        "groups": [_group_view(number, group) for number, group in enumerate(found, 1)],
        **_money_view(found),
    }


def place_of(nominee: Nomination) -> str:
    """Return "Trưởng xóm, xóm số 1": the office that someone holds and where."""
    parts = [wording.one_line(part) for part in (nominee.title, nominee.unit) if part.strip()]
    return ", ".join(parts)


def nominee_words(found: Sequence[Group]) -> str:
    """Return "tập thể, cá nhân": the kinds of nominee that the decision names."""
    return ", ".join(group.kind.label for group in found)


def has_bonus(found: Sequence[Group]) -> bool:
    """Tell whether the money of every nominee is known."""
    return bool(found) and all(group.bonus_each is not None for group in found)


def _counts(award: Award, found: Sequence[Group]) -> award_table.AwardCount:
    by_kind: Mapping[NomineeKind, int] = {group.kind: len(group.nominees) for group in found}
    every = {kind: by_kind.get(kind, 0) for kind in award_table.KINDS}
    return award_table.AwardCount(award.title, every)


def _bonus_each(award_code: str, kind: NomineeKind, on: date) -> int | None:
    try:
        return bonus(award_code, kind, on).amount
    except NoBonus:
        return None


def _money_view(found: Sequence[Group]) -> dict[str, Any]:
    if not has_bonus(found):
        return {
            "has_bonus": False,
            "bonus": "",
            "total": "",
            "total_figure": "",
            "total_in_words": "",
        }
    total = sum(group.bonus_total for group in found)
    each = [f"mỗi {g.kind.label} {amounts.format_money(g.bonus_each or 0)}" for g in found]
    return {
        "has_bonus": True,
        "bonus": wording.enumerated(each),
        "total": amounts.format_money(total),
        "total_figure": amounts.format_number(total),
        "total_in_words": amounts.money_in_words(total),
    }


def _group_view(number: int, group: Group) -> dict[str, Any]:
    count = amounts.padded_count(len(group.nominees))
    return {
        "label": amounts.roman(number),
        "title": wording.upper_first(group.kind.label),
        "count": count,
        "count_line": f"{count} {group.kind.label}",
        "subtotal": _money_cell(group.bonus_total if group.bonus_each is not None else None),
        "rows": [_row(n, it, group.bonus_each) for n, it in enumerate(group.nominees, 1)],
    }


def _row(number: int, nominee: Nomination, bonus_each: int | None) -> dict[str, str]:
    return {
        "number": str(number),
        "name": wording.one_line(nominee.name),
        "place": place_of(nominee),
        "achievement": nominee.achievement.strip(),
        "bonus": _money_cell(bonus_each),
    }


def _money_cell(dong: int | None) -> str:
    return "" if dong is None else amounts.format_number(dong)
