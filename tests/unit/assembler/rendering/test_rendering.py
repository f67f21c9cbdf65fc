import json

import pytest

from ooxml.content_controls import tags
from ooxml.package import open_package
from ooxml.text import plain_text
from ooxml.xml import w
from services.assembler.rendering.context import RenderingFailed
from services.assembler.rendering.docx import render, render_text
from tests.support.word_packages import W, paragraph, part_of, parts_of, word_file, zipped

HOSTILE = [
    "{{ 7*7 }}",
    "{% for x in y %}",
    "{# mất #}",
    "{{r x}}",
    "{%p if x %}",
    "{_{ x }_} {_% y %_}",
    "<w:p><w:r/></w:p>",
    "</w:t></w:r></w:p>",
    "A & B &amp; C &lt;",
    "]]> <!-- -->",
    '“ngoặc” ‘đơn’ "kép"',
    "{{ self._TemplateReference__context }}",
    "hai  cách",
    "dòng một\ndòng hai",
    "cột một\tcột hai",
]


def rendered_text(source: str, **context: object) -> str:
    return plain_text(render(word_file(paragraph(source)), context))


def refusal(source: str, **context: object) -> RenderingFailed:
    with pytest.raises(RenderingFailed) as caught:
        render(word_file(paragraph(source)), context)
    return caught.value


@pytest.mark.parametrize("text", HOSTILE)
def test_a_value_prints_exactly_as_typed(text):
    assert rendered_text("Tên: {{ name }}.", name=text) == f"Tên: {text}."


@pytest.mark.parametrize("text", HOSTILE)
def test_a_value_prints_as_typed_in_header_footer_and_footnotes(text):
    def part(tag: str) -> str:
        return f"<w:{tag} {W}>{paragraph('{{ name }}')}</w:{tag}>"

    data = render(
        word_file(
            paragraph("thân"), header1=part("hdr"), footer1=part("ftr"), footnotes=part("footnotes")
        ),
        {"name": text},
    )

    assert plain_text(data) == "\n".join([text, "thân", text, text])


def test_line_breaks_and_tabs_are_those_of_word_within_the_same_run():
    xml = part_of(render(word_file(paragraph("{{ x }}", properties="<w:b/>")), {"x": "a\nb\tc"}))

    assert xml.count("<w:br/>") == 1
    assert xml.count("<w:tab/>") == 1
    assert xml.count("<w:r>") == xml.count("<w:b/>") == 1


def test_a_tag_that_word_split_over_runs_is_one_tag():
    split = "".join(f"<w:r><w:t>{piece}</w:t></w:r>" for piece in ("{", "{ na", "me }", "}"))

    assert plain_text(render(word_file(f"<w:p>{split}</w:p>"), {"name": "Lan"})) == "Lan"


def test_rows_and_paragraphs_repeat_as_in_docxtpl():
    def cells(*texts):
        return "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in texts)

    rows = ["{%tr for r in rows %}"], ["{{ loop.index }}", "{{ r.name }}"], ["{%tr endfor %}"]
    table = "".join(f"<w:tr>{cells(*row)}</w:tr>" for row in rows)
    body = f"<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{table}</w:tbl>" + "".join(
        map(paragraph, ["{%p if rows|length > 1 %}", "Nhiều", "{%p else %}", "Một", "{%p endif %}"])
    )

    data = render(word_file(body), {"rows": [{"name": "Lan"}, {"name": "Nguyễn & Con"}]})

    assert plain_text(data) == "1\tLan\n2\tNguyễn & Con\nNhiều"


def test_a_table_that_grows_columns_gets_a_wider_grid():
    tags_ = ("{%tc for c in cols %}", "{{ c }}", "{%tc endfor %}")
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in tags_)
    grid = '<w:tblGrid><w:gridCol w:w="3000"/></w:tblGrid>'

    data = render(
        word_file(f"<w:tbl>{grid}<w:tr>{cells}</w:tr></w:tbl>"), {"cols": ["a", "&", "c"]}
    )

    assert plain_text(data) == "a\t&\tc"
    assert part_of(data).count("<w:gridCol ") == 3


@pytest.mark.parametrize("span", ["", "x", "²", "1.5", "9" * 5_000])
def test_a_table_whose_columns_are_no_numbers_is_left_as_it_is(span):
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{paragraph("{{ x }}")}</w:tc>'
    grid = '<w:tblGrid><w:gridCol w:w="100"/></w:tblGrid>'
    template = word_file(f"<w:tbl>{grid}<w:tr>{cell * 2}</w:tr></w:tbl>{paragraph('')}")

    made = open_package(render(template, {"x": "1"})).tree("word/document.xml")

    assert [it.get(w("val")) for it in made.iter(w("gridSpan"))] == [span, span]
    assert len(list(made.iter(w("gridCol")))) == 1


@pytest.mark.parametrize("width", ["", "x", "1e400", "9" * 400])
def test_a_table_whose_widths_are_no_numbers_is_left_as_it_is(width):
    cell = f"<w:tc>{paragraph('{{ x }}')}</w:tc>"
    row = f"<w:tr>{cell * 2}</w:tr>"
    grid = f'<w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>'

    made = render(word_file(f"<w:tbl>{grid}{row}</w:tbl>{paragraph('')}"), {"x": "1"})

    columns = open_package(made).tree("word/document.xml").iter(w("gridCol"))
    assert [it.get(w("w")) for it in columns] == [width]


def test_content_controls_survive():
    content = "<w:sdtContent><w:r><w:t>{{ place }}</w:t></w:r></w:sdtContent>"
    control = f'<w:sdt><w:sdtPr><w:tag w:val="place"/></w:sdtPr>{content}</w:sdt>'

    data = render(word_file(f"<w:p>{control}</w:p>"), {"place": "Quy Kỳ"})

    assert tags(data) == {"place": ["Quy Kỳ"]}


def test_properties_are_plain_text():
    core = (
        '<c:coreProperties xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>Báo cáo {{ name }}</dc:title><dc:creator>x</dc:creator></c:coreProperties>"
    )
    template = zipped({**parts_of(), "docProps/core.xml": core})

    data = render(template, {"name": "A & <B>"})

    assert "<dc:title>Báo cáo A &amp; &lt;B&gt;</dc:title>" in part_of(data, "docProps/core.xml")


def test_the_same_input_gives_the_same_bytes():
    template = word_file(paragraph("{{ a }} {{ b }}"))

    assert render(template, {"a": "1", "b": "2"}) == render(template, {"b": "2", "a": "1"})


def test_decomposed_letters_are_composed():
    assert rendered_text("{{ x }}", x="e\u0302\u0301") == "ế"


@pytest.mark.parametrize(
    "character", ["\x0b", "\x08", "\x1f", "\x00", "\ufffe", "\ud800", "\u202e"]
)
def test_every_forbidden_character_is_refused_with_the_path_of_its_value(character):
    bad = f"a{character} & b"

    failure = refusal("{{ rows }}", rows=[{"name": "x"}, {"name": bad}], other=bad)

    assert [error.pointer for error in failure.errors] == ["#/rows/1/name", "#/other"]
    assert f"“rows[1].name” có ký tự điều khiển U+{ord(character):04X} ở vị trí 2" in failure.detail


@pytest.mark.parametrize("value", [object(), {1, 2}, b"x", lambda: "x"])
def test_the_context_is_json_only(value):
    assert "không phải văn bản hay số" in refusal("x", value=value).detail


def test_what_is_missing_is_named_with_its_tag_and_its_part():
    header = f"<w:hdr {W}>{paragraph('{{ a }} – {{ body.nam }}')}</w:hdr>"

    with pytest.raises(RenderingFailed) as caught:
        render(word_file(header1=header), {"a": "1", "body": {"name": ""}})

    assert caught.value.detail == (
        "Dữ liệu không có “nam” mà mẫu cần. Xem {{ body.nam }} ở đầu trang."
    )


@pytest.mark.parametrize("source", ["{{ body.name }}", "{{ body['name'] }}", "{{ body[0] }}"])
def test_the_first_missing_name_of_a_path_is_the_one_named(source):
    assert refusal(source).detail.startswith("Dữ liệu không có “body” mà mẫu cần.")


@pytest.mark.parametrize("source", ["{% if x %}", "{{ x|unknown }}", "{% endfor %}"])
def test_a_template_with_wrong_syntax_is_refused(source):
    assert refusal(source, x="1").detail.startswith("Mẫu sai cú pháp. Xem ")


@pytest.mark.parametrize("source", ["{{ '\\x01' }}", "{{ '\\ufffe' ~ x }}", "{{ '\\ud800' }}"])
def test_a_text_of_the_template_holds_no_forbidden_character_either(source):
    assert refusal(source, x="1").detail.startswith("Mẫu có ký tự điều khiển trong một thẻ. Xem ")


def test_a_name_in_the_data_holds_no_forbidden_character_either():
    failure = refusal("{% for key in d %}{{ key }}{% endfor %}", d={"a\x01": 1})

    assert "“d.a\\x01” có ký tự điều khiển U+0001 ở vị trí 2" in failure.detail


def test_what_is_refused_below_a_name_without_letters_can_still_be_sent_as_utf8():
    failure = refusal("{{ d }}", d={"a\ud800": {"b": "\x01"}})

    told = [text for one in failure.errors for text in (one.pointer, one.detail)]
    assert [text for text in told if not text.isprintable()] == []
    assert "“d.a\\ud800.b”" in failure.errors[1].detail


@pytest.mark.parametrize("source", ["{{ x ~ '%' }}", "{{ x|string }}", "{{ [x]|join }}"])
@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_without_a_value_becomes_no_text(source, value):
    assert "phép tính không được phép" in refusal(source, x=value).detail


@pytest.mark.parametrize(
    "source",
    [
        f"{{{{ {'(' * 300}1{')' * 300} }}}}",
        f"{{{{ x{'.a' * 5_000} }}}}",
        f"{{{{ {'1+' * 5_000}1 }}}}",
        f"{'{% for a in x %}' * 30}{'{% endfor %}' * 30}",
        f"{'{% if x %}' * 150}{'{% endif %}' * 150}",
        "{{ x.split(a=1, a=2) }}",
        "{{ 1e999 }}",
        f"{{{{ {'9' * 3_900} ** 2 }}}}",
    ],
)
def test_what_cannot_be_turned_into_code_is_refused(source):
    assert "thân văn bản" in refusal(source, x="1").detail


@pytest.mark.parametrize("value", [None, True, [1], {"a": 1}, float("nan"), float("inf")])
def test_only_texts_and_numbers_are_printed(value):
    assert "không phải văn bản hay số" in refusal("{{ x }}", x=value).detail


def test_a_block_that_cuts_through_the_document_is_refused():
    cell = f"<w:tc>{paragraph('{% endif %}')}</w:tc>"
    body = f"{paragraph('{% if x %}')}<w:tbl><w:tr>{cell}</w:tr></w:tbl>"

    with pytest.raises(RenderingFailed, match="không khớp nhau"):
        render(word_file(body), {"x": ""})


def test_a_text_among_runs_is_refused():
    assert "không phải chữ có định dạng" in refusal("{{r x }}", x="<w:p/>").detail


def test_a_value_in_the_place_of_a_paragraph_is_refused():
    failure = refusal("{{p x }}", x="<w:p/>")

    assert failure.detail.startswith("Mẫu chèn cả đoạn văn bằng {{p … }}")
    assert failure.detail.endswith("Xem {{ x }} ở thân văn bản.")


@pytest.mark.parametrize(
    "inside",
    [
        paragraph("{%p if x %}") + paragraph("a") + paragraph("{%p endif %}"),
        paragraph("{%p for y in x %}") + paragraph("{{ y }}") + paragraph("{%p endfor %}"),
        "<w:p/><w:tbl><w:tblGrid><w:gridCol/></w:tblGrid></w:tbl>"
        + paragraph("{%p if x %}")
        + paragraph("{%p endif %}"),
    ],
)
def test_a_cell_of_which_nothing_is_left_ends_in_a_paragraph(inside):
    row = f"<w:tr><w:tc>{inside}</w:tc></w:tr>"
    table = f"<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid>{row}</w:tbl>"

    xml = part_of(render(word_file(table), {"x": ""}), "word/document.xml")

    assert "<w:p/></w:tc>" in xml


def test_breaks_in_a_property_or_a_subject_are_spaces():
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>{{ x }}</dc:title></cp:coreProperties>"
    )
    template = zipped({**parts_of(paragraph("a")), "docProps/core.xml": core})

    data = render(template, {"x": "a\ab\fc"})

    assert "<dc:title>a b c</dc:title>" in part_of(data, "docProps/core.xml")
    assert render_text("{{ x }}", {"x": "a\ab"}) == "a b"


def test_a_broken_template_file_is_refused():
    with pytest.raises(RenderingFailed, match="Tệp mẫu không dùng được"):
        render(b"garbage", {})


def test_a_subject_is_rendered_as_plain_text():
    text = render_text("Tổng kết năm {{ year }} của {{ name }}", {"year": 2024, "name": "A & <B>"})

    assert text == "Tổng kết năm 2024 của A & <B>"


def test_the_context_is_not_changed():
    context = {"rows": [{"name": "e\u0301"}]}
    before = json.dumps(context)

    rendered_text("{{ rows[0].name }}", **context)

    assert json.dumps(context) == before
