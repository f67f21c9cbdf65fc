"""Each way to type a tag wrongly has a finding of its own, with place, sentence and remedy."""

from dataclasses import replace

import pytest

from services.assembler.domain.findings import Severity
from services.assembler.rendering.checking import check_any_template
from services.assembler.rendering.templates import Manifest, Placeholder
from tests.support.word_packages import W, paragraph, word_file

MANIFEST = Manifest(
    kind="test",
    title="Thử",
    document_type="BC",
    issuing_body="ubnd",
    subject="Thử",
    signing="head",
    placeholders=(
        Placeholder(path="year", type="number", label="Năm"),
        Placeholder(path="is_final", type="flag", label="Bản cuối"),
        Placeholder(path="remark", type="rich_text", label="Ghi chú"),
        Placeholder(path="office.name", type="text", label="Cơ quan"),
        Placeholder(path="lines[]", type="text", label="Dòng"),
        Placeholder(path="awards[].members[].name", type="text", label="Họ tên"),
    ),
)


def findings(*paragraphs):
    body = "".join(one if one.startswith("<") else paragraph(one) for one in paragraphs)
    return check_any_template(word_file(body), MANIFEST)


def rules(*paragraphs):
    return [one.rule.removeprefix("template-") for one in findings(*paragraphs)]


def table(*rows):
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    body = "".join(f"<w:tr>{row}</w:tr>" for row in cells)
    return f"<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{body}</w:tbl>"


def run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


GOOD = [
    "Năm {{ year }}, {{ office.name|upper }}",
    "{{ year - 1 }} {{ year|default('–') }} {{ lines|join(', ') }} {{ lines|length }}",
    "{% if is_final %}chính thức{% else %}dự thảo{% endif %}",
    "{%p for x in lines %}",
    "{{ x }}{{ loop.index }}",
    "{%p endfor %}",
    "{{r remark }}",
    "{% set y = year + 1 %}{{ y }}",
    "{# ghi chú của {{ người }} soạn #}{#p ghi chú #}",
    "{% raw %}{{ giữ nguyên }} {% đây cũng thế %}{% endraw %}",
    "{%p set name = office.name %}",
    "{{ name }}",
    "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(year) }}",
    "{% for a in awards %}{% for m in a.members if m.name %}{{ m.name }}{% endfor %}{% endfor %}",
    "{{ awards[0].members[0].name }}",
    "Dấu { và } rời nhau, 100 % và # vẫn được in",
]


def test_what_is_right_has_no_finding():
    rows = table(
        ["{%tr for a in awards %}", ""],
        ["{{ a.members|length }}", "{% for m in a.members %}{{ m.name }}{% endfor %}"],
        ["{%tr endfor %}", ""],
        ["{% cellbg 'FF0000' %}x", "{% colspan 2 %}y"],
    )

    assert findings(*GOOD, rows) == ()


@pytest.mark.parametrize(
    ("text", "rule", "said"),
    [
        ("{{ }}", "empty-tag", "chưa ghi tên"),
        ("{{ year", "unclosed-tag", "không có dấu đóng “}}”"),
        ("{{ year } và tiếp", "unclosed-tag", "“{{ year } và tiếp”"),
        ("{# ghi chú {# nữa {{ x", "unclosed-tag", "không có dấu đóng “#}”"),
        ("{% if year", "unclosed-tag", "không có dấu đóng “%}”"),
        ("{{ year {{ year }}", "unclosed-tag", "“{{ year”"),
        ("{ year }}", "unopened-tag", "không có dấu mở “{{”"),
        ("{{{ year }}", "syntax", "dấu “{” thừa"),
        ("{{ yeer }}", "unknown-placeholder", "Có phải “year” không?"),
        ("{{ office.nam }}", "unknown-placeholder", "Có phải “office.name” không?"),
        ("{{ office.x }}", "unknown-placeholder", "Có phải “office.name” không?"),
        ("{{ tên người }}", "syntax", "chữ thừa: “người”"),
        pytest.param("{{ year" + ".a" * 5_000 + " }}", "syntax", "quá sâu", id="deep path"),
        pytest.param("{{ year" + "|abs" * 5_000 + " }}", "syntax", "quá sâu", id="many filters"),
        pytest.param("{{ " + "1+" * 5_000 + "1 }}", "syntax", "quá sâu", id="long sum"),
        pytest.param("{{ " + "(" * 5_000 + "1", "unclosed-tag", "đóng", id="parentheses"),
        pytest.param("{{ " + "[" * 5_000 + "]" * 5_000 + " }}", "syntax", "quá sâu", id="lists"),
        ("{{ year + }}", "syntax", "viết sai hoặc viết thiếu"),
        ("{{ year – 1 }}", "syntax", "dấu “–” do Word tự đổi"),
        ("{{ year ? }}", "syntax", "ký tự không dùng được: “?”"),
        ("{{ office.name|upper) }}", "syntax", "dấu thừa: “)”"),
        ("{{ office.name|default('' }}", "syntax", "thiếu dấu đóng “)”"),
        ("{{ lines[0 }}", "syntax", "thiếu dấu đóng “]”"),
        ("{{ 'abc }}", "syntax", "thiếu dấu ngoặc kép đóng"),
        ("{{ year|uper }}", "unknown-filter", "Có phải “upper” không?"),
        ("{{ remark|_runs }}", "unknown-filter", "Không có bộ lọc “_runs”"),
        ("{{ year|tojson }}", "unknown-filter", "Không có bộ lọc “tojson”"),
        ("{% if year is evn %}{% endif %}", "unknown-test", "Có phải “even” không?"),
        ("{{ year.__class__ }}", "forbidden-attribute", "“__class__”"),
        ("{{ ''['__class__'] }}", "forbidden-attribute", "“__class__”"),
        ("{{ office|attr('__init__') }}", "forbidden-attribute", "“__init__”"),
        ("{% fro x in lines %}", "unknown-statement", "Có phải “for” không?"),
        ("{%pfor x in lines %}", "unknown-statement", "“{%p for … %}”"),
        ("{% include 'x.docx' %}", "refused-statement", "Lệnh “include”"),
        ("{%p for x lines %}{%p endfor %}", "syntax", "thiếu “in”"),
        ("{% if year %}a{% else if is_final %}b{% endif %}", "syntax", "“elif”"),
        ("{{p subdocument }}", "subdocument", "Subdoc"),
        ("{{ remark }}", "rich-text", "Viết “{{r remark }}”"),
        ("{{r year }}", "rich-text", "Viết “{{ year }}”"),
        ("{{ lines }}", "not-printable", "là danh sách"),
        ("{{ office }}", "not-printable", "“office.name”"),
        ("{{ is_final }}", "not-printable", "đúng/sai"),
        ("{% for x in year %}{{ x }}{% endfor %}", "not-a-list", "không lặp được"),
        ("{%tr for x in lines %}", "outside-table", "nằm ngoài bảng"),
        ("{% cellbg 'FF0000' %}", "outside-table", "nằm ngoài bảng"),
        ("a{% endfor %}", "unmatched-block", "không có thẻ mở “{% for … %}”"),
        ("a{% else %}", "unmatched-block", "không đứng trong khối"),
        ("a{% if year %}", "unclosed-block", "chưa được đóng"),
        ("{%p if year %} chữ này mất", "lost-text", "“chữ này mất”"),
        ("{%p if year %}{{ year }}", "mixed-tags", "ở cùng đoạn"),
        ("{%p if year %}{%p endif %}", "mixed-tags", "ở cùng đoạn"),
    ],
)  # fmt: skip
def test_a_wrong_tag_is_told_with_its_remedy(text, rule, said):
    found = [one for one in findings(text) if one.rule == f"template-{rule}"]

    assert found, rules(text)
    assert said in f"{found[0].message} {found[0].suggestion}"
    assert found[0].place.startswith("thân văn bản, đoạn “")
    assert found[0].suggestion


def test_one_fault_hides_no_other():
    found = findings(
        "{{ yeer }}", "{{ year", "{{ year|uper }} {{ x.__class__ }}", "{% endif %}", "{{ nam }}"
    )

    assert [one.rule.removeprefix("template-") for one in found] == [
        "unknown-placeholder",
        "unclosed-tag",
        "unknown-filter",
        "forbidden-attribute",
        "unknown-placeholder",
        "unmatched-block",
        "blank-line",
        "unknown-placeholder",
    ]


def test_blocks_are_matched_over_paragraphs_and_told_with_both_places():
    (found,) = [
        one
        for one in findings("a{% for x in lines %}", "b{% if year %}", "c{% endfor %}")
        if one.severity is Severity.ERROR
    ]

    assert found.place == "thân văn bản, đoạn “b{% if year %}”"
    assert "“{% endfor %}” ở thân văn bản, đoạn “c{% endfor %}”" in found.message


def test_a_block_that_opens_with_p_and_closes_without_is_told():
    (found,) = [
        one
        for one in findings("{%p if year %}", "a", "b{% endif %}")
        if one.rule == "template-block-levels"
    ]

    assert "hai thẻ phải cùng kiểu" in found.message
    assert found.suggestion.startswith("Viết “{%p endif %}”")


def test_a_block_that_opens_in_one_cell_and_closes_in_another_is_told():
    assert "block-levels" in rules(table(["a{% if year %}", "b{% endif %}"]))


def test_the_cell_is_told_and_a_table_within_a_cell():
    inner = table(["x", "{{ yeer }}"])
    outer = (
        f"<w:tbl><w:tblGrid/><w:tr><w:tc>{paragraph('a')}</w:tc><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    )

    assert [one.place for one in findings(table(["{{ nam }}", "b"]), outer)] == [
        "thân văn bản, bảng 1, hàng 1, ô 1, đoạn “{{ nam }}”",
        "thân văn bản, bảng 2, hàng 1, ô 2, bảng 1, hàng 1, ô 2, đoạn “{{ yeer }}”",
    ]


def test_two_row_tags_in_one_row_and_text_beside_one_are_told():
    both = table(["{%tr for a in awards %}", "{%tr endfor %}"])
    beside = table(["{%tr for a in awards %}", "chữ"], ["x", ""], ["{%tr endfor %}", ""])

    assert "mixed-tags" in rules(both)
    assert rules(beside) == ["lost-text"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ((paragraph("{% for x in lines %}"), paragraph("{{ x }}{% endfor %}")), "{%p for"),
        ((paragraph("{%p if year %}"), paragraph("{% set a = 1 %}"), paragraph("{%p endif %}")),
         "{%p set"),
        ((table(["{% for x in lines %}", ""], ["{{ x }}", "{% endfor %}"]),), "{%tr for"),
    ],
)  # fmt: skip
def test_a_statement_alone_leaves_a_blank_line_and_is_told(body, kind):
    found = [one for one in findings(*body) if one.rule == "template-blank-line"]

    assert found[0].severity is Severity.WARNING
    assert kind in found[0].suggestion


_COMMENT = '<w:commentRangeStart w:id="1"/>'
_BOOKMARK = '<w:bookmarkStart w:id="1" w:name="x"/><w:bookmarkEnd w:id="1"/>'
_FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'


@pytest.mark.parametrize(
    ("within", "rule", "said"),
    [
        (_COMMENT, "cut-by-comment", "chú thích (comment)"),
        ('<w:r><w:commentReference w:id="1"/></w:r>', "cut-by-comment", "chú thích (comment)"),
        (_BOOKMARK, "cut-by-bookmark", "bookmark"),
        (_FIELD, "cut-by-field", "field"),
        ("<w:r><w:br/></w:r>", "cut-by-break", "ngắt dòng"),
        ("<w:r><w:tab/></w:r>", "cut-by-tab", "tab"),
        ("<w:del><w:r><w:delText>x</w:delText></w:r></w:del>", "cut-by-revision", "Accept All"),
    ],
)
def test_what_word_put_into_a_tag_is_told(within, rule, said):
    body = f"<w:p>{run('{{ ye')}{within}{run('ar }}')}</w:p>"

    found = [one for one in findings(body) if one.rule == f"template-{rule}"]

    assert said in f"{found[0].message} {found[0].suggestion}"
    assert "gõ lại liền một mạch" in found[0].suggestion


@pytest.mark.parametrize(
    ("holder", "rule"),
    [
        ("w:ins", "cut-by-revision"),
        ("w:hyperlink", "cut-by-link"),
        ("w:sdt><w:sdtContent", "cut-by-control"),
    ],
)
def test_a_tag_over_the_edge_of_something_is_told(holder, rule):
    end = "".join(f"</{name}>" for name in reversed(holder.split("><")))
    body = f"<w:p>{run('{{ ye')}<{holder}>{run('ar }}')}{end}</w:p>"

    assert rule in rules(body)


def test_runs_spelling_marks_and_words_own_bookmark_do_not_cut_a_tag():
    own = '<w:bookmarkStart w:id="7" w:name="_GoBack"/><w:bookmarkEnd w:id="7"/>'
    spelling = '<w:proofErr w:type="spellStart"/>'
    pieces = (run("{"), run("{ ye"), spelling, own, run("ar }"), run("}"))
    body = f"<w:p>{''.join(pieces)}</w:p>"

    assert findings(body) == ()


def test_a_brace_that_the_next_paragraphs_tag_would_swallow_is_told():
    assert rules("Tập hợp {", "", "{{ year }}") == ["lone-brace"]
    assert rules("Tập hợp {", "Năm {{ year }}") == []


def test_curly_quotes_are_only_noted():
    (found,) = findings("{{ lines|join(“, ”) }}")

    assert (found.rule, found.severity) == ("template-curly-quotes", Severity.NOTICE)


def test_a_picture_in_a_header_must_be_seen():
    header = f"<w:hdr {W}><w:p><w:r><w:drawing/></w:r></w:p></w:hdr>"

    (found,) = check_any_template(word_file(paragraph("a"), header1=header))

    assert (found.rule, found.severity) == ("template-picture-at-edge", Severity.WARNING)
    assert found.place == "đầu trang, đoạn trống thứ 1"


def test_a_certificate_may_have_its_frame_in_the_header():
    header = f"<w:hdr {W}><w:p><w:r><w:drawing/></w:r></w:p></w:hdr>"
    certificate = replace(MANIFEST, document_type="GK")

    assert check_any_template(word_file(paragraph("a"), header1=header), certificate) == ()


def test_a_tag_in_a_field_code_or_a_name_is_told():
    code = "<w:p><w:r><w:instrText>HYPERLINK {{ year }}</w:instrText></w:r></w:p>"
    name = '<w:sdtPr><w:alias w:val="{{ year }}"/></w:sdtPr>'
    control = f"<w:sdt>{name}<w:sdtContent>{paragraph('a')}</w:sdtContent></w:sdt>"

    found = findings(code, control)

    assert [one.rule for one in found] == ["template-outside-text"] * 2
    assert "mã trường" in found[0].message
    assert "ô điều khiển" in found[1].message


def test_a_missing_picture_is_an_error():
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    drawing = (
        f'<w:p><w:r><w:drawing xmlns:r="{relation}"><w:x r:embed="rId99"/></w:drawing></w:r></w:p>'
    )

    (found,) = findings(drawing)

    assert (found.rule, found.severity) == ("template-broken-relation", Severity.ERROR)
