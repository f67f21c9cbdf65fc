"""Whatever stands in a document, the check answers; what it lets pass, the engine takes."""

from xml.sax.saxutils import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from services.assembler.rendering.checking import check_any_template, has_error
from services.assembler.rendering.compiling import compile_template
from tests.support.word_packages import word_file
from tests.unit.assembler.rendering.test_tag_findings import MANIFEST

FRAGMENTS = (
    "{{ year }}", "{{ office.name|upper }}", "{{ x }}", "{{ year", "}}", "%}", "{", "}", "“", " ",
    "{% if year %}", "{% elif is_final %}", "{% else %}", "{% endif %}", "{% for x in lines %}",
    "{% endfor %}", "{%p for a in awards %}", "{%p endfor %}", "{%p if year %}", "{%p endif %}",
    "{%tr for a in awards %}", "{%tr endfor %}", "{%tc for x in lines %}", "{%tc endfor %}",
    "{{r remark }}", "{{p year }}", "{# c #}", "{#p c #}", "{% set y = year %}", "{% set z %}",
    "{% endset %}", "{% raw %}", "{% endraw %}", "{% macro m(a) %}", "{% endmacro %}", "{{ m(1) }}",
    "{% with q = year %}", "{% endwith %}", "{%- if year -%}", "{%- endif -%}", "{% colspan 2 %}",
    "{% cellbg 'FF0000' %}", "{%r if year %}", "{%r endif %}", "{{ a b }}", "{{ year|nothing }}",
    "{{ year.__class__ }}", "{% include 'x' %}", "{% fro %}", "{%pif year %}", "{{-5}}", "{_{",
    "{{ ) }}", "{{ 'a' }}", "{{ a & b }}", "{{ lines[0] }}", "{% block b %}", "chữ & số <1>",
)  # fmt: skip
WRAPPERS = (
    "{}",
    "{}",
    "{}",
    "<w:ins>{}</w:ins>",
    "<w:hyperlink>{}</w:hyperlink>",
    '<w:commentRangeStart w:id="1"/>{}',
    '<w:bookmarkStart w:id="1" w:name="x"/>{}',
    "<w:r><w:br/></w:r>{}",
    "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
)


@st.composite
def paragraphs(draw, most=3):
    runs = []
    for text in draw(st.lists(st.sampled_from(FRAGMENTS), max_size=most)):
        cut = draw(st.integers(0, len(text)))
        for piece in filter(None, (text[:cut], text[cut:])):
            run = f'<w:r><w:t xml:space="preserve">{escape(piece)}</w:t></w:r>'
            runs.append(draw(st.sampled_from(WRAPPERS)).format(run))
    return f"<w:p>{''.join(runs)}</w:p>"


def tables():
    cell = paragraphs(most=2).map("<w:tc><w:tcPr/>{}</w:tc>".format)
    row = st.tuples(cell, cell).map(lambda cells: f"<w:tr>{''.join(cells)}</w:tr>")
    grid = "<w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"
    rows = st.lists(row, min_size=1, max_size=3)
    return rows.map(lambda found: f"<w:tbl>{grid}{''.join(found)}</w:tbl>")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(paragraphs(), paragraphs(), tables()), min_size=1, max_size=4))
def test_every_document_gets_an_answer_and_a_clean_one_compiles(blocks):
    template = word_file("".join(blocks))

    found = check_any_template(template, MANIFEST)

    assert all(one.place and one.message for one in found)
    if not has_error(found):
        compile_template(template)
