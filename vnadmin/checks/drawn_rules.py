"""The lines that are drawn below Tiêu ngữ, the issuing body and the subject."""

import re
from collections.abc import Iterator, Sequence

from ooxml.structure import Paragraph
from vnadmin.checks.findings import LayoutFinding, Rule, name_within
from vnadmin.checks.lines import Line
from vnadmin.editions import Edition, Family

_TYPED = re.compile(r"[\s_\-–—=*─]{3,}")
_DRAW = "Trong Word: Insert → Shapes → Line, hoặc đặt đường viền (Borders) cho đoạn bên dưới."


def check_drawn_rules(
    lines: Sequence[Line], edition: Edition, family: Family
) -> Iterator[LayoutFinding]:
    """Yield the components that want a line below and have none that can be found."""
    for component in edition.components:
        places = [at for at, line in enumerate(lines) if line.role == component.code]
        if component.rule_below is None or not places or component.code in family.unchecked:
            continue
        last, rule = lines[places[-1]], Rule("rule-below", component.source, edition)
        following = _until_next_text(lines, places[-1])
        if any(_TYPED.fullmatch(line.text) for line in following):
            yield rule.doubtful(
                last.place,
                f"Đường kẻ dưới {name_within(component)} được gõ bằng ký tự, phải là nét kẻ liền.",
                _DRAW,
            )
        elif not _is_underlined(last) and not _has_line(last, following, lines):
            yield rule.doubtful(
                last.place, f"Không thấy đường kẻ ngang dưới {name_within(component)}.", _DRAW
            )


def _until_next_text(lines: Sequence[Line], at: int) -> list[Line]:
    """Return the lines up to and with the next one that says something, in the same cell."""
    found = []
    for line in lines[at + 1 :]:
        if line.paragraph.cell != lines[at].paragraph.cell:
            break
        found.append(line)
        if line.text:
            break
    return found


def _has_line(last: Line, following: list[Line], lines: Sequence[Line]) -> bool:
    own = last.paragraph
    if own.look.has_border_below or (own.cell is not None and own.cell.has_border_below):
        return True
    if any(_is_rule(line) for line in following):
        return True
    # A shape may hang on any paragraph near by, and stand where it was dragged to.
    return any(line.paragraph.has_drawn_line for line in _head(lines, last))


def _is_rule(line: Line) -> bool:
    look = line.paragraph.look
    return look.has_border_above or (look.has_border_below and not line.text)


def _head(lines: Sequence[Line], last: Line) -> Iterator[Line]:
    """Yield the lines around a component: those of its table, and the few before and after."""
    at = next(place for place, line in enumerate(lines) if line is last)
    for place, line in enumerate(lines):
        is_near = abs(place - at) <= 4
        is_beside = last.cell is not None and line.cell is not None
        if is_near or (is_beside and _table(line.paragraph) == _table(last.paragraph)):
            yield line


def _table(paragraph: Paragraph) -> int:
    return 0 if paragraph.cell is None else paragraph.cell.outermost.table


def _is_underlined(line: Line) -> bool:
    return any(look.underline not in ("none", "") for look in line.looks)
