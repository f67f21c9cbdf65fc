"""What a report keeps when it moves to another edition of its form, and what loses its place."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from kernel.contracts.dossier import Movement, Nomination
from services.intake.domain.content import ReportContent, ReportedIndicator
from services.intake.domain.forms import PeriodForm
from services.intake.domain.shares import is_computable

_Fitted: TypeAlias = tuple[ReportedIndicator | None, ReportedIndicator | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """`kept` fits the new edition; `displaced` holds what was typed and is no longer asked."""

    kept: ReportContent
    displaced: ReportContent

    @property
    def loses_nothing(self) -> bool:
        """Say whether everything that was typed has a place in the new edition."""
        return self.displaced == ReportContent()


def fit(content: ReportContent, form: PeriodForm, unit_code: str) -> Fitting:
    """Part the content of a report by what the form asks of its unit."""
    pairs = [_fit_indicator(it, form, unit_code) for it in content.indicators]
    prompts = form.prompts_of(unit_code)
    answered = [any(it.answers(prompt) for prompt in prompts) for it in content.achievements]
    nominations = [_fit_nomination(it, form) for it in content.nominations]
    return Fitting(
        kept=replace(
            content,
            movements=(*content.movements, *_awaited(content, form, unit_code)),
            indicators=tuple(kept for kept, _ in pairs if kept),
            achievements=tuple(
                it for it, fits in zip(content.achievements, answered, strict=True) if fits
            ),
            nominations=tuple(nominations),
        ),
        displaced=ReportContent(
            indicators=tuple(lost for _, lost in pairs if lost),
            achievements=tuple(
                it
                for it, fits in zip(content.achievements, answered, strict=True)
                if not fits and it.text
            ),
            nominations=tuple(
                it for it, kept in zip(content.nominations, nominations, strict=True) if kept != it
            ),
        ),
    )


def _awaited(content: ReportContent, form: PeriodForm, unit_code: str) -> Iterator[Movement]:
    present = {it.name.casefold() for it in content.movements}
    for name in dict.fromkeys(form.movements_of(unit_code)):
        if name.casefold() not in present:
            present.add(name.casefold())
            yield Movement(name=name)


def _fit_indicator(it: ReportedIndicator, form: PeriodForm, unit_code: str) -> _Fitted:
    asked = form.indicator(it.code)
    if asked is None or not asked.is_asked_of(unit_code):
        return None, None if it.is_blank and not it.reason else it
    kept = it
    if asked.plan is not None and it.plan not in {None, asked.plan}:
        kept = replace(kept, plan=None)  # the office has set the target meanwhile
    if kept.reported_percent is not None and is_computable(asked, kept):
        kept = replace(kept, reported_percent=None)
    if asked.unit != "%":
        kept = replace(
            kept,
            plan=_positive(kept.plan),
            actual=_positive(kept.actual),
            reported_percent=_positive(kept.reported_percent),
        )
    return kept, None if kept == it else it


def _positive(figure: Decimal | None) -> Decimal | None:
    return None if figure is not None and figure < 0 else figure


def _fit_nomination(it: Nomination, form: PeriodForm) -> Nomination:
    """Return the nomination, without its award where that may no longer be proposed for it."""
    choice = form.award(it.award)
    is_free = not it.award or (choice is not None and (not it.kind or it.kind in choice.kinds))
    return it if is_free else replace(it, award="")
