"""What may not be asked, and what may not be answered, under forms of several questions."""

from decimal import Decimal

import pytest

from kernel.contracts.dossier import DossierField, Movement
from services.intake.domain.checking import errors_in
from services.intake.domain.content import (
    ReportContent,
    ReportedAchievement,
    ReportedIndicator,
    joined,
    tidied,
)
from services.intake.domain.form_faults import faults_of
from services.intake.domain.forms import (
    AskedIndicator,
    AwardChoice,
    NarrativePrompt,
    Part,
    PartGuide,
    PeriodForm,
)
from services.intake.domain.shares import shares_of


def _indicator(code: str = "A", **changes) -> AskedIndicator:
    return AskedIndicator(code=code, name=code, field="vx", **({"unit_codes": ("u",)} | changes))


def _form(*indicators: AskedIndicator, **changes) -> PeriodForm:
    asked = {
        "headings": (DossierField(code="vx", title="Văn xã"),),
        "prompts": (
            NarrativePrompt(code="vx", field="vx", label="Kết quả"),
            NarrativePrompt(
                code="moi", field="vx", label="Mô hình mới", max_length=10, is_required=True
            ),
            NarrativePrompt(code="khac", field="vx", label="Khác", unit_codes=("other",)),
        ),
        "indicators": indicators or (_indicator(),),
        **changes,
    }
    return PeriodForm(**asked)


def _faults(form: PeriodForm) -> list[str]:
    return [it.pointer.removeprefix("#/form/") for it in faults_of(form, ["u", "other"])]


def _errors(content: ReportContent, form: PeriodForm, *, is_final: bool = True) -> list[str]:
    return [it.pointer for it in errors_in(content, form, "u", is_final=is_final)]


@pytest.mark.parametrize(
    ("form", "pointer"),
    [
        (_form(_indicator(unit_codes=())), "indicators/0/unit_codes"),
        (_form(_indicator(unit_codes=("ai",))), "indicators/0/unit_codes"),
        (_form(_indicator(parts=("A",))), "indicators/0/parts"),
        (_form(_indicator(decimals=7)), "indicators/0/decimals"),
        (_form(_indicator(within_base=True)), "indicators/0/base"),
        (_form(_indicator(base=Decimal(0))), "indicators/0/base"),
        (_form(_indicator(jump_bound=Decimal(-1))), "indicators/0/jump_bound"),
        (
            _form(prompts=(NarrativePrompt(code="a", field="??", label="A"),)),
            "prompts/0/field",
        ),
        (
            _form(prompts=(NarrativePrompt(code="a", field="vx", label="A", max_length=0),)),
            "prompts/0/max_length",
        ),
        (_form(guides=(PartGuide(part="??"),)), "guides/0/part"),
        (_form(guides=(PartGuide(part="movements", unit_codes=("ai",)),)), "guides/0/unit_codes"),
        (_form(awards=(AwardChoice(code="a", title="A", kinds=("robot",)),)), "awards/0/kinds"),
    ],
)
def test_a_fault_of_a_form_says_where(form, pointer):
    assert pointer in _faults(form)


def test_indicators_that_are_parts_of_each_other_are_refused():
    form = _form(_indicator("A", parts=("B",)), _indicator("B", parts=("A",)), _indicator("C"))

    assert _faults(form) == ["indicators/0/parts", "indicators/1/parts"]


def test_an_indicator_within_a_longer_circle_is_told_from_one_that_leads_to_it():
    form = _form(
        _indicator("A", parts=("B",)), _indicator("B", parts=("C",)), _indicator("C", parts=("B",))
    )

    assert _faults(form) == ["indicators/1/parts", "indicators/2/parts"]


def test_a_unit_fills_in_what_is_asked_of_it():
    hidden = PartGuide(part=Part.DIRECTIONS, is_asked=False)
    others = PartGuide(part=Part.LIMITATIONS, unit_codes=("other",))
    form = _form(guides=(hidden, others))

    assert Part.DIRECTIONS not in form.parts_of("u")
    assert Part.LIMITATIONS not in form.parts_of("u")
    assert Part.LIMITATIONS in form.parts_of("other")
    assert Part.INDICATORS not in form.parts_of("other")
    assert [it.code for it in form.prompts_of("u")] == ["vx", "moi"]


def test_an_answer_without_a_question_belongs_to_the_one_named_like_its_heading():
    form = _form()
    content = ReportContent(
        achievements=(
            ReportedAchievement(field="vx", text="một\nhai", prompt="vx"),
            ReportedAchievement(field="vx", text="ba", prompt="moi"),
        )
    )

    tidy = tidied(content)

    assert [it.prompt for it in tidy.achievements] == ["", "", "moi"]
    assert tidy.answers_to(form.prompts[0]) == ("một", "hai")
    assert tidy.answers_to(form.prompts[1]) == ("ba",)
    assert _errors(tidy, form) == []


def test_a_question_that_must_be_answered_is_asked_for_at_the_end_only():
    form, content = _form(), ReportContent(movements=(Movement(name="M", result="r"),))

    assert _errors(content, form, is_final=False) == []
    assert _errors(content, form) == ["#/achievements/1/text"]


def test_an_answer_beyond_its_length_or_to_nobodys_question_is_refused():
    content = ReportContent(
        achievements=(
            ReportedAchievement(field="vx", text="quá dài rồi đó", prompt="moi"),
            ReportedAchievement(field="vx", text="x", prompt="khac"),
        )
    )

    assert _errors(content, _form(), is_final=False) == [
        "#/achievements/0/text",
        "#/achievements/1/prompt",
    ]


def test_a_part_is_declared_empty_only_while_it_is():
    form = _form()
    empty = ReportContent(nothing_to_report=tuple(Part))
    full = ReportContent(limitations=("x",), nothing_to_report=("limitations", "??"))

    assert _errors(empty, form) == []
    assert _errors(full, form, is_final=False) == ["#/nothing_to_report/0", "#/nothing_to_report/1"]


def test_a_plan_set_by_the_office_is_not_the_units_to_change():
    asked = _indicator(plan=Decimal(200))
    form = _form(asked)
    reported = ReportedIndicator(code="A", actual=Decimal(100), reason="mưa")

    other = ReportContent(indicators=(ReportedIndicator(code="A", plan=Decimal(50)),))

    assert _errors(other, form, is_final=False) == ["#/indicators/0/plan"]
    assert joined(asked, reported).plan == Decimal(200)
    assert joined(asked, reported).reason == "mưa"
    assert [it.value for it in shares_of(asked, reported)] == [Decimal(50)]
