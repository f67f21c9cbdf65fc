"""What two editions of a form ask differently: added, removed, changed, moved."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from services.intake.domain.forms import (
    AskedIndicator,
    AwardChoice,
    NarrativePrompt,
    Part,
    PartGuide,
    PeriodForm,
)
from vnadmin.amounts import format_number
from vnadmin.awards.titles import NomineeKind

Facts = Mapping[str, str]
"""What is said of one row: label of the field, and its value as a reader sees it."""


class Change(StrEnum):
    """What happened to a row."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"

    @property
    def label(self) -> str:
        """The Vietnamese word."""
        return _CHANGE_LABELS[self]


_CHANGE_LABELS = {
    Change.ADDED: "Thêm",
    Change.REMOVED: "Bỏ",
    Change.CHANGED: "Sửa",
    Change.MOVED: "Chuyển chỗ",
}


class Section(StrEnum):
    """The sections of a form, in the order in which they are compared."""

    HEADINGS = "headings"
    INDICATORS = "indicators"
    PROMPTS = "prompts"
    MOVEMENTS = "movements"
    AWARDS = "awards"
    GUIDES = "guides"

    @property
    def label(self) -> str:
        """The Vietnamese title."""
        return _SECTION_LABELS[self]


_SECTION_LABELS = {
    Section.HEADINGS: "Lĩnh vực",
    Section.INDICATORS: "Chỉ tiêu",
    Section.PROMPTS: "Câu hỏi gợi ý",
    Section.MOVEMENTS: "Phong trào thi đua",
    Section.AWARDS: "Danh hiệu, hình thức khen thưởng",
    Section.GUIDES: "Hướng dẫn từng phần",
}

FROM_ABOVE, COMMUNE_WIDE = "Cấp trên phát động", "Toàn xã"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field of a row, before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One row that is not as it was; a changed row may also have moved."""

    section: Section
    change: Change
    code: str
    title: str
    fields: tuple[FieldChange, ...] = ()
    has_moved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    key: str
    title: str
    facts: Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """Names of what rows refer to: the same in both forms, so that a new name is told once."""

    units: Mapping[str, str]
    headings: Mapping[str, str]


def differences(
    before: PeriodForm, after: PeriodForm, unit_names: Mapping[str, str] | None = None
) -> tuple[Difference, ...]:
    """Return every difference, section by section; none where both ask the same."""
    headings = {it.code: it.title for form in (before, after) for it in form.headings}
    names = _Names(units=unit_names or {}, headings=headings)
    return tuple(
        found
        for section, rows_of in _SECTIONS.items()
        for found in _between(section, rows_of(before, names), rows_of(after, names))
    )


def _between(section: Section, before: list[_Row], after: list[_Row]) -> Iterator[Difference]:
    old, new = {it.key: it for it in before}, {it.key: it for it in after}
    moved = _moved([it for it in old if it in new], [it for it in new if it in old])
    for key, row in new.items():
        if key not in old:
            yield Difference(
                section=section,
                change=Change.ADDED,
                code=key,
                title=row.title,
                fields=_changes({}, row.facts),
            )
            continue
        changes = _changes(old[key].facts, row.facts)
        if changes or key in moved:
            yield Difference(
                section=section,
                change=Change.CHANGED if changes else Change.MOVED,
                code=key,
                title=row.title,
                fields=changes,
                has_moved=key in moved,
            )
    for key, row in old.items():
        if key not in new:
            yield Difference(
                section=section,
                change=Change.REMOVED,
                code=key,
                title=row.title,
                fields=_changes(row.facts, {}),
            )


def _changes(before: Facts, after: Facts) -> tuple[FieldChange, ...]:
    labels = dict.fromkeys([*after, *before])
    return tuple(
        FieldChange(label=label, before=before.get(label, ""), after=after.get(label, ""))
        for label in labels
        if before.get(label, "") != after.get(label, "")
    )


def _moved(before: Sequence[str], after: Sequence[str]) -> frozenset[str]:
    """Return the fewest rows whose moving makes one order of the other.

    The rows that stay are a longest rising run of old places, read in the new order.
    """
    place = {key: at for at, key in enumerate(before)}
    tails: list[int] = []
    ends: list[int] = []
    came_from: list[int | None] = []
    for at, key in enumerate(after):
        length = bisect_left(tails, place[key])
        came_from.append(ends[length - 1] if length else None)
        if length == len(tails):
            tails.append(place[key])
            ends.append(at)
        else:
            tails[length], ends[length] = place[key], at
    stays, at_last = set(), ends[-1] if ends else None
    while at_last is not None:
        stays.add(after[at_last])
        at_last = came_from[at_last]
    return frozenset(after) - stays


def _rows(keys: Sequence[str], titles: Sequence[str], facts: Sequence[Facts]) -> list[_Row]:
    """Number keys that come twice: a draft may hold the same code in two rows."""
    seen: dict[str, int] = {}
    rows = []
    for key, title, said in zip(keys, titles, facts, strict=True):
        seen[key] = seen.get(key, 0) + 1
        unique = key if seen[key] == 1 else f"{key} ({seen[key]})"
        rows.append(_Row(key=unique, title=title or key, facts=said))
    return rows


def _headings(form: PeriodForm, _: _Names) -> list[_Row]:
    return _of(form.headings, lambda it: it.title, lambda it: {"Tên": it.title})


def _prompts(form: PeriodForm, names: _Names) -> list[_Row]:
    def facts(it: NarrativePrompt) -> Facts:
        return {
            "Câu hỏi": it.label,
            "Lĩnh vực": _heading(it.field, names),
            "Hướng dẫn": it.help,
            "Dài nhất": f"{format_number(Decimal(it.max_length))} ký tự",
            "Bắt buộc": _yes(it.is_required),
            "Ngành trả lời": _units(it.unit_codes, names) or "mọi ngành",
        }

    return _of(form.prompts, lambda it: it.label, facts)


def _indicators(form: PeriodForm, names: _Names) -> list[_Row]:
    def facts(it: AskedIndicator) -> Facts:
        return {
            "Tên": it.name,
            "Lĩnh vực": _heading(it.field, names),
            "Đơn vị tính": it.unit,
            "Số chữ số thập phân": str(it.decimals),
            "Kế hoạch giao": _figure(it.plan),
            "Tổng số": _figure(it.base),
            "Càng thấp càng tốt": _yes(it.better_when_lower),
            "Không vượt tổng số": _yes(it.within_base),
            "Hỏi lý do khi lệch năm trước quá": f"{_figure(it.jump_bound)}%"
            if it.jump_bound is not None
            else "",
            "Gồm các chỉ tiêu": ", ".join(it.parts),
            "Ngành báo cáo": _units(it.unit_codes, names),
        }

    return _of(form.indicators, lambda it: it.name, facts)


def _movements(form: PeriodForm, names: _Names) -> list[_Row]:
    listed = [
        *((FROM_ABOVE, it) for it in form.movements_from_above),
        *((COMMUNE_WIDE, it) for it in form.movements_commune_wide),
        *(
            (names.units.get(unit, unit), it)
            for unit in sorted({it.unit_code for it in form.expected_movements})
            for it in form.movements_of(unit)
        ),
    ]
    keys = [f"{whose}: {name}" for whose, name in listed]
    facts = [{"Của": whose, "Tên": name} for whose, name in listed]
    return _rows(keys, keys, facts)


def _awards(form: PeriodForm, _: _Names) -> list[_Row]:
    def facts(it: AwardChoice) -> Facts:
        kinds = [kind.label for kind in NomineeKind if kind in it.kinds]
        return {"Tên": it.title, "Đối tượng": ", ".join(kinds)}

    return _of(form.awards, lambda it: it.title, facts)


def _guides(form: PeriodForm, names: _Names) -> list[_Row]:
    """Every part has its guide, the usual one where the form says nothing."""

    def facts(it: PartGuide) -> Facts:
        asked = _units(it.unit_codes, names) or "mọi ngành"
        return {"Hỏi": asked if it.is_asked else "không hỏi", "Hướng dẫn": it.help}

    parts = list(Part)
    said = [facts(form.guide(part)) for part in parts]
    return _rows([str(it) for it in parts], [it.label for it in parts], said)


def _of(
    items: Sequence[object], title: Callable[..., str], facts: Callable[..., Facts]
) -> list[_Row]:
    codes = [it.code for it in items]  # type: ignore[attr-defined]
    return _rows(codes, [title(it) for it in items], [facts(it) for it in items])


_SECTIONS: Mapping[Section, Callable[[PeriodForm, _Names], list[_Row]]] = {
    Section.HEADINGS: _headings,
    Section.INDICATORS: _indicators,
    Section.PROMPTS: _prompts,
    Section.MOVEMENTS: _movements,
    Section.AWARDS: _awards,
    Section.GUIDES: _guides,
}


def _heading(code: str, names: _Names) -> str:
    # With its code: two headings may be called alike.
    title = names.headings.get(code, "")
    return f"{title} ({code})" if title else code


def _units(codes: Sequence[str], names: _Names) -> str:
    return ", ".join(names.units.get(code, code) for code in sorted(set(codes)))


def _figure(figure: Decimal | None) -> str:
    return "" if figure is None else format_number(figure)


def _yes(flag: bool) -> str:
    return "có" if flag else "không"
