"""A report as a reader sees it: names for codes, Vietnamese figures, computed percentages."""

from collections.abc import Mapping
from dataclasses import dataclass

from kernel.contracts.dossier import Movement, Nomination
from services.intake.domain.content import AttachedFile, ReportContent, ReportedIndicator
from services.intake.domain.figures import figure_text
from services.intake.domain.forms import AskedIndicator, PeriodForm
from services.intake.domain.moves import State
from services.intake.domain.shares import Share, shares_of
from vnadmin.amounts import format_percent
from vnadmin.awards.titles import NomineeKind

STATE_TONES: Mapping[State, str] = {
    State.NOT_BEGUN: "secondary",
    State.DRAFT: "info",
    State.SUBMITTED: "primary",
    State.PROPOSED: "dark",
    State.RETURNED: "warning",
    State.ACCEPTED: "success",
}
KIND_LABELS = {kind.value: kind.label.capitalize() for kind in NomineeKind}


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """One indicator in a table."""

    name: str
    plan: str
    actual: str
    shares: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingPart:
    """What a report says under one heading."""

    title: str
    figures: tuple[FigureLine, ...]
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardPart:
    """The nominations for one award."""

    title: str
    nominations: tuple[Nomination, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadableReport:
    """The whole report, in the order of the form."""

    movements: tuple[Movement, ...]
    headings: tuple[HeadingPart, ...]
    awards: tuple[AwardPart, ...]
    limitations: tuple[str, ...]
    directions: tuple[str, ...]
    attachments: tuple[AttachedFile, ...] = ()

    @property
    def nominations_count(self) -> int:
        """Return how many nominations there are."""
        return sum(len(part.nominations) for part in self.awards)


def read_report(content: ReportContent, form: PeriodForm, unit_code: str) -> ReadableReport:
    """Return the report for readers."""
    headings = [
        HeadingPart(
            title=heading.title,
            figures=tuple(
                _line(asked, content.indicator(asked.code))
                for asked in form.indicators_of(unit_code)
                if asked.field == heading.code and not content.indicator(asked.code).is_blank
            ),
            statements=content.achievements_of(heading.code),
        )
        for heading in form.headings
    ]
    return ReadableReport(
        movements=content.movements,
        headings=tuple(part for part in headings if part.figures or part.statements),
        awards=_by_award(content, form),
        limitations=content.limitations,
        directions=content.directions,
        attachments=content.attachments,
    )


def _by_award(content: ReportContent, form: PeriodForm) -> tuple[AwardPart, ...]:
    titles = {choice.code: choice.title for choice in form.awards}
    codes = [*titles, ""]  # a draft may not have chosen the award yet
    parts = [
        AwardPart(
            title=titles.get(code, "Chưa chọn danh hiệu, hình thức"),
            nominations=tuple(it for it in content.nominations if it.award == code),
        )
        for code in codes
    ]
    return tuple(part for part in parts if part.nominations)


def _line(asked: AskedIndicator, reported: ReportedIndicator) -> FigureLine:
    actual = figure_text(reported.actual, asked.unit)
    return FigureLine(
        name=asked.name,
        plan=figure_text(reported.plan, asked.unit),
        actual=f"trên {actual}" if reported.at_least and actual else actual,
        shares=share_texts(asked, reported),
    )


def share_texts(asked: AskedIndicator, reported: ReportedIndicator) -> tuple[str, ...]:
    """Return the percentages of an indicator in words."""
    return tuple(_share(share, asked) for share in shares_of(asked, reported))


def _share(share: Share, asked: AskedIndicator) -> str:
    # A quoted percentage is printed with the digits that were quoted.
    decimals = 6 if share.is_quoted else asked.decimals
    text = f"{format_percent(share.value, decimals)} {share.of}"
    return f"{text} (tỷ lệ do ngành báo)" if share.is_quoted else text
