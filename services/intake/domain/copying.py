"""What the report of last period gives this one to begin with; nothing typed is overwritten."""

from dataclasses import replace

from kernel.contracts.dossier import Movement
from services.intake.domain.content import ReportContent, ReportedAchievement, ReportedIndicator
from services.intake.domain.forms import Part, PeriodForm
from vnadmin.text_folding import fold

COPIED = (
    Part.MOVEMENTS,
    Part.INDICATORS,
    Part.ACHIEVEMENTS,
    Part.LIMITATIONS,
    Part.DIRECTIONS,
)


def with_copied(
    part: Part, now: ReportContent, last: ReportContent, form: PeriodForm, unit_code: str
) -> ReportContent:
    """Return the content with the blanks of one part filled from last period.

    Of movements the names, of indicators the plans, of prose the text. Who is nominated is asked
    anew every time.
    """
    if part in now.nothing_to_report or part not in COPIED:
        return now
    if part is Part.MOVEMENTS:
        return replace(now, movements=(*now.movements, *_new_names(now, last)))
    if part is Part.INDICATORS:
        return replace(now, indicators=_with_plans(now, last, form, unit_code))
    if part is Part.ACHIEVEMENTS:
        return replace(now, achievements=_with_answers(now, last, form, unit_code))
    text = getattr(now, part.value) or getattr(last, part.value)
    return replace(now, **{part.value: text})


def _new_names(now: ReportContent, last: ReportContent) -> tuple[Movement, ...]:
    known = {fold(it.name) for it in now.movements}
    return tuple(Movement(name=it.name) for it in last.movements if fold(it.name) not in known)


def _with_plans(
    now: ReportContent, last: ReportContent, form: PeriodForm, unit_code: str
) -> tuple[ReportedIndicator, ...]:
    figures = {it.code: it for it in now.indicators}
    for asked in form.indicators_of(unit_code):
        mine, plan = now.indicator(asked.code), last.indicator(asked.code).plan
        if asked.plan is None and mine.is_blank and plan is not None:
            figures[asked.code] = replace(mine, plan=plan)
    return tuple(figures.values())


def _with_answers(
    now: ReportContent, last: ReportContent, form: PeriodForm, unit_code: str
) -> tuple[ReportedAchievement, ...]:
    answers = list(now.achievements)
    for prompt in form.prompts_of(unit_code):
        if not any(now.answers_to(prompt)):
            code = "" if prompt.code == prompt.field else prompt.code
            answers += [
                ReportedAchievement(field=prompt.field, text=text, prompt=code)
                for text in last.answers_to(prompt)
            ]
    return tuple(answers)
