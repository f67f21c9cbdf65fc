"""What one unit reports (nội dung báo cáo), before and after it is put in order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from kernel.contracts.dossier import Achievement, Indicator, Movement, Nomination
from services.intake.domain.forms import AskedIndicator, NarrativePrompt, PeriodForm


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedIndicator:
    """Figures of one indicator; its name, unit and base come from the form.

    `reason` explains a figure that the rules of the form ask about.
    """

    code: str
    plan: Decimal | None = None
    actual: Decimal | None = None
    reported_percent: Decimal | None = None
    at_least: bool = False
    reason: str = ""

    @property
    def is_blank(self) -> bool:
        """Say that no figure was given."""
        return self.plan is None and self.actual is None and self.reported_percent is None

    @property
    def tells_result(self) -> bool:
        """Say that it tells what was done; a plan alone does not."""
        return self.actual is not None or self.reported_percent is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedAchievement:
    """An answer in prose under a heading; without `prompt`, to the question named like the heading.

    Reports handed in before forms had several questions a heading stay readable that way.
    """

    field: str
    text: str = ""
    prompt: str = ""

    def answers(self, prompt: NarrativePrompt) -> bool:
        """Say whether this is an answer to that question."""
        return self.field == prompt.field and (self.prompt or self.field) == prompt.code


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedFile:
    """A file that goes with the report (tài liệu kèm theo), as it was when that was saved."""

    id: UUID
    name: str
    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContent:
    """The report of one unit for one period.

    `nothing_to_report` names the parts of which the unit says that there is nothing to tell.
    """

    movements: tuple[Movement, ...] = ()
    indicators: tuple[ReportedIndicator, ...] = ()
    achievements: tuple[ReportedAchievement, ...] = ()
    nominations: tuple[Nomination, ...] = ()
    limitations: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()
    nothing_to_report: tuple[str, ...] = ()
    attachments: tuple[AttachedFile, ...] = ()

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

    def answers_to(self, prompt: NarrativePrompt) -> tuple[str, ...]:
        """Return the statements that answer that question."""
        return tuple(it.text for it in self.achievements if it.answers(prompt))


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
        nothing_to_report=tuple(sorted(set(content.nothing_to_report))),
        attachments=content.attachments,
    )


def _by_line(achievements: Iterable[ReportedAchievement]) -> Iterator[ReportedAchievement]:
    # One statement a line: documents give each its own paragraph.
    for it in achievements:
        prompt = it.prompt if it.prompt != it.field else ""
        for line in it.text.split("\n"):
            if line.strip(" \t"):
                yield ReportedAchievement(field=it.field, text=line.strip(" \t"), prompt=prompt)


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


def plan_of(asked: AskedIndicator, reported: ReportedIndicator) -> Decimal | None:
    """Return the target: the one that the office set, else the one that the unit tells."""
    return asked.plan if asked.plan is not None else reported.plan


def told(content: ReportContent) -> tuple[Achievement, ...]:
    """Return what was achieved as documents need it: heading and text."""
    return tuple(Achievement(field=it.field, text=it.text) for it in content.achievements)


def joined(asked: AskedIndicator, reported: ReportedIndicator) -> Indicator:
    """Return the indicator as documents need it: what was asked with what was answered."""
    return Indicator(
        code=asked.code,
        name=asked.name,
        field=asked.field,
        unit=asked.unit,
        plan=plan_of(asked, reported),
        actual=reported.actual,
        base=asked.base,
        reported_percent=reported.reported_percent,
        at_least=reported.at_least,
        parts=asked.parts,
        decimals=asked.decimals,
        better_when_lower=asked.better_when_lower,
        reason=reported.reason,
    )
