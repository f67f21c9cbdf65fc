from decimal import Decimal

import pytest
from marshmallow import ValidationError

from kernel.contracts.dossier import (
    Indicator,
    IndicatorSchema,
    MovementSchema,
    Nomination,
    NominationSchema,
)
from kernel.contracts.schema import Choice, Figure, Identifier, Items, StrictSchema, Text


class Thing(StrictSchema):
    name = Text(required=True, max_length=10)
    note = Text(blank=True, load_default="")
    figure = Figure(allow_none=True, load_default=None)
    kind = Choice(("a", "b"), load_default="a")
    ids = Items(Identifier(), limit=2)


def messages(**data):
    with pytest.raises(ValidationError) as caught:
        Thing().load(data)
    return caught.value.messages


def test_text_is_composed_and_trimmed():
    assert Thing().load({"name": "  Viê\u0323t "})["name"] == "Việt"


def test_text_that_looks_like_code_stays_text():
    assert Thing().load({"name": "{{ 7*7 }}"})["name"] == "{{ 7*7 }}"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (None, "Bắt buộc nhập."),
        ("   ", "Bắt buộc nhập."),
        (7, "Phải là văn bản."),
        ("x" * 11, "Dài 11 ký tự, quá giới hạn 10 ký tự."),
        ("a\x07b", "Có ký tự điều khiển U+0007 ở vị trí 2; hãy xóa và gõ lại."),
    ],
)
def test_a_text_that_does_not_fit_is_explained(name, message):
    assert messages(name=name) == {"name": [message]}


def test_a_missing_text_is_asked_for():
    assert messages() == {"name": ["Bắt buộc nhập."]}


def test_an_unknown_key_is_refused():
    assert messages(name="a", extra=1) == {"extra": ["Trường này không có trong biểu mẫu."]}


@pytest.mark.parametrize(
    ("figure", "message"),
    [
        ("abc", "Phải là một số."),
        (True, "Phải là một số."),
        ("NaN", "Phải là một số hữu hạn."),
        ("1e15", "Số quá lớn hoặc có quá nhiều chữ số thập phân."),
        ("0.0000001", "Số quá lớn hoặc có quá nhiều chữ số thập phân."),
    ],
)
def test_a_figure_that_does_not_fit_is_explained(figure, message):
    assert messages(name="a", figure=figure) == {"figure": [message]}


@pytest.mark.parametrize(("given", "exact"), [(8.78, "8.78"), ("8.78", "8.78"), (65, "65")])
def test_a_figure_is_exact(given, exact):
    loaded = Thing().load({"name": "a", "figure": given})

    assert loaded["figure"] == Decimal(exact)
    assert Thing().dump(loaded)["figure"] == exact


def test_a_choice_names_what_may_be_chosen():
    assert messages(name="a", kind="c") == {"kind": ["Phải là một trong: a, b."]}


def test_a_list_has_a_limit():
    ids = ["6f1d2a52-5a55-5c0e-9a53-0c1f1f6f8a11"] * 3
    assert messages(name="a", ids=ids) == {"ids": ["Quá 2 dòng."]}


def test_a_wire_message_survives_the_journey():
    indicator = Indicator(
        code="VX2", name="Hộ nghèo giảm", field="van-hoa", base=Decimal(740), actual=Decimal(65)
    )

    assert IndicatorSchema().load(IndicatorSchema().dump(indicator)) == indicator


def test_a_nomination_is_loaded_into_a_frozen_value():
    loaded = NominationSchema().load({"kind": "individual", "name": "Lý Thị A", "award": "x"})

    assert loaded == Nomination(kind="individual", name="Lý Thị A", award="x")


def test_a_nested_object_of_the_wrong_type_is_explained():
    with pytest.raises(ValidationError) as caught:
        MovementSchema().load("not an object")

    assert caught.value.messages == {"_schema": ["Dữ liệu phải là một đối tượng JSON."]}
