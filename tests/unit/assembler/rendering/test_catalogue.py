"""What an author is shown to type: by list, with the loops that lead to it."""

import pytest

from services.assembler.rendering.catalogue import catalogue
from services.assembler.rendering.checking import check_any_template
from services.assembler.rendering.templates import Manifest, Placeholder, TemplateLibrary
from tests.builders.assembler import TEMPLATES
from tests.support.word_packages import paragraph, word_file


def placeholder(path, kind="text", **more):
    return Placeholder(path=path, type=kind, label="x", **more)


def test_single_values_come_in_one_group_without_loops():
    (group,) = catalogue([placeholder("year", "number", example=2023), placeholder("office.name")])

    assert (group.path, group.opening, group.closing) == ("", (), ())
    assert [(one.code, one.example) for one in group.entries] == [
        ("{{ year }}", "2023"),
        ("{{ office.name }}", ""),
    ]


def test_a_list_in_a_list_is_shown_with_both_loops():
    groups = catalogue(
        [
            placeholder("movements.groups[].label"),
            placeholder("movements.groups[].lines[]"),
            placeholder("categories[].rows[].name"),
            placeholder("legal_basis[]"),
            placeholder("staff[].name"),
        ]
    )

    assert [(group.path, group.opening, group.entries[0].code) for group in groups] == [
        ("movements.groups[]", ("{%p for group in movements.groups %}",), "{{ group.label }}"),
        (
            "movements.groups[].lines[]",
            ("{%p for group in movements.groups %}", "{%p for line in group.lines %}"),
            "{{ line }}",
        ),
        (
            "categories[].rows[]",
            ("{%p for category in categories %}", "{%p for row in category.rows %}"),
            "{{ row.name }}",
        ),
        ("legal_basis[]", ("{%p for basis in legal_basis %}",), "{{ basis }}"),
        ("staff[]", ("{%p for item in staff %}",), "{{ item.name }}"),
    ]
    assert groups[1].closing == ("{%p endfor %}", "{%p endfor %}")


def test_flags_and_rich_texts_are_typed_in_their_own_way():
    (group,) = catalogue(
        [placeholder("is_final", "flag", example=True), placeholder("remark", "rich_text")]
    )

    flag, rich_text = group.entries
    assert (flag.code, flag.example) == ("{%p if is_final %} … {%p endif %}", "đúng")
    assert rich_text.code == "{{r remark }}"


@pytest.mark.parametrize("kind", [it.kind for it in TemplateLibrary(TEMPLATES).kinds()])
def test_what_is_shown_passes_the_check_when_it_is_typed(kind):
    manifest: Manifest = TemplateLibrary(TEMPLATES).get(kind).manifest

    typed = [
        line
        for group in catalogue(manifest.placeholders)
        for line in (
            *group.opening,
            *(piece for one in group.entries for piece in one.code.split(" … ")),
            *group.closing,
        )
    ]

    assert check_any_template(word_file("".join(map(paragraph, typed))), manifest) == ()
