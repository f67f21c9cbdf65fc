"""What stands at the end of the lines of a list, and at the end of the content."""

from collections.abc import Iterator, Sequence

from vnadmin.checks.findings import LayoutFinding, Rule, name_within
from vnadmin.checks.lines import Line
from vnadmin.checks.roles import RUNNING_TEXT
from vnadmin.editions import Edition, Family, ListEnds

_FOOT = {"recipients_label", "signing_power"}


def check_endings(
    lines: Sequence[Line], edition: Edition, family: Family
) -> Iterator[LayoutFinding]:
    """Yield lines of lists that end otherwise than the rule says, and content without its mark."""
    for ends in edition.lists:
        for group in _groups(lines, ends.code):
            yield from _check_group(group, ends, edition)
    if family.has_end_mark:
        yield from _check_end_mark(lines, edition)


def _groups(lines: Sequence[Line], code: str) -> Iterator[list[Line]]:
    """Yield the lines of a list that follow each other."""
    group: list[Line] = []
    for line in lines:
        if line.role == code:
            group.append(line)
        elif line.text and group:
            yield group
            group = []
    if group:
        yield group


def _check_group(group: list[Line], ends: ListEnds, edition: Edition) -> Iterator[LayoutFinding]:
    rule = Rule("list-end", ends.source, edition)
    name = name_within(edition.component(ends.code))
    *others, last = group
    for line, mark in [*((line, ends.between) for line in others), (last, ends.last)]:
        # A line that ends with data ends as the data does.
        if not line.text.endswith((mark, "}}")):
            which = "cuối cùng" if line is last else "không phải cuối cùng"
            yield rule.broken(
                line.place,
                f"Dòng {which} của {name} phải kết thúc bằng dấu “{mark}”.",
                f"Đặt dấu “{mark}” ở cuối dòng.",
            )


def _check_end_mark(lines: Sequence[Line], edition: Edition) -> Iterator[LayoutFinding]:
    mark = edition.end_mark
    foot = next((at for at, line in enumerate(lines) if line.role in _FOOT), 0)
    written = [line for line in lines[:foot] if line.text]
    # After a table nobody knows where the mark would stand.
    if not written or written[-1].role not in RUNNING_TEXT:
        return
    last = written[-1]
    if not last.text.endswith((mark.text, "}}")):
        yield Rule("end-mark", mark.source, edition).doubtful(
            last.place,
            f"Cuối nội dung chưa có dấu “{mark.text}”.",
            f"Ghi “{mark.text}” sau chữ cuối cùng của nội dung.",
        )
