"""Where docxtpl is wrong, or less safe, ours differs on purpose; each test shows both."""

import re

import pytest
from lxml import etree

from ooxml.text import text_of
from services.assembler.rendering.context import RenderingFailed
from services.assembler.rendering.docx import render
from tests.differential.data import DATA
from tests.differential.engines import by_docxtpl, by_thidua
from tests.differential.packages import note, p, tbl, template, text_box, tr

ONE = template(p("{{ x }}"))


def body_text(parts: dict[str, bytes], name: str = "document") -> str:
    return text_of(etree.fromstring(parts[f"word/{name}.xml"])).strip("\n")


def refusal(source: bytes, **data: object) -> str:
    with pytest.raises(RenderingFailed) as caught:
        render(source, data)
    return caught.value.detail


def test_a_control_character_deletes_nothing_after_it():
    text = "a\x0b b & c"

    assert body_text(by_docxtpl(ONE, {"x": text})) == "a b  c"  # the ampersand is gone
    assert "“x” có ký tự điều khiển U+000B ở vị trí 2" in refusal(ONE, x=text)


@pytest.mark.parametrize("text", ["{_{ a }_}", "{_% if a %_}"])
def test_text_of_a_user_is_not_read_as_a_mark(text):
    assert body_text(by_docxtpl(ONE, {"x": text})) == text.replace("_{", "{").replace(
        "}_", "}"
    ).replace("_%", "%").replace("%_", "%")
    assert body_text(by_thidua(ONE, {"x": text})) == text


@pytest.mark.parametrize("text", ["{{ 7*7 }}", "{% for x in y %}", "{# a #}", "{{r x}}"])
def test_text_of_a_user_is_no_tag_in_either(text):
    assert body_text(by_docxtpl(ONE, {"x": text})) == text
    assert body_text(by_thidua(ONE, {"x": text})) == text


def test_an_ampersand_within_a_tag_is_one():
    source = template(p("{{ 'Trường A & B' }}{% if x == 'a & b' %}, đúng{% endif %}"))

    assert body_text(by_docxtpl(source, {"x": "a & b"})) == "Trường A &amp; B"
    assert body_text(by_thidua(source, {"x": "a & b"})) == "Trường A & B, đúng"


def test_a_missing_name_is_told_and_not_left_out():
    source = template(p("Tên: {{ nmae }}"))

    assert body_text(by_docxtpl(source, DATA)) == "Tên: "
    assert refusal(source, **DATA) == (
        "Dữ liệu không có “nmae” mà mẫu cần. Xem {{ nmae }} ở thân văn bản."
    )


@pytest.mark.parametrize(
    ("value", "printed"), [(None, "None"), (True, "True"), ([1], "[1]"), ({"a": 1}, "{'a': 1}")]
)
def test_what_is_no_text_is_not_printed_as_python_writes_it(value, printed):
    assert body_text(by_docxtpl(ONE, {"x": value})) == printed
    assert "không phải văn bản hay số" in refusal(ONE, x=value)


def test_letters_typed_in_pieces_are_printed_composed():
    text = "Nguye\u0302\u0303n"

    assert body_text(by_docxtpl(ONE, {"x": text})) == text
    assert body_text(by_thidua(ONE, {"x": text})) == "Nguyễn"


def test_a_line_end_of_windows_is_one_break():
    theirs, ours = (engine(ONE, {"x": "a\r\nb"}) for engine in (by_docxtpl, by_thidua))

    assert theirs["word/document.xml"].count(b"<w:br/>") == 1
    assert ours["word/document.xml"].count(b"<w:br/>") == 1
    assert b"&#13;" not in ours["word/document.xml"]


def test_a_line_break_in_the_xml_of_the_template_is_a_space_as_in_word():
    source = template("<w:p><w:r><w:t>một\nhai {{ x }}</w:t></w:r></w:p>")

    assert b"<w:br/>" in by_docxtpl(source, {"x": "ba"})["word/document.xml"]
    assert body_text(by_thidua(source, {"x": "ba"})) == "một hai ba"


def test_endnotes_are_filled_in_too():
    source = template("thân", endnotes=note(p("Ghi chú {{ x }}"), "endnote"))

    assert body_text(by_docxtpl(source, {"x": "a"}), "endnotes") == "Ghi chú {{ x }}"
    assert body_text(by_thidua(source, {"x": "a"}), "endnotes") == "Ghi chú a"


def test_a_sign_in_a_property_is_itself():
    source = template("thân", title="{{ x }}")
    theirs = by_docxtpl(source, {"x": "A & B"})["docProps/core.xml"]
    ours = by_thidua(source, {"x": "A & B"})["docProps/core.xml"]

    assert b"A &amp;amp; B" in theirs
    assert b"A &amp; B" in ours


def test_the_same_input_gives_the_same_bytes():
    assert render(ONE, {"x": "a"}) == render(ONE, {"x": "a"})


@pytest.mark.parametrize("source", ["{{ x.__class__ }}", "{{ ''.__class__.__mro__ }}"])
def test_a_template_reaches_nothing_but_its_data(source):
    assert "class" in body_text(by_docxtpl(template(p(source)), {"x": "a"}))
    assert "thân văn bản" in refusal(template(p(source)), x="a")


def test_a_table_of_merged_columns_keeps_its_grid():
    after = '<w:trPr><w:gridAfter w:val="1"/></w:trPr>'
    row = tr("{{ x }}").replace("<w:tr>", f"<w:tr>{after}")
    source = template(tbl(row, columns=2))
    theirs, ours = (engine(source, {"x": "a"}) for engine in (by_docxtpl, by_thidua))

    assert theirs["word/document.xml"].count(b"<w:gridCol ") == 1  # the column left free is gone
    assert ours["word/document.xml"].count(b"<w:gridCol ") == 2


def test_an_empty_table_in_a_table_keeps_its_grid():
    inner = tbl(tr("{%tr for one in x %}"), tr("{{ one }}"), tr("{%tr endfor %}"), columns=1)
    source = template(inner)
    theirs, ours = (engine(source, {"x": []}) for engine in (by_docxtpl, by_thidua))

    assert b"<w:gridCol " not in theirs["word/document.xml"]
    assert b"<w:gridCol " in ours["word/document.xml"]


def test_drawings_that_a_loop_repeats_have_numbers_of_their_own():
    source = template("{%p for i in [1, 2, 3] %}", p(text_box(p("{{ i }}"))), "{%p endfor %}")
    ours = by_thidua(source, {})["word/document.xml"].decode()

    numbers = re.findall(r'docPr id="(\d+)"', ours)

    assert len(numbers) == len(set(numbers)) == 3


def test_a_stray_end_of_a_tag_is_told():
    source = template("{{ x }}", "năm mươi %} trăm")

    assert body_text(by_docxtpl(source, {"x": "a"})).endswith("năm mươi %} trăm")
    assert refusal(source, x="a").endswith("năm mươi %}” ở thân văn bản.")
