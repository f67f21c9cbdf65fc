"""Parts of a report as pages show them: tones, choices, percentages, last year's figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.intake.domain.content import ReportContent, ReportedIndicator
from services.intake.domain.figures import figure_text
from services.intake.domain.forms import Part, PeriodForm
from services.intake.domain.list_sheets import LISTS
from services.intake.domain.merging import RowPair
from services.intake.domain.parts import PartState, only
from services.intake.use_cases.copying import CopyPreview
from services.intake.use_cases.opening import OpenPart, OpenReport
from services.intake.use_cases.setting_aside import TwoTexts
from services.intake.web.figure_rules import figure_rules
from services.intake.web.presenting import (
    KIND_LABELS,
    ReadableReport,
    read_report,
    share_texts,
)
from vnadmin.awards.occasions import occasions

PART_TONES: Mapping[PartState, str] = {
    PartState.NOT_BEGUN: "secondary",
    PartState.IN_WORK: "info",
    PartState.COMPLETE: "success",
    PartState.FAULTY: "danger",
    PartState.NOTHING: "success",
}
_CHOOSE = ("", "— Chọn —")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPart:
    """One part on the page of the check."""

    opened: OpenPart
    report: ReadableReport


def read_parts(report: OpenReport) -> tuple[ReadPart, ...]:
    """Return every part as a reader will see it."""
    return tuple(
        ReadPart(
            opened=it,
            report=read_report(only(report.content, it.part), report.form, report.unit.code),
        )
        for it in report.parts
    )


def choices_of(report: OpenReport) -> dict[str, Any]:
    """Return what may be chosen in the nominations of this report."""
    on = report.period.due_on
    return {
        "asked": {it.code: it for it in report.form.indicators},
        "kinds": [_CHOOSE, *KIND_LABELS.items()],
        "awards": [_CHOOSE, *((it.code, it.title) for it in report.form.awards)],
        "occasions": [_CHOOSE, *((it.code, it.title) for it in occasions(on))],
        "rules": figure_rules(report.form, report.unit.code, report.last_year),
        "shares": shares_by_code(report.content, report.form, report.unit.code),
        "lists": LISTS,
        "row_lists": (Part.MOVEMENTS, Part.NOMINATIONS, Part.LIMITATIONS, Part.DIRECTIONS),
    }


def shares_by_code(content: ReportContent, form: PeriodForm, unit_code: str) -> dict[str, str]:
    """Return the percentages of each indicator as one text."""
    return {
        asked.code: "; ".join(share_texts(asked, content.indicator(asked.code)))
        for asked in form.indicators_of(unit_code)
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPair:
    """One row of two texts in words."""

    label: str
    mine: tuple[str, ...]
    theirs: tuple[str, ...]
    is_same: bool
    usual: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldCopy:
    """What a part would get, in words."""

    part: Part
    lines: tuple[str, ...]


def told_pairs(texts: TwoTexts) -> tuple[ToldPair, ...]:
    """Return both texts in words, row beside row."""
    part, form = texts.aside.part, texts.form
    return tuple(
        ToldPair(
            label=_label(part, pair, form),
            mine=tuple(_told(part, it, form) for it in pair.mine),
            theirs=tuple(_told(part, it, form) for it in pair.theirs),
            is_same=pair.is_same,
            usual=pair.usual.value,
        )
        for pair in texts.pairs
    )


def told_copies(preview: CopyPreview) -> tuple[ToldCopy, ...]:
    """Return what would be filled in, in words."""
    return tuple(
        ToldCopy(
            part=it.part,
            lines=tuple(
                _told(it.part, row, preview.form, is_named=True)
                for row in getattr(it.after, it.part.value)
                if row not in getattr(it.before, it.part.value)
            ),
        )
        for it in preview.parts
    )


def told_row(part: Part, row: Any, form: PeriodForm) -> str:
    """Return a row of a list in words, with what it is about."""
    told = _told(part, row, form, is_named=part is Part.INDICATORS)
    return told if part is Part.INDICATORS else f"{row.name or '(chưa có tên)'}: {told}"


def _label(part: Part, pair: RowPair, form: PeriodForm) -> str:
    first = (pair.mine or pair.theirs)[0]
    if part is Part.INDICATORS:
        asked = form.indicator(first.code)
        return asked.name if asked else str(first.code)
    if part is Part.ACHIEVEMENTS:
        prompt = form.prompt(first.prompt or first.field)
        return prompt.label if prompt else str(first.field)
    if part in {Part.MOVEMENTS, Part.NOMINATIONS}:
        return first.name or "(chưa có tên)"
    return ""


def _told(part: Part, row: Any, form: PeriodForm, *, is_named: bool = False) -> str:
    """Return a row as a sentence; `is_named` puts before it what it is about."""
    if part is Part.MOVEMENTS:
        return str(row.name) if is_named else str(row.result or "Chưa nêu kết quả.")
    if part is Part.INDICATORS:
        return _told_figures(row, form, is_named=is_named)
    if part is Part.ACHIEVEMENTS:
        return str(row.text)
    if part is Part.NOMINATIONS:
        award = form.award(row.award)
        known = [KIND_LABELS.get(row.kind, ""), row.title, row.unit, award.title if award else ""]
        return "; ".join(filter(None, [*known, row.achievement, row.evidence]))
    return str(row)


def _told_figures(row: ReportedIndicator, form: PeriodForm, *, is_named: bool) -> str:
    asked = form.indicator(row.code)
    unit = asked.unit if asked else ""
    words = [
        f"{label} {figure_text(figure, unit)}"
        for label, figure in (("kế hoạch", row.plan), ("thực hiện", row.actual))
        if figure is not None
    ]
    if row.reported_percent is not None:
        words.append(f"tỷ lệ {figure_text(row.reported_percent, '%')}")
    if row.reason:
        words.append(row.reason)
    text = "; ".join(words) or "Chưa có số liệu"
    return f"{asked.name}: {text}" if asked and is_named else text
