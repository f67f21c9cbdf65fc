"""The manifest's placeholders are the contract: its schema, and what it refuses."""

import json

import pytest
from marshmallow import ValidationError

from services.assembler.rendering.contract import DataRefused, check_context, shape_of
from services.assembler.rendering.templates import Placeholder, TemplateLibrary
from tests.builders.assembler import TEMPLATES
from tests.builders.samples import every_sample

DECLARED = (
    Placeholder(path="year", type="number", label="Năm"),
    Placeholder(path="is_final", type="flag", label="Bản cuối"),
    Placeholder(path="remark", type="rich_text", label="Ghi chú", optional=True),
    Placeholder(path="office.name", type="text", label="Cơ quan"),
    Placeholder(path="lines[]", type="text", label="Dòng"),
    Placeholder(path="awards[].members[].name", type="text", label="Họ tên"),
)
GOOD = {
    "year": 2023,
    "is_final": True,
    "remark": {"rich_text": [{"text": "đậm", "bold": True}]},
    "office": {"name": "UBND", "more": "is no matter"},
    "lines": ["a", "b"],
    "awards": [{"members": [{"name": "An"}, {"name": "Bình"}]}, {"members": []}],
    "other": None,
}
KINDS = {template.kind: template for template in TemplateLibrary(TEMPLATES).kinds()}
SAMPLES = [(kind, name) for kind, template in KINDS.items() for name in template.samples]


@pytest.mark.parametrize(("kind", "name"), SAMPLES)
def test_every_shipped_sample_keeps_the_contract(kind, name):
    check_context(KINDS[kind].manifest.placeholders, KINDS[kind].samples[name])


@pytest.mark.parametrize("kind", KINDS)
def test_every_example_of_a_manifest_is_of_its_own_type(kind):
    kinds_of_values = {"text": str, "number": int, "flag": bool, "rich_text": str}

    for one in KINDS[kind].manifest.placeholders:
        assert one.example is None or type(one.example) is kinds_of_values[one.type], one.path


@pytest.mark.parametrize("sample", every_sample(), ids=lambda it: f"{it.template.kind}-{it.name}")
def test_what_is_composed_keeps_the_contract(sample):
    context = json.loads(json.dumps(sample.context()))

    check_context(sample.template.manifest.placeholders, context)


def test_data_of_the_declared_shape_is_taken_and_may_hold_more():
    check_context(DECLARED, GOOD)
    check_context(DECLARED, {key: value for key, value in GOOD.items() if key != "remark"})


@pytest.mark.parametrize(
    ("change", "pointer", "said"),
    [
        ({"year": "2023"}, "#/year", "Giá trị “year”: phải là một số."),
        ({"year": True}, "#/year", "phải là một số"),
        ({"year": None}, "#/year", "thiếu giá trị"),
        ({"is_final": 1}, "#/is_final", "đúng hoặc sai"),
        ({"remark": "chữ"}, "#/remark", "văn bản có định dạng"),
        ({"remark": {"rich_text": [{"bold": True}]}}, "#/remark", "văn bản có định dạng"),
        ({"office": {}}, "#/office/name", "Giá trị “office.name”: thiếu"),
        ({"office": "UBND"}, "#/office", "nhóm giá trị"),
        ({"lines": "a"}, "#/lines", "phải là một danh sách"),
        ({"lines": ["a", 1]}, "#/lines/1", "Giá trị “lines[1]”: phải là văn bản."),
        ({"awards": [{"members": [{"name": "An"}, {}]}]}, "#/awards/0/members/1/name",
         "Giá trị “awards[0].members[1].name”: thiếu giá trị này."),
    ],
)  # fmt: skip
def test_a_value_that_is_missing_or_of_another_type_is_told_with_its_path(change, pointer, said):
    with pytest.raises(DataRefused) as caught:
        check_context(DECLARED, {**GOOD, **change})

    (found,) = caught.value.errors
    assert found.pointer == pointer
    assert said in found.detail


def test_all_values_are_told_at_once():
    with pytest.raises(DataRefused) as caught:
        check_context(DECLARED, {"year": "x", "lines": [1, 2]})

    assert [one.pointer for one in caught.value.errors] == [
        "#/year",
        "#/is_final",
        "#/office",
        "#/lines/0",
        "#/lines/1",
        "#/awards",
    ]


@pytest.mark.parametrize(
    "paths",
    [
        ["year", "year"],
        ["office", "office.name"],
        ["office.name", "office"],
        ["lines", "lines[]"],
        ["lines[]", "lines[].name"],
        ["lines[]", "lines.name"],
        ["Năm"],
        ["a..b"],
        ["a[0]"],
    ],
)
def test_paths_that_contradict_each_other_are_refused(paths):
    with pytest.raises(ValidationError):
        shape_of([Placeholder(path=path, type="text", label="x") for path in paths])


def test_a_shape_tells_its_paths_and_what_stands_at_one():
    shape = shape_of(DECLARED)

    assert list(shape.paths())[-6:] == [
        "lines[]",
        "awards",
        "awards[]",
        "awards[].members",
        "awards[].members[]",
        "awards[].members[].name",
    ]
    assert shape.at("awards[].members[].name").type == "text"
    assert shape.at("awards[].nothing") is None
