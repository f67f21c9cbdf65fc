"""What values become where they stand: rich text, breaks, attributes."""

from html import escape
from io import BytesIO

import pytest
from docx import Document
from lxml import etree

from ooxml.text import plain_text
from services.assembler.rendering.context import RenderingFailed
from services.assembler.rendering.docx import render
from tests.support.word_packages import paragraph, part_of, word_file

RICH = {
    "rich_text": [
        {"text": "đậm & ", "bold": True, "size": 28, "color": "#FF0000", "font": "Arial"},
        {"text": "nghiêng", "italic": True, "underline": "wavy", "superscript": True},
        "thường",
    ]
}


def rendered(source, **context):
    return render(word_file(paragraph(escape(source, quote=False))), context)


def paragraphs(source, **context):
    return [it.text for it in Document(BytesIO(rendered(source, **context))).paragraphs]


def refusal(source, **context):
    with pytest.raises(RenderingFailed) as caught:
        rendered(source, **context)
    return caught.value.detail


def test_a_rich_text_becomes_runs_of_their_own():
    document = Document(BytesIO(rendered("Tên: {{r x }}.", x=RICH)))

    (written,) = document.paragraphs
    assert written.text == "Tên: đậm & nghiêngthường."
    bold, italic, plain = (
        run for run in written.runs if run.text in ("đậm & ", "nghiêng", "thường")
    )
    assert (bold.bold, bold.font.size.pt, bold.font.name) == (True, 14, "Arial")
    assert str(bold.font.color.rgb) == "FF0000"
    assert (italic.italic, italic.font.superscript, bool(italic.underline)) == (True, True, True)
    assert (plain.bold, plain.italic) == (None, None)


@pytest.mark.parametrize(
    "value",
    [
        "text",
        1,
        None,
        ["x"],
        {"rich_text": "x"},
        {"rich_text": [{"bold": True}]},
        {"rich_text": [{"text": "x", "onclick": "y"}]},
        {"rich_text": [], "also": 1},
    ],
)
def test_what_is_no_rich_text_is_refused_among_runs(value):
    assert "không phải chữ có định dạng" in refusal("{{r x }}", x=value)


def test_a_rich_text_within_text_is_refused():
    assert "không phải văn bản hay số" in refusal("{{ x }}", x=RICH)


@pytest.mark.parametrize("key", ["color", "style", "font", "lang", "highlight"])
def test_a_property_of_a_rich_text_cannot_break_out_of_its_attribute(key):
    value = {"rich_text": [{"text": "x", key: '"/><w:p>&'}]}

    assert paragraphs("{{r x }}", x=value) == ["x"]


def test_a_bell_begins_a_new_paragraph_that_looks_alike():
    document = Document(BytesIO(rendered("Một: {{ x }}; hết", x="a & b\aba\ac")))

    assert [it.text for it in document.paragraphs] == ["Một: a & b", "ba", "c; hết"]


def test_a_form_feed_begins_a_new_page():
    xml = part_of(rendered("{{ x }}", x="trước\fsau"), "word/document.xml")

    assert xml.count('<w:br w:type="page"/>') == 1
    assert paragraphs("{{ x }}", x="trước\fsau") == ["trước", "", "sau"]


def test_breaks_keep_the_formatting_of_run_and_paragraph():
    source = word_file(
        '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/></w:rPr>'
        "<w:t>{{ x }}</w:t></w:r></w:p>"
    )

    document = Document(BytesIO(render(source, {"x": "một\ahai"})))

    assert [it.text for it in document.paragraphs] == ["một", "hai"]
    assert len({it.alignment for it in document.paragraphs}) == 1
    assert all(run.bold for it in document.paragraphs for run in it.runs)


def test_a_break_does_not_repeat_the_end_of_a_section():
    section = "<w:pPr><w:sectPr/></w:pPr>"
    source = word_file(f"<w:p>{section}<w:r><w:t>{{{{ x }}}}</w:t></w:r></w:p>")

    xml = part_of(render(source, {"x": "một\ahai"}), "word/document.xml")

    assert xml.count("<w:sectPr") == 1
    assert xml.index("một") < xml.index("<w:sectPr")


def test_breaks_written_in_the_template_itself_count_too():
    assert paragraphs("{{ 'a\\ab' }}") == ["a", "b"]


@pytest.mark.parametrize(("value", "fill"), [("FF0000", "FF0000"), ('"><&', '"><&')])
def test_the_colour_of_a_cell_is_an_attribute(value, fill):
    cell = f"<w:tc><w:tcPr/>{paragraph('{% cellbg x %}A')}</w:tc>"
    table = f"<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{cell}</w:tr></w:tbl>"

    xml = part_of(render(word_file(table), {"x": value}), "word/document.xml")

    shading = next(it for it in etree.fromstring(xml.encode()).iter("{*}shd"))
    assert fill in shading.attrib.values()


@pytest.mark.parametrize("text", ["a < b", "a & b", "một\nhai", "một\thai", '"'])
@pytest.mark.parametrize("source", ["{{ x }}", "{% set y = x %}{{ y }}", "{{ x ~ '<' ~ x }}"])
def test_texts_are_escaped_wherever_they_come_from(source, text):
    expected = f"{text}<{text}" if "~" in source else text

    assert plain_text(rendered(source, x=text)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{% set y = 'a<b' %}{{ y }}", "a<b"),
        ("{% set y = x ~ '&' %}{{ y }}", "x&"),
        ("{% for y in ['<', x] %}{{ y }}{% endfor %}", "<x"),
        ("{% for y in 'a<b'.split('a') %}{{ y }}{% endfor %}", "<b"),
        ("{% set y = x|replace('x', '<') %}{{ y }}", "<"),
        ("{% set n = namespace(y='<') %}{{ n.y }}", "<"),
        ("{% with y = '<' %}{{ y }}{% endwith %}", "<"),
        ("{% macro m(y) %}{{ y }}{% endmacro %}{{ m('<') }}", "<"),
        ("{% set y %}<{{ x }}{% endset %}{{ y }}", "<x"),
        ("{% macro m(y) %}<{{ y }}{% endmacro %}{{ m(x) ~ '<' }}", "<x<"),
        ("{{ x|default('<') }}{{ z|default('<') }}", "x<"),
        ("{% for y in z|default(['<']) %}{{ y }}{% endfor %}", "<"),
        ("{% for y in x|map('replace', 'x', '<') %}{{ y }}{% endfor %}", "<"),
    ],
)
def test_a_text_that_the_template_brings_in_is_escaped_beside_plain_data(source, expected):
    assert plain_text(rendered(source, x="x")) == expected
