"""What one unit reports (nội dung báo cáo), before and after it is put in order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from kernel.contracts.dossier import Achievement, Indicator, Movement, Nomination
from services.intake.domain.forms import AskedIndicator, PeriodForm


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedIndicator:
    """Figures of one indicator; its name, unit and base come from the form."""

    code: str
    plan: Decimal | None = None
    actual: Decimal | None = None
    reported_percent: Decimal | None = None
    at_least: bool = False

    @property
    def is_blank(self) -> bool:
        """Say that no figure was given."""
        return self.plan is None and self.actual is None and self.reported_percent is None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContent:
    """The report of one unit for one period."""

    movements: tuple[Movement, ...] = ()
    indicators: tuple[ReportedIndicator, ...] = ()
    achievements: tuple[Achievement, ...] = ()
    nominations: tuple[Nomination, ...] = ()
    limitations: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say that nothing was reported: names of expected movements alone are no report."""
        return not (
            any(it.result for it in self.movements)
            or any(not it.is_blank for it in self.indicators)
            or any(it.text for it in self.achievements)
            or self.nominations
            or any(self.limitations)
            or any(self.directions)
        )

    def indicator(self, code: str) -> ReportedIndicator:
        """Return the figures for that code, blank where none were given."""
        return next((it for it in self.indicators if it.code == code), ReportedIndicator(code=code))

    def achievements_of(self, field: str) -> tuple[str, ...]:
        """Return the statements under that heading."""
        return tuple(it.text for it in self.achievements if it.field == field)


def prefilled(form: PeriodForm, unit_code: str) -> ReportContent:
    """Return what a unit finds when it opens its form for the first time."""
    return ReportContent(
        movements=tuple(Movement(name=name) for name in form.movements_of(unit_code))
    )


def tidied(content: ReportContent) -> ReportContent:
    """Return the content without blank rows and with each figure in its one shortest form.

    The same facts then have the same sha256, whether they were typed or sent by a program.
    """
    return ReportContent(
        movements=tuple(it for it in content.movements if it.name or it.result),
        indicators=tuple(_shortened(it) for it in content.indicators if not it.is_blank),
        achievements=tuple(_by_line(content.achievements)),
        nominations=content.nominations,
        limitations=tuple(it for it in content.limitations if it),
        directions=tuple(it for it in content.directions if it),
    )


def _by_line(achievements: Iterable[Achievement]) -> Iterator[Achievement]:
    # One statement a line: documents give each its own paragraph.
    for achievement in achievements:
        for line in achievement.text.split("\n"):
            if line.strip(" \t"):
                yield Achievement(field=achievement.field, text=line.strip(" \t"))


def _shortened(indicator: ReportedIndicator) -> ReportedIndicator:
    return replace(
        indicator,
        plan=_shortest(indicator.plan),
        actual=_shortest(indicator.actual),
        reported_percent=_shortest(indicator.reported_percent),
    )


def _shortest(figure: Decimal | None) -> Decimal | None:
    if figure is None:
        return None
    if not figure:
        return Decimal(0)
    return Decimal(format(figure.normalize(), "f"))


def joined(asked: AskedIndicator, reported: ReportedIndicator) -> Indicator:
    """Return the indicator as documents need it: what was asked with what was answered."""
    return Indicator(
        code=asked.code,
        name=asked.name,
        field=asked.field,
        unit=asked.unit,
        plan=reported.plan,
        actual=reported.actual,
        base=asked.base,
        reported_percent=reported.reported_percent,
        at_least=reported.at_least,
        parts=asked.parts,
        decimals=asked.decimals,
    )
