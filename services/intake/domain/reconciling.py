"""Whether the figures of one unit agree with each other, with the form and with last year.

The script static/figures.js says the same while they are typed; a test holds both together.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from services.intake.domain.content import ReportContent, ReportedIndicator
from services.intake.domain.figures import figure_text
from services.intake.domain.findings import Finding, Rule, Severity
from services.intake.domain.form_faults import MOST_DECIMALS
from services.intake.domain.forms import AskedIndicator, PeriodForm
from services.intake.domain.shares import is_computable, shares_of
from services.intake.domain.sums import Addend, agrees, missing_among, said_of, said_of_missing
from vnadmin.amounts import format_percent, percent

NO_FIGURES: Mapping[str, Decimal] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One reported indicator with what was asked, and its place in the report."""

    asked: AskedIndicator
    reported: ReportedIndicator
    place: int

    def finding(
        self, severity: Severity, rule: Rule, message: str, field: str = "actual"
    ) -> Finding:
        at = "reason" if severity is Severity.REASON else field
        return Finding(
            severity=severity,
            rule=rule,
            code=self.asked.code,
            field=field,
            pointer=f"#/indicators/{self.place}/{at}",
            name=self.asked.name,
            message=message,
        )


def findings_in(
    content: ReportContent,
    form: PeriodForm,
    unit_code: str,
    last_year: Mapping[str, Decimal] = NO_FIGURES,
) -> tuple[Finding, ...]:
    """Return what the rules of the form find in a unit's report, in the order of the report.

    `last_year` holds last year's accepted figures by the code of the indicator.
    """
    return tuple(
        finding
        for row in _rows(content, form, unit_code)
        for finding in (
            *_sum_of_parts(row, content, form, unit_code),
            *_within_base(row),
            *_stated_percent(row),
            *_jump(row, last_year.get(row.asked.code)),
        )
    )


def own_parts(
    asked: AskedIndicator, form: PeriodForm, unit_code: str
) -> tuple[AskedIndicator, ...]:
    """Return the parts, if this unit reports all of them itself; else nothing."""
    parts = [form.indicator(code) for code in asked.parts]
    found = tuple(it for it in parts if it is not None and it.is_asked_of(unit_code))
    return found if len(found) == len(asked.parts) else ()


def addend(asked: AskedIndicator, reported: ReportedIndicator) -> Addend:
    """Return the figure as a part of a sum."""
    return Addend(asked.name, reported.actual, reported.at_least)


def _rows(content: ReportContent, form: PeriodForm, unit_code: str) -> Iterator[_Row]:
    for place, reported in enumerate(content.indicators):
        asked = form.indicator(reported.code)
        if asked is not None and asked.is_asked_of(unit_code):
            yield _Row(asked=asked, reported=reported, place=place)


def _sum_of_parts(
    row: _Row, content: ReportContent, form: PeriodForm, unit_code: str
) -> Iterator[Finding]:
    parts = [addend(it, content.indicator(it.code)) for it in own_parts(row.asked, form, unit_code)]
    whole = addend(row.asked, row.reported)
    if not parts or whole.actual is None:
        return
    missing = missing_among(parts)
    if missing:
        yield row.finding(Severity.HINT, Rule.PARTS, said_of_missing(missing))
    elif not agrees(whole, parts):
        yield row.finding(Severity.ERROR, Rule.PARTS, said_of(whole, parts, row.asked.unit))


def _within_base(row: _Row) -> Iterator[Finding]:
    asked, actual = row.asked, row.reported.actual
    if not asked.within_base or asked.base is None or actual is None or actual <= asked.base:
        return
    message = (
        f"Số thực hiện {figure_text(actual, asked.unit)} "
        f"lớn hơn tổng số {figure_text(asked.base, asked.unit)}."
    )
    yield row.finding(Severity.ERROR, Rule.WITHIN_BASE, message)


def _stated_percent(row: _Row) -> Iterator[Finding]:
    stated = row.reported.reported_percent
    if stated is None or not is_computable(row.asked, row.reported):
        return
    decimals = row.asked.decimals
    shares = shares_of(row.asked, row.reported)
    computed = [format_percent(it.value, decimals) for it in shares]
    said = format_percent(stated, MOST_DECIMALS)
    if said in computed:
        return
    told = " hoặc ".join(f"{text} {it.of}" for text, it in zip(computed, shares, strict=True))
    message = f"Tỷ lệ đã ghi {said}, tính từ số liệu là {told}."
    yield row.finding(Severity.ERROR, Rule.PERCENT, message, "reported_percent")


def _jump(row: _Row, last: Decimal | None) -> Iterator[Finding]:
    asked, actual = row.asked, row.reported.actual
    if asked.jump_bound is None or actual is None or last is None or actual == last:
        return
    # Exact: products of long figures have more digits than a Decimal keeps.
    change = abs(Fraction(actual) - Fraction(last)) * 100
    if last and change <= Fraction(asked.jump_bound) * abs(Fraction(last)):
        return
    is_explained = bool(row.reported.reason.strip())
    severity = Severity.HINT if is_explained else Severity.REASON
    yield row.finding(severity, Rule.JUMP, _said_of_jump(asked, actual, last, is_explained))


def _said_of_jump(asked: AskedIndicator, actual: Decimal, last: Decimal, is_explained: bool) -> str:
    bound = asked.jump_bound or Decimal(0)
    way = "tăng" if actual > last else "giảm"
    by = f" {format_percent(percent(abs(actual - last), abs(last)))}" if last else ""
    return (
        f"Thực hiện {figure_text(actual, asked.unit)}, {way}{by} so với năm trước "
        f"({figure_text(last, asked.unit)}), quá mức {format_percent(bound, MOST_DECIMALS)}"
        f"{'; đã nêu lý do.' if is_explained else '; hãy nêu lý do.'}"
    )
