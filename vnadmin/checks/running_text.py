"""Paragraphs of the content: indent of the first line, line spacing, gap between paragraphs."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ooxml.looks import ParagraphLook
from vnadmin.checks.findings import LayoutFinding, Rule
from vnadmin.checks.lengths import keeps, millimetres, points, written, written_span
from vnadmin.checks.lines import Line
from vnadmin.checks.roles import RUNNING_TEXT
from vnadmin.editions import Edition, Span

# Height of a single line of Times New Roman in sizes of its letters; exact spacings are in points.
_SINGLE_LINE = Decimal("1.15")
_LINE_TOLERANCE = Decimal("0.02")
_LINES = 240
_BY_LINES = "auto"
_AT_LEAST = "atLeast"


def check_running_text(lines: Sequence[Line], edition: Edition) -> Iterator[LayoutFinding]:
    """Yield what is wrong with the paragraphs of the content."""
    for at, line in enumerate(lines):
        if line.role in RUNNING_TEXT and line.is_whole:
            yield from _check_spacing(line, edition)
            yield from _check_indent(line, edition)
            if at + 1 < len(lines):
                yield from _check_gap(line, lines[at + 1], edition)


def _check_spacing(line: Line, edition: Edition) -> Iterator[LayoutFinding]:
    wanted = edition.body_text.line_spacing
    spacing = _line_spacing(line)
    lowest, highest = wanted.minimum - _LINE_TOLERANCE, wanted.maximum + _LINE_TOLERANCE
    if not Span(lowest, highest).allows(spacing):
        yield Rule("line-spacing", edition.body_text.source, edition).broken(
            line.place,
            f"Khoảng cách dòng là {written(spacing)} dòng, phải {written_span(wanted)}.",
            f"Trong Word: Paragraph → Line spacing, đặt {written_span(wanted)} dòng.",
        )


def _line_spacing(line: Line) -> Decimal:
    """Return the spacing in lines; one that is fixed in points is measured by the letters."""
    look = line.paragraph.look
    if look.line_rule == _BY_LINES:
        return Decimal(look.line) / _LINES
    size = max((it.size_pt for it in line.looks), default=Decimal(0)) or Decimal(1)
    spacing = points(look.line) / (size * _SINGLE_LINE)
    return max(spacing, Decimal(1)) if look.line_rule == _AT_LEAST else spacing


def _check_indent(line: Line, edition: Edition) -> Iterator[LayoutFinding]:
    look, wanted = line.paragraph.look, edition.body_text.first_line_indent_mm
    # A tab at the start goes to a stop of its own, and is the writer's indent.
    if line.paragraph.text.startswith("\t") or _is_indented(look, wanted):
        return
    yield Rule("indent", edition.body_text.source, edition).broken(
        line.place,
        f"Dòng đầu lùi vào {written(millimetres(look.first_line))} mm, "
        f"phải lùi vào {written_span(wanted)} mm.",
        "Trong Word: Paragraph → Special: First line, đặt 1 cm hoặc 1,27 cm.",
    )


def _is_indented(look: ParagraphLook, wanted: Span) -> bool:
    # An item of a list hangs on its number, which then begins where a first line would.
    start = look.left + look.first_line if look.is_list_item else look.first_line
    return keeps(wanted, start)


def _check_gap(line: Line, below: Line, edition: Edition) -> Iterator[LayoutFinding]:
    if below.role not in RUNNING_TEXT or below.cell is not None:
        return
    above, under = line.paragraph, below.paragraph
    is_dropped = above.style == under.style and above.look.drops_gap_between_alike
    gap = Decimal(0) if is_dropped else points(above.look.after + under.look.before)
    least = edition.body_text.paragraph_gap_min_pt
    if gap < least:
        yield Rule("paragraph-gap", edition.body_text.source, edition).doubtful(
            line.place,
            f"Khoảng cách giữa hai đoạn văn là {written(gap)} pt, tối thiểu {written(least)} pt.",
            f"Trong Word: Paragraph → Spacing After, đặt {written(least)} pt.",
        )
