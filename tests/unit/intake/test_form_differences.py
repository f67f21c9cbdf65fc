"""Two editions compared: what was added, removed, changed and moved, and nothing else."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.contracts.dossier import DossierField
from services.intake.domain.form_differences import Change, Section, differences
from services.intake.domain.forms import NarrativePrompt, Part, PartGuide, PeriodForm
from tests.builders.forms import forms

_OPPOSITE = {Change.ADDED: Change.REMOVED, Change.REMOVED: Change.ADDED}


@settings(max_examples=60, deadline=None)
@given(forms())
def test_a_form_does_not_differ_from_itself(form):
    assert differences(form, form) == ()


@settings(max_examples=60, deadline=None)
@given(forms(), forms())
def test_read_backwards_every_difference_is_its_opposite(before, after):
    there, back = differences(before, after), differences(after, before)

    def plain(found, turn=lambda it: it):
        return {
            (it.section, turn(it.change), it.code)
            for it in found
            if it.change in {Change.ADDED, Change.REMOVED} or it.fields
        }

    assert plain(there) == plain(back, lambda it: _OPPOSITE.get(it, it))

    def labels(found):
        return {(it.section, it.code): {one.label for one in it.fields} for it in found}

    assert {key: it for key, it in labels(there).items() if it} == {
        key: it for key, it in labels(back).items() if it
    }


@settings(max_examples=60, deadline=None)
@given(forms(), forms())
def test_editions_without_a_difference_ask_the_same_of_everybody(before, after):
    if differences(before, after):
        return
    for unit in ("van-hoa", "tai-chinh"):
        assert before.parts_of(unit) == after.parts_of(unit)
        assert [it.code for it in before.indicators_of(unit)] == [
            it.code for it in after.indicators_of(unit)
        ]
        assert [it.code for it in before.prompts_of(unit)] == [
            it.code for it in after.prompts_of(unit)
        ]
        assert before.movements_of(unit) == after.movements_of(unit)


@settings(max_examples=60, deadline=None)
@given(forms(), st.randoms(use_true_random=False))
def test_another_order_is_told_as_moves_alone_and_as_few_as_can_be(form, random):
    shuffled = list(form.headings)
    random.shuffle(shuffled)

    found = differences(form, replace(form, headings=tuple(shuffled)))

    assert {it.change for it in found} <= {Change.MOVED}
    moved = {it.code for it in found}
    assert [it for it in form.headings if it.code not in moved] == [
        it for it in shuffled if it.code not in moved
    ]
    assert len(found) < max(1, len(shuffled))


@settings(max_examples=60, deadline=None)
@given(forms())
def test_each_row_of_a_form_is_added_to_an_empty_one(form):
    found = differences(PeriodForm(), form)

    for section, rows in (
        (Section.HEADINGS, form.headings),
        (Section.PROMPTS, form.prompts),
        (Section.INDICATORS, form.indicators),
        (Section.AWARDS, form.awards),
    ):
        added = [it.code for it in found if it.section is section]
        assert added == [it.code for it in rows]


def test_a_change_names_the_field_with_both_values():
    before = PeriodForm(
        headings=(DossierField(code="vx", title="Văn xã"),),
        prompts=(NarrativePrompt(code="q", field="vx", label="Kết quả"),),
    )
    after = replace(
        before,
        prompts=(replace(before.prompts[0], max_length=500, unit_codes=("van-hoa",)),),
        guides=(PartGuide(part=Part.DIRECTIONS, is_asked=False),),
    )

    found = differences(before, after, {"van-hoa": "Ban Văn hóa"})

    assert [(it.section, it.change, it.code) for it in found] == [
        (Section.PROMPTS, Change.CHANGED, "q"),
        (Section.GUIDES, Change.CHANGED, "directions"),
    ]
    assert [(it.label, it.before, it.after) for it in found[0].fields] == [
        ("Dài nhất", "20.000 ký tự", "500 ký tự"),
        ("Ngành trả lời", "mọi ngành", "Ban Văn hóa"),
    ]
    assert [(it.before, it.after) for it in found[1].fields] == [("mọi ngành", "không hỏi")]


def test_a_heading_with_a_new_name_is_one_difference_not_one_for_each_row_below_it():
    before = PeriodForm(
        headings=(DossierField(code="vx", title="Văn xã"),),
        prompts=(NarrativePrompt(code="q", field="vx", label="Kết quả"),),
    )
    after = replace(before, headings=(DossierField(code="vx", title="Văn hóa, xã hội"),))

    (found,) = differences(before, after)

    assert (found.section, found.title) == (Section.HEADINGS, "Văn hóa, xã hội")


def test_rows_of_a_draft_that_share_a_code_are_compared_one_by_one():
    twice = PeriodForm(
        headings=(DossierField(code="a", title="1"), DossierField(code="a", title="2"))
    )
    once = PeriodForm(headings=(DossierField(code="a", title="1"),))

    (found,) = differences(twice, once)

    assert (found.change, found.code) == (Change.REMOVED, "a (2)")
