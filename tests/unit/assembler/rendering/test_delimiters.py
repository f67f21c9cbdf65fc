"""Tags that are not opened and closed are told at once, however long the part."""

import pytest

from services.assembler.rendering.delimiters import malformed_tags


@pytest.mark.parametrize(
    "xml",
    [
        "{{ x }} {% if y %} {# {{ not a tag {% #} {% endif %}",
        "<w:t>{</w:t></w:r><w:r><w:t>{ x }</w:t></w:r><w:r><w:t>}</w:t>",
        "{{ {'a': {'b': 1}} }} }} #}",
        "{{ '%}' }} {% if x == '}}' %}{% endif %}",
        "{ % { x } 100% }",
    ],
)
def test_what_is_opened_and_closed_is_fine(xml):
    assert malformed_tags(xml) == []


@pytest.mark.parametrize(
    ("xml", "text", "reason"),
    [
        ("<w:t>a {{ x</w:t>", "{{ x", "Thẻ này chưa được đóng bằng “}}”."),
        ("{% if x }}", "{% if x }}", "Thẻ này chưa được đóng bằng “%}”."),
        ("{# x", "{# x", "Thẻ này chưa được đóng bằng “#}”."),
        ("a %}", "a %}", "Thẻ này thiếu phần mở “{%”."),
        ("{{ a {{ b }}", "{{ a {{ b }}", "Thẻ này chưa được đóng bằng “}}”."),
        (
            "{{ " + "x" * 5_000 + " }}",
            "{{ " + "x" * 57,
            "Thẻ này quá dài hoặc có quá nhiều dấu cách.",
        ),
        (
            "{% colspan" + " " * 60 + "x %}",
            "{% colspan",
            "Thẻ này quá dài hoặc có quá nhiều dấu cách.",
        ),
    ],
)
def test_what_is_not_is_told_with_its_beginning(xml, text, reason):
    (found,) = malformed_tags(xml)

    assert (found.text, found.reason) == (text, reason)


def test_all_are_told_in_their_order():
    assert [it.text for it in malformed_tags("{{ a {% b %} {{ c")] == ["{{ a {% b %} {{ c", "{{ c"]


@pytest.mark.parametrize(
    "piece", ["{{", "{{ ", "{%p ", "-%}", "{%-", "{", "<w:t>{</w:t>", "<w:t>{{</w:t>", "{% vm "]
)
def test_a_flood_is_looked_at_once(piece):
    found = malformed_tags(piece * 100_000)  # in quadratic time this would not end

    assert found
