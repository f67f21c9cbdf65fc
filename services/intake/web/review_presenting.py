"""A report part by part as its reviewer sees it: figures beside others, marks, comments."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from services.intake.domain.board import Cell, cells_of
from services.intake.domain.comments import PART_LABELS, Thread
from services.intake.domain.content import ReportContent, plan_of
from services.intake.domain.differences import ATTACHMENTS
from services.intake.domain.differing_rows import PartDifference, RowDifference
from services.intake.domain.figures import figure_text
from services.intake.domain.forms import AskedIndicator, Part, PeriodForm
from services.intake.domain.shares import shares_of
from services.intake.use_cases.comparing import Compared, ReviewSheet
from services.intake.web.presenting import ReadableReport, read_report
from vnadmin.amounts import format_percent


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedFigure:
    """One indicator with what was reported in the round before, and accepted last year."""

    code: str
    name: str
    heading: str
    plan: str
    actual: str
    shares: tuple[str, ...]
    before: str
    last_year: str
    reason: str
    is_changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A question with what was written."""

    heading: str
    label: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSheet:
    """One part on the page of the review."""

    part: str
    label: str
    cell: Cell | None
    changes: tuple[RowDifference, ...]
    threads: tuple[Thread, ...]

    @property
    def open_count(self) -> int:
        """Return how many comments are open."""
        return sum(it.is_open for it in self.threads)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """The whole page, in the order of the form."""

    parts: tuple[PartSheet, ...]
    report: ReadableReport
    figures: tuple[ComparedFigure, ...]
    answers: tuple[Answer, ...]
    has_last_year: bool
    has_before: bool


def review_page(sheet: ReviewSheet) -> ReviewPage:
    """Return the page of a review."""
    submission = sheet.submission
    content, form, unit = submission.content, submission.form, submission.unit.code
    changes = _changes(sheet.compared)
    return ReviewPage(
        parts=tuple(_parts(sheet, changes)),
        report=read_report(content, form, unit),
        figures=tuple(
            _figure(asked, content, form, changes, sheet.last_year)
            for asked in form.indicators_of(unit)
        ),
        answers=tuple(
            Answer(
                heading=form.heading_title(it.field),
                label=it.label,
                texts=content.answers_to(it),
            )
            for it in form.prompts_of(unit)
        ),
        has_last_year=bool(sheet.last_year),
        has_before=sheet.compared is not None,
    )


def _changes(compared: Compared | None) -> Mapping[str, PartDifference]:
    return {it.part: it for it in compared.parts} if compared else {}


def _parts(sheet: ReviewSheet, changes: Mapping[str, PartDifference]) -> list[PartSheet]:
    submission = sheet.submission
    cells = {
        it.part.value: it
        for it in cells_of(submission.content, submission.form, submission.unit.code, {})
    }
    asked = submission.form.parts_of(submission.unit.code)
    found = []
    for part, label in PART_LABELS.items():
        threads = tuple(it for it in sheet.threads if it.part == part)
        rows = changes[part].rows if part in changes else ()
        if _is_shown(part, submission.content, asked) or threads or rows:
            found.append(
                PartSheet(
                    part=part,
                    label=label,
                    cell=cells.get(part),
                    changes=rows,
                    threads=threads,
                )
            )
    return found


def _is_shown(part: str, content: ReportContent, asked: tuple[Part, ...]) -> bool:
    if part == ATTACHMENTS:
        return bool(content.attachments)
    return part in asked or bool(getattr(content, part))


def _figure(
    asked: AskedIndicator,
    content: ReportContent,
    form: PeriodForm,
    changes: Mapping[str, PartDifference],
    last_year: Mapping[str, Decimal],
) -> ComparedFigure:
    reported = content.indicator(asked.code)
    actual = figure_text(reported.actual, asked.unit)
    rows = changes[Part.INDICATORS].rows if Part.INDICATORS in changes else ()
    changed = [it for row in rows if row.key == asked.code for it in row.fields]
    before = next((it.old or "chưa có" for it in changed if it.name == "actual"), "")
    return ComparedFigure(
        code=asked.code,
        name=asked.name,
        heading=form.heading_title(asked.field),
        plan=figure_text(plan_of(asked, reported), asked.unit),
        actual=f"trên {actual}" if reported.at_least and actual else actual,
        shares=tuple(
            f"{format_percent(it.value, 6 if it.is_quoted else asked.decimals)} {it.of}"
            for it in shares_of(asked, reported)
        ),
        before=before,
        last_year=figure_text(last_year.get(asked.code), asked.unit),
        reason=reported.reason,
        is_changed=bool(changed),
    )
