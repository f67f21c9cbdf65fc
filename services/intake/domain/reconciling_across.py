"""Whether the figures of several units agree: a whole that one reports, of parts that others do."""

from collections.abc import Iterator, Mapping

from services.intake.domain.content import ReportContent
from services.intake.domain.findings import Finding, Rule, Severity
from services.intake.domain.forms import AskedIndicator, PeriodForm
from services.intake.domain.reconciling import addend, own_parts
from services.intake.domain.sums import (
    Addend,
    agrees,
    missing_among,
    said_of,
    said_of_missing,
    total,
)


def findings_across(reports: Mapping[str, ReportContent], form: PeriodForm) -> tuple[Finding, ...]:
    """Return what sums over units find; `reports` holds what is handed in, by the unit's code.

    What a unit can see for itself is no matter of this: `findings_in` finds it.
    """
    return tuple(
        finding
        for asked in form.indicators
        if asked.parts and not _is_own_matter(asked, form)
        for finding in _sum(asked, reports, form)
    )


def concerns(finding: Finding, form: PeriodForm, unit_code: str) -> bool:
    """Say whether this unit reports the whole, or one of the parts."""
    codes = {finding.code}
    asked = form.indicator(finding.code)
    if asked is not None:
        codes.update(asked.parts)
    return any(it.is_asked_of(unit_code) for it in form.indicators if it.code in codes)


def _is_own_matter(asked: AskedIndicator, form: PeriodForm) -> bool:
    return all(own_parts(asked, form, unit_code) for unit_code in asked.unit_codes)


def _sum(
    asked: AskedIndicator, reports: Mapping[str, ReportContent], form: PeriodForm
) -> Iterator[Finding]:
    whole = _over_units(asked, reports)
    parts = [_over_units(it, reports) for code in asked.parts if (it := form.indicator(code))]
    if whole.actual is None or all(it.actual is None for it in parts):
        return
    missing = missing_among(parts)
    if missing:
        yield _finding(asked, Severity.HINT, said_of_missing(missing))
    elif not agrees(whole, parts):
        yield _finding(asked, Severity.ERROR, said_of(whole, parts, asked.unit))


def _over_units(asked: AskedIndicator, reports: Mapping[str, ReportContent]) -> Addend:
    """Return the sum over the units that report it; no figure while one of them has none."""
    told = [
        addend(asked, reports[code].indicator(asked.code)) if code in reports else None
        for code in asked.unit_codes
    ]
    found = [it for it in told if it is not None and it.actual is not None]
    if len(found) < len(told):
        return Addend(asked.name, None)
    return Addend(asked.name, total(found), any(it.at_least for it in found))


def _finding(asked: AskedIndicator, severity: Severity, message: str) -> Finding:
    return Finding(
        severity=severity,
        rule=Rule.PARTS,
        code=asked.code,
        field="actual",
        pointer=f"#/indicators/{asked.code}/actual",
        name=asked.name,
        message=message,
    )
