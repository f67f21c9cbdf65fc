"""Small changes of a draft: codes, references, order, and what each of them touches."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.contracts.dossier import DossierField
from kernel.errors import InvalidInput, NotFound
from services.intake.domain.form_editing import (
    AddRow,
    DuplicateRow,
    MergeIndicators,
    MoveRow,
    RemoveRow,
    ReplaceRow,
    Rows,
    group_of,
    items_of,
    proposed_code,
)
from services.intake.domain.forms import AskedIndicator, NarrativePrompt, PeriodForm
from tests.builders.forms import forms

FORM = PeriodForm(
    headings=(DossierField(code="vx", title="Văn xã"), DossierField(code="kt", title="Kinh tế")),
    prompts=(
        NarrativePrompt(code="vx", field="vx", label="Kết quả"),
        NarrativePrompt(code="kt", field="kt", label="Kết quả"),
        NarrativePrompt(code="moi", field="vx", label="Mô hình mới"),
    ),
    indicators=(
        AskedIndicator(code="A", name="A", field="vx", unit_codes=("u",), parts=("B",)),
        AskedIndicator(code="B", name="B", field="kt", unit_codes=("u",)),
    ),
)


def _codes(form, rows):
    return [it.code for it in items_of(form, rows)]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Hộ nghèo giảm", "ho-ngheo-giam"),
        ("Đường bê tông (km)", "duong-be-tong-km"),
        ("…", "muc"),
        (
            "Tỷ lệ hộ gia đình đạt danh hiệu gia đình văn hóa",
            "ty-le-ho-gia-dinh-dat-danh-hieu-gia-dinh",
        ),
        ("x" * 100, "x" * 40),
    ],
)
def test_a_code_is_proposed_from_the_name(name, code):
    assert proposed_code(name, ()) == code


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.lists(st.text(max_size=6), max_size=20))
def test_a_proposed_code_is_free_and_the_same_each_time(name, taken):
    code = proposed_code(name, taken)

    assert code not in taken
    assert code == proposed_code(name, taken)
    assert 1 <= len(code) <= 64


def test_the_same_name_twice_gives_two_codes():
    item = AskedIndicator(code="", name="Hộ nghèo", field="vx", unit_codes=())
    change = AddRow(rows=Rows.INDICATORS, item=item)

    form = change.apply(change.apply(FORM))

    assert _codes(form, Rows.INDICATORS) == ["A", "B", "ho-ngheo", "ho-ngheo-2"]


def test_a_new_heading_asks_one_open_question():
    item = DossierField(code="", title="Quốc phòng, an ninh")
    form = AddRow(rows=Rows.HEADINGS, item=item).apply(FORM)

    assert _codes(form, Rows.HEADINGS) == ["vx", "kt", "quoc-phong-an-ninh"]
    assert form.prompts[-1] == NarrativePrompt(
        code="quoc-phong-an-ninh", field="quoc-phong-an-ninh", label="Quốc phòng, an ninh"
    )


def test_what_refers_to_a_row_follows_its_new_code():
    heading = DossierField(code="vhxh", title="Văn hóa xã hội")
    form = ReplaceRow(rows=Rows.HEADINGS, code="vx", item=heading).apply(FORM)
    part = replace(FORM.indicators[1], code="B1")
    form = ReplaceRow(rows=Rows.INDICATORS, code="B", item=part).apply(form)

    assert [it.field for it in form.prompts] == ["vhxh", "kt", "vhxh"]
    assert (form.indicators[0].field, form.indicators[0].parts) == ("vhxh", ("B1",))


def test_a_code_that_another_row_has_is_refused_at_its_field():
    taken = replace(FORM.indicators[1], code="A")

    with pytest.raises(InvalidInput) as refused:
        ReplaceRow(rows=Rows.INDICATORS, code="B", item=taken).apply(FORM)

    assert [it.pointer for it in refused.value.errors] == ["#/code"]


def test_a_heading_goes_with_its_questions_and_indicators():
    form = RemoveRow(rows=Rows.HEADINGS, code="vx").apply(FORM)

    assert [_codes(form, rows) for rows in Rows] == [["kt"], ["kt"], ["B"]]


def test_a_question_moves_among_those_of_its_heading():
    up = MoveRow(rows=Rows.PROMPTS, code="moi", step=-1).apply(FORM)
    again = MoveRow(rows=Rows.PROMPTS, code="moi", step=-1).apply(up)

    assert _codes(up, Rows.PROMPTS) == ["moi", "vx", "kt"]
    assert again == up


def test_a_copy_stands_below_its_original_under_a_code_of_its_own():
    form = DuplicateRow(rows=Rows.INDICATORS, code="A").apply(FORM)

    assert _codes(form, Rows.INDICATORS) == ["A", "A-2", "B"]
    assert form.indicators[1] == replace(FORM.indicators[0], code="A-2")


def test_a_row_that_is_gone_cannot_be_changed():
    for change in (RemoveRow, DuplicateRow):
        with pytest.raises(NotFound):
            change(rows=Rows.INDICATORS, code="Z").apply(FORM)


def test_a_table_renews_known_indicators_in_their_place_and_adds_the_others():
    table = (
        AskedIndicator(code="C", name="Mới", field="kt", unit_codes=("u",)),
        replace(FORM.indicators[1], name="B mới"),
    )

    form = MergeIndicators(indicators=table).apply(FORM)

    assert [(it.code, it.name) for it in form.indicators] == [
        ("A", "A"),
        ("B", "B mới"),
        ("C", "Mới"),
    ]


@settings(max_examples=60, deadline=None)
@given(forms(), st.sampled_from(list(Rows)), st.data())
def test_moving_down_and_up_again_restores_the_order_and_loses_no_row(form, rows, data):
    if not items_of(form, rows):
        return
    code = data.draw(st.sampled_from(_codes(form, rows)))
    down = MoveRow(rows=rows, code=code, step=1).apply(form)

    again = MoveRow(rows=rows, code=code, step=-1).apply(down)

    assert sorted(_codes(down, rows)) == sorted(_codes(form, rows))
    if down != form:
        assert _by_heading(again, rows) == _by_heading(form, rows)
        assert _by_heading(down, rows) != _by_heading(form, rows)


@settings(max_examples=60, deadline=None)
@given(forms(), st.sampled_from(list(Rows)), st.data())
def test_changes_of_different_rows_do_not_touch_each_other(form, rows, data):
    codes = _codes(form, rows)
    if len(codes) < 2:
        return
    mine, other = data.draw(st.permutations(codes))[:2]
    item = next(it for it in items_of(form, rows) if it.code == other)
    changed = ReplaceRow(rows=rows, code=other, item=_renamed(item)).apply(form)

    own = ReplaceRow(rows=rows, code=mine, item=item)
    theirs = ReplaceRow(rows=rows, code=other, item=item)

    assert own.touched(form) == own.touched(changed)
    assert theirs.touched(form) != theirs.touched(changed)


def _by_heading(form, rows):
    found = {}
    for it in items_of(form, rows):
        found.setdefault(group_of(it), []).append(it.code)
    return found


def _renamed(item):
    name = {"DossierField": "title", "NarrativePrompt": "label", "AskedIndicator": "name"}
    return replace(item, **{name[type(item).__name__]: "Tên khác hẳn"})
