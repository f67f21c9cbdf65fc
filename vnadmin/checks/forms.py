"""The form of each component: capitals, size, weight, slope, place on the line, no underline."""

import re
from collections.abc import Iterator
from decimal import Decimal

from vnadmin.checks.findings import LayoutFinding, Rule, name_within
from vnadmin.checks.lengths import written, written_span
from vnadmin.checks.lines import Line
from vnadmin.checks.roles import FULL_LINE, RUNNING_TEXT
from vnadmin.editions import Alignment, Component, Edition, Family, LetterCase, Span

_ALIGNMENTS = {Alignment.CENTRE: "center", Alignment.JUSTIFIED: "both", Alignment.LEFT: "left"}
_ALIGNED = {Alignment.CENTRE: "giữa", Alignment.JUSTIFIED: "đều hai lề", Alignment.LEFT: "trái"}
# Names in capitals and the words of a sentence say nothing about how the rest is written.
_ANY_CASE = RUNNING_TEXT | {"number_and_symbol", "recipients", "drafter_code", "address_line"}
# Sentences may stress a word; only the other components are of one piece.
_ANY_WEIGHT = RUNNING_TEXT
_ANY_SLOPE = RUNNING_TEXT - {"legal_basis"}
_ANY_UNDERLINE = RUNNING_TEXT | {"recipients", "addressees"}
# Addressees are set out by their colon, wherever that comes to stand.
_ANY_ALIGNMENT = {"addressees"}
_NO_LIMIT = Decimal(1_000)
_ARTICLE_LABEL = re.compile(r"\s*Điều\s+\d+\w?\s*[.:]", re.IGNORECASE)


def check_form(line: Line, edition: Edition, family: Family) -> Iterator[LayoutFinding]:
    """Yield how a line departs from the form of the component that it is."""
    component = edition.component(line.role)
    yield from _check_case(line, component, edition)
    yield from _check_size(line, component, edition, family)
    yield from _check_weight(line, component, edition)
    yield from _check_slope(line, component, edition)
    yield from _check_alignment(line, component, edition)
    yield from _check_underline(line, component, edition)


def _check_case(line: Line, component: Component, edition: Edition) -> Iterator[LayoutFinding]:
    text, rule = line.fixed_text, Rule("case", component.source, edition)
    if component.code in _ANY_CASE or not any(letter.isalpha() for letter in text):
        return
    if component.case is LetterCase.UPPER and not text.isupper():
        yield rule.broken(
            line.place, f"{component.name} phải viết bằng chữ in hoa.", "Viết lại bằng chữ in hoa."
        )
    if component.case is LetterCase.LOWER and text.isupper():
        yield rule.broken(
            line.place,
            f"{component.name} phải viết bằng chữ in thường, không viết toàn chữ in hoa.",
            "Viết lại bằng chữ in thường; bỏ All caps nếu có.",
        )


def _check_size(
    line: Line, component: Component, edition: Edition, family: Family
) -> Iterator[LayoutFinding]:
    rule, span = Rule("size", component.source, edition), component.size_pt
    allowed = span if family.has_greatest_sizes else Span(span.minimum, _NO_LIMIT)
    for size in dict.fromkeys(look.size_pt for look in line.looks if look.vertical == "baseline"):
        if not allowed.allows(size):
            yield rule.broken(
                line.place,
                f"Cỡ chữ của {name_within(component)} là {written(size)}, phải {_wanted(allowed)}.",
                f"Đặt cỡ chữ {_wanted(allowed)}.",
            )


def _check_weight(line: Line, component: Component, edition: Edition) -> Iterator[LayoutFinding]:
    rule = Rule("bold", component.source, edition)
    bold = {look.is_bold for look in line.looks}
    if component.code == "article":
        if not _label_is_bold(line):
            yield rule.broken(line.place, "Từ “Điều” và số thứ tự phải in đậm.", "In đậm “Điều …”.")
        return
    if component.code in _ANY_WEIGHT:
        return
    if component.is_bold and False in bold:
        yield rule.broken(line.place, f"{component.name} phải in đậm.", "Đặt chữ đậm (Ctrl+B).")
    if not component.is_bold and True in bold:
        yield rule.broken(line.place, f"{component.name} không in đậm.", "Bỏ chữ đậm (Ctrl+B).")


def _check_slope(line: Line, component: Component, edition: Edition) -> Iterator[LayoutFinding]:
    rule = Rule("italic", component.source, edition)
    italic = {look.is_italic for look in line.looks}
    if component.is_italic and False in italic:
        yield rule.broken(
            line.place, f"{component.name} phải in nghiêng.", "Đặt chữ nghiêng (Ctrl+I)."
        )
    is_wrong = italic == {True} if component.code in _ANY_SLOPE else True in italic
    if not component.is_italic and is_wrong:
        yield rule.broken(
            line.place,
            f"{component.name} phải là chữ đứng, không in nghiêng.",
            "Bỏ chữ nghiêng (Ctrl+I).",
        )


def _check_alignment(line: Line, component: Component, edition: Edition) -> Iterator[LayoutFinding]:
    wanted, found = component.alignment, line.paragraph.look.alignment
    is_free = component.code in _ANY_ALIGNMENT or not line.is_whole
    if is_free or found == _ALIGNMENTS[wanted]:
        return
    if wanted is Alignment.LEFT and found == "both":
        return
    # A justified line that does not reach the margin looks like any other on the left.
    if wanted is Alignment.JUSTIFIED and not (len(line.text) >= FULL_LINE or line.has_placeholder):
        return
    yield Rule("alignment", component.source, edition).broken(
        line.place,
        f"{component.name} phải canh {_ALIGNED[wanted]}.",
        f"Đặt đoạn này canh {_ALIGNED[wanted]}.",
    )


def _check_underline(line: Line, component: Component, edition: Edition) -> Iterator[LayoutFinding]:
    if component.code in _ANY_UNDERLINE:
        return
    if any(look.underline not in ("none", "") for look in line.looks):
        drawn = " Kẻ đường bên dưới bằng nét kẻ." if component.rule_below else ""
        yield Rule("underline", component.source, edition).broken(
            line.place,
            f"{component.name} không dùng chữ gạch chân.",
            f"Bỏ gạch chân (Ctrl+U).{drawn}",
        )


def _label_is_bold(line: Line) -> bool:
    label = _ARTICLE_LABEL.match("".join(run.text for run in line.runs))
    end = 0 if label is None else label.end()
    start = 0
    for run in line.runs:
        if start < end and run.text.strip() and not run.look.is_bold:
            return False
        start += len(run.text)
    return True


def _wanted(span: Span) -> str:
    if span.maximum == _NO_LIMIT:
        return f"từ {written(span.minimum)} trở lên"
    return written_span(span)
