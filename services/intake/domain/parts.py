"""A report part by part: each is filled in, checked and saved by itself."""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from kernel.errors import Located
from services.intake.domain.content import ReportContent
from services.intake.domain.forms import Part

_DECLARED = "nothing_to_report"


class PartState(StrEnum):
    """How far a part has come."""

    NOT_BEGUN = "not_begun"
    IN_WORK = "in_work"
    COMPLETE = "complete"
    FAULTY = "faulty"
    NOTHING = "nothing"

    @property
    def label(self) -> str:
        """The Vietnamese words."""
        return _LABELS[self]

    @property
    def is_done(self) -> bool:
        """Say whether nothing more is expected of it."""
        return self in {PartState.COMPLETE, PartState.NOTHING}


_LABELS = {
    PartState.NOT_BEGUN: "Chưa nhập",
    PartState.IN_WORK: "Đang nhập",
    PartState.COMPLETE: "Đủ",
    PartState.FAULTY: "Có lỗi",
    PartState.NOTHING: "Không có nội dung",
}


def only(content: ReportContent, part: Part) -> ReportContent:
    """Return the report with nothing in it but this part."""
    return replaced(ReportContent(), part, content)


def replaced(content: ReportContent, part: Part, new: ReportContent) -> ReportContent:
    """Return the content with this part as it stands in `new`, everything else untouched."""
    others = tuple(it for it in content.nothing_to_report if it != part)
    declared = tuple(it for it in new.nothing_to_report if it == part)
    changes = {part.value: getattr(new, part.value), _DECLARED: tuple(sorted(others + declared))}
    return replace(content, **changes)


def changed_parts(old: ReportContent, new: ReportContent) -> tuple[Part, ...]:
    """Return the parts that do not say the same in both."""
    return tuple(part for part in Part if only(old, part) != only(new, part))


def strangers_in(content: ReportContent, part: Part) -> tuple[str, ...]:
    """Return the names of what does not belong to this part."""
    names = [it.value for it in Part if it is not part and getattr(content, it.value)]
    names += [_DECLARED for it in content.nothing_to_report if it != part]
    return (*names, *(["attachments"] if content.attachments else []))


def is_filled(content: ReportContent, part: Part) -> bool:
    """Say whether the part tells anything; names of movements alone do not."""
    if part is Part.MOVEMENTS:
        return any(it.result for it in content.movements)
    if part is Part.INDICATORS:
        return any(not it.is_blank for it in content.indicators)
    if part is Part.ACHIEVEMENTS:
        return any(it.text for it in content.achievements)
    return any(getattr(content, part.value))


def state_of(
    part: Part, content: ReportContent, *, faults: Iterable[object], lacks: Iterable[object]
) -> PartState:
    """Return the state of a part of what is stored.

    `faults` are what cannot stay as it is, `lacks` what a finished part must still get.
    """
    if tuple(faults):
        return PartState.FAULTY
    if part in content.nothing_to_report:
        return PartState.NOTHING
    if not is_filled(content, part):
        return PartState.NOT_BEGUN
    return PartState.IN_WORK if tuple(lacks) else PartState.COMPLETE


def part_of(error: Located, content: ReportContent) -> Part:
    """Return the part that an error about the report belongs to."""
    name, _, rest = error.pointer.removeprefix("#/").partition("/")
    if name == _DECLARED:
        place = rest.partition("/")[0]
        declared = content.nothing_to_report[int(place)] if place.isdecimal() else ""
        return Part(declared) if declared in set(Part) else Part.MOVEMENTS
    return Part(name) if name in set(Part) else Part.MOVEMENTS


def errors_of(part: Part, errors: Iterable[Located], content: ReportContent) -> tuple[Located, ...]:
    """Return the errors that belong to this part."""
    return tuple(it for it in errors if part_of(it, content) is part)
