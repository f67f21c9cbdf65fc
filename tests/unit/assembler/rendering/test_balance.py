"""What is proved well-formed is so for every data; what is not proved is looked at afterwards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import TemplateError
from lxml import etree

from services.assembler.rendering.balance import is_well_formed
from services.assembler.rendering.placing import place_values
from services.assembler.rendering.sandbox import document_environment
from tests.support.rendering import run_document

NAMESPACE = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"


def in_body(inner):
    return f"<w:document {NAMESPACE}><w:body>{inner}</w:body></w:document>"


def text(inner):
    return f"<w:p><w:r><w:t>{inner}</w:t></w:r></w:p>"


def in_row(inner):
    return f"<w:tbl><w:tr>{inner}</w:tr></w:tbl>"


def is_proved(source):
    tree = document_environment().parse(source)
    place_values(tree)
    return is_well_formed(tree)


CELL = f"<w:tc>{text('{{ x }}')}</w:tc>"


@pytest.mark.parametrize(
    "inner",
    [
        text("a &amp; b"),
        text("{{ x }} {{ x|upper }}"),
        text("{% if x %}a{% elif y %}b{% endif %}"),
        "{% for x in xs %}" + text("{{ x }}") + "{% else %}" + text("none") + "{% endfor %}",
        text("{% for x in xs %}{{ x }}") + text("{% endfor %}"),
        text("a{% if x %}b") + text("c{% endif %}"),
        in_row(CELL + "<w:tc><w:tbl/><w:p/></w:tc>"),
        in_row("<w:tc>{% if x %}<w:p/>{% else %}<w:p/>{% endif %}</w:tc>"),
        in_row("<w:tc>{% for x in xs %}<w:p/>{% endfor %}<w:p/></w:tc>"),
        in_row("<w:tc><w:p/>{% for x in xs %}<w:p/>{% endfor %}</w:tc>"),
        in_row("<w:tc><w:sdt><w:sdtContent><w:p/></w:sdtContent></w:sdt></w:tc>"),
        "<w:tbl>{% for x in xs %}<w:tr>" + CELL + "</w:tr>{% endfor %}</w:tbl>",
        "{% set x = xs[0] %}" + text("{{ x }}"),
        "<w:p w:a='1' w:b=\"2\"/>",
        "<w:p>{{ x }}</w:p>",
        '<w:p w:a="{{ x }}" w:b="1"/>',
        '<w:p w:a="{% if x %}1{% else %}{{ x }}{% endif %}"/>',
        '<w:p w:a="{% for x in xs %}{{ x }}{% endfor %}">' + "</w:p>",
        "<wp:docPr xmlns:wp='x' id='1'/>",
    ],
)
def test_what_always_fits_is_proved(inner):
    assert is_proved(in_body(inner))


@pytest.mark.parametrize(
    "inner",
    [
        "{% if x %}<w:p>{% endif %}</w:p>",
        "{% if x %}<w:p>{% else %}<w:tbl>{% endif %}</w:p>",
        "{% for x in xs %}<w:p>{% endfor %}",
        "{% for x in xs %}</w:p>{% endfor %}",
        "{{ x }}",
        "<w:tbl>{{ x }}</w:tbl>",
        "<w:r><w:instrText>{{ x }}</w:instrText></w:r>",
        '<w:fldSimple w:instr="{{ x }}"/>',
        '<w:hyperlink xmlns:r="r" r:id="{{ x }}"/>',
        "<w:p w:a='{{ x }}'/>",
        "<w:p {% if x %}w:a='1'{% endif %}/>",
        '<w:p w:a="{% if x %}1" w:b="2{% endif %}"/>',
        '<w:p w:a="{% if x %}1"{% else %}2"{% endif %}/>',
        '<w:p w:a="{{ x }}" w:a="1"/>',
        '<w:p w:a="&{{ x }}"/>',
        '<w:p w:a="{{ x }}',
        "{% for x in xs %}<wp:docPr xmlns:wp='x'/>{% endfor %}",
        "<w:p w:a='1' w:a='2'/>",
        "<w:p w:a='1 & 2'/>",
        "<x:p/>",
        "stray",
        text("a & b"),
        text("a ]]> b"),
        text("<!-- a -->"),
        "<wp:docPr/>",
        "</w:body></w:document>" + f"<w:document {NAMESPACE}><w:body>",
        "</w:p>",
        "<w:p></w:p w:a='1'>",
        "<w:p",
        in_row("{% for x in xs %}" + CELL + "{% endfor %}"),
        in_row("{% if x %}" + CELL + "{% endif %}"),
        in_row(CELL + "{% for x in xs %}</w:tr><w:tr>{% endfor %}" + CELL),
        in_row("<w:tc/>"),
        in_row("<w:tc>{% if x %}<w:p/>{% endif %}</w:tc>"),
        in_row("<w:tc>{% for x in xs %}<w:p/>{% endfor %}</w:tc>"),
        in_row("<w:tc><w:p/>{% if x %}<w:tbl/>{% endif %}</w:tc>"),
        "{% for x in xs recursive %}" + text("{{ x }}") + "{% endfor %}",
        "{% macro m() %}" + text("a") + "{% endmacro %}" + text("{{ m() }}"),
        "{% set m %}<w:p>{% endset %}" + text("{{ m }}"),
    ],
)
def test_what_may_break_is_not(inner):
    assert not is_proved(in_body(inner))


@pytest.mark.parametrize("source", ["", "text", "<w:document", "{{ x }}"])
def test_what_is_no_document_is_not(source):
    assert not is_proved(source)


PIECES = st.sampled_from(
    [
        *("<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<w:br/>", "a", "{{ x }}"),
        *("{% if y %}", "{% else %}", "{% endif %}", "{% for x in xs %}", "{% endfor %}"),
        *(text("{{ x }}"), "{% if y %}" + text("b") + "{% endif %}"),
        *('<w:p w:a="{{ x }}"/>', '<w:p w:a="', '">', '"/>', "{{ rich }}", "<w:p>{{ rich }}</w:p>"),
    ]
)
VALUES = st.text(max_size=8).filter(str.isprintable)


@given(st.lists(PIECES, max_size=12), st.lists(VALUES, max_size=3), VALUES, st.booleans())
def test_whatever_is_proved_parses_for_any_data(pieces, xs, x, y):
    source = in_body("".join(pieces))
    data = {"xs": xs, "x": x, "y": y, "rich": {"rich_text": [{"text": x, "color": x}]}}
    try:
        result = run_document(source, data)
    except TemplateError:  # most random sequences are no template, or print a value out of place
        return
    if is_proved(source):
        etree.fromstring(result.encode())
