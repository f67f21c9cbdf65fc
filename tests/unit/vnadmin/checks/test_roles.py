"""How components are known in documents that people laid out in their own ways."""

import pytest

from ooxml.package import open_package
from ooxml.reading import read_document
from tests.builders.office_documents import (
    CERTIFICATE,
    DECISION,
    LETTER,
    LONG,
    MINUTES,
    OfficeDocument,
    P,
    bordered,
    run,
    sentence,
)
from tests.support.word_packages import W, word_file
from vnadmin.checks.layout import check_layout
from vnadmin.checks.roles import recognised
from vnadmin.editions import load

ND30 = load()
decision = OfficeDocument()
SHAPE = (
    '<w:r><w:drawing><a:prstGeom xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'prst="line"/></w:drawing></w:r>'
)
OLD_SHAPE = (
    '<w:r><w:pict><v:line xmlns:v="urn:schemas-microsoft-com:vml" from="0,0"/></w:pict></w:r>'
)


def rules(document, family=""):
    return [it.rule for it in check_layout(document.read(), ND30, family)]


def roles(document):
    return {line.text: line.role for line in recognised(document.read(), ND30)[1] if line.text}


def styles_named(*codes):
    return "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:name w:val="{code}"/></w:style>'
        for n, code in enumerate(codes)
    )


def test_each_component_of_a_decision_is_known():
    found = roles(decision)

    assert found["ỦY BAN NHÂN DÂN HUYỆN ĐỊNH HÓA"] == "superior_body"
    assert found["ỦY BAN NHÂN DÂN XÃ LINH THÔNG"] == "issuing_body"
    assert found["Về việc tặng Giấy khen cho các tập thể, cá nhân"] == "abstract"
    assert found["CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ LINH THÔNG"] == "authority_line"
    assert found["QUYẾT ĐỊNH:"] == "authority_line"
    assert found["Theo đề nghị của Hội đồng Thi đua - Khen thưởng xã."] == "legal_basis"
    assert found["KT. CHỦ TỊCH"] == found["PHÓ CHỦ TỊCH"] == "signing_power"
    assert found["Lưu Viết Viên"] == "signer_name"


@pytest.mark.parametrize(
    ("lines", "superior", "issuing"),
    [
        # All bold: only the words tell whether a second body begins.
        (["ỦY BAN NHÂN DÂN", "XÃ LINH THÔNG"], 0, 2),
        (["UBND XÃ LINH THÔNG", "HỘI ĐỒNG THI ĐUA", "KHEN THƯỞNG"], 1, 2),
        (["SỞ NỘI VỤ"], 0, 1),
    ],
)
def test_without_a_difference_in_weight_words_tell_superior_and_issuing_body(
    lines, superior, issuing
):
    names = tuple(P(text=line, size=12, bold=True) for line in lines)

    found = list(roles(decision.with_(superior=(), issuer=names)).values())

    assert (found.count("superior_body"), found.count("issuing_body")) == (superior, issuing)


@pytest.mark.parametrize("mark", ["DỰ THẢO", "MẬT", "*"])
def test_a_mark_above_the_issuer_is_no_name(mark):
    document = decision.with_(superior=P(text=mark, size=13, bold=True))

    assert roles(document)[mark] == ""
    assert rules(document) == []


def test_a_heading_of_tabs_and_line_breaks_is_taken_apart():
    first = run("UBND XÃ LINH THÔNG", 12, bold=True) + run("\t")
    national = run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True)
    motto = run("\t") + run("Độc lập - Tự do - Hạnh phúc", 13, bold=True)
    number = run("Số: 07/QĐ-UBND\t", 13)
    date = run("Linh Thông, ngày 05 tháng 01 năm 2024", 13, italic=True)
    lines = (P(text="", runs=first + national, align="left"),
             P(text="", runs=motto + SHAPE, align="left"),
             P(text="", runs=number + date, align="left"))  # fmt: skip
    gone = dict.fromkeys(
        ("superior", "issuer", "issuer_rule", "national", "motto", "motto_rule", "number", "date"),
        (),
    )
    document = decision.with_(
        **gone, type="".join(it.xml() for it in lines) + DECISION["type"].xml()
    )

    found = roles(document)

    assert found["UBND XÃ LINH THÔNG"] == "issuing_body"
    assert found["Độc lập - Tự do - Hạnh phúc"] == "motto"
    assert found["Số: 07/QĐ-UBND"] == "number_and_symbol"
    assert found["Linh Thông, ngày 05 tháng 01 năm 2024"] == "place_and_date"
    assert rules(document) == []


def test_lines_of_one_paragraph_are_taken_apart_at_breaks():
    both = run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n", 12, bold=True)
    both += run("Độc lập - Tự do - Hạnh phúc", 14)
    document = decision.with_(national=P(text="", runs=both), motto=())

    assert rules(document) == ["layout-bold"]


@pytest.mark.parametrize("shape", [SHAPE, OLD_SHAPE])
def test_a_drawn_shape_is_a_rule_wherever_it_hangs_near_by(shape):
    hung = P(text="", runs=run("Độc lập - Tự do - Hạnh phúc", 13, bold=True) + shape)
    document = decision.with_(motto=hung, motto_rule=(), issuer_rule=())

    assert rules(document) == []


def test_a_border_below_is_a_rule_too():
    below = '<w:pBdr><w:bottom w:val="single"/></w:pBdr>'

    assert rules(decision.with_(motto={"paragraph": below}, motto_rule=())) == []
    assert rules(decision.with_(motto_rule=P(text="", paragraph=below))) == []


@pytest.mark.parametrize(
    "text",
    [
        (
            "Căn cứ kết quả phong trào thi đua, Ủy ban nhân dân xã báo cáo kết quả công tác thi "
            "đua, khen thưởng năm 2023 như sau:"
        ),
        (
            "Căn cứ kết quả phong trào thi đua, Ủy ban nhân dân xã đề nghị các xóm triển khai thực "
            "hiện nghiêm túc các nội dung nêu trên."
        ),
    ],
)
def test_a_sentence_that_begins_like_a_legal_basis_is_none(text):
    assert rules(OfficeDocument(pieces=LETTER).with_(body=(sentence(text), sentence()))) == []


def test_a_legal_basis_out_of_form_is_told():
    upright = tuple(sentence(text) for text in ("Căn cứ Luật A;", "Căn cứ Luật B."))

    assert rules(decision.with_(bases=upright)) == ["layout-italic"] * 1


def test_what_another_document_is_called_within_the_text_is_no_component():
    text = "Số: 12/BC-UBND của xã, ngày 5 tháng 3 năm 2023; Kính gửi, Nơi nhận và V/v là chữ khác. "
    row = P(text="Số: 5/QĐ", size=10, align="left").xml()
    data = bordered([[row, P(text="I. Tập thể", size=10, align="left").xml()]])
    body = sentence(text * 2).xml() + data + sentence().xml()

    assert rules(OfficeDocument(pieces=LETTER).with_(body=body)) == []


@pytest.mark.parametrize(
    ("text", "settings", "rule"),
    [
        ("I. KẾT QUẢ THỰC HIỆN", {"bold": True}, None),
        ("I. KẾT QUẢ THỰC HIỆN", {"bold": False}, "layout-bold"),
        ("II. Kết quả thực hiện", {"bold": True}, "layout-case"),
        ("1. Kết quả thực hiện", {"bold": True}, None),
    ],
)
def test_sections_in_roman_numerals_are_upper_and_bold(text, settings, rule):
    body = (sentence(), sentence(text, **settings), sentence())

    found = rules(OfficeDocument(pieces=LETTER).with_(body=body))

    assert found == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("label", "title", "rule"),
    [
        (P(text="Phần I", bold=True), P(text="KẾT QUẢ", bold=True), None),
        (P(text="Phần thứ nhất", bold=True), P(text="KẾT QUẢ", bold=True), None),
        (P(text="PHẦN I", bold=True), P(text="KẾT QUẢ", bold=True), "layout-case"),
        (P(text="Chương II", bold=True), P(text="Kết quả", bold=True), "layout-case"),
        (
            P(text="Mục 1", bold=True, align="left"),
            P(text="KẾT QUẢ", bold=True),
            "layout-alignment",
        ),
        (P(text="Mục 1", bold=True), sentence(), None),
    ],
)
def test_labels_and_titles_of_parts_and_sections(label, title, rule):
    body = (sentence(), label, title, sentence())

    found = rules(OfficeDocument(pieces=LETTER).with_(body=body))

    assert found == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("title", "kept"),
    [("BÁO CÁO", True), ("BIÊN BẢN HỌP HỘI ĐỒNG", True), ("THƯ NGỎ", False)],
)
def test_the_type_is_any_that_the_decree_names(title, kept):
    document = decision.with_(type={"text": title}, authority=(), decides=(), bases=())

    assert ("type_name" in roles(document).values()) is kept


@pytest.mark.parametrize(
    ("abstract", "role"),
    [
        (P(text="Về việc khen thưởng", align="left"), "abstract"),
        (P(text="V/v khen thưởng", bold=True), "abstract"),
        (P(text="Đoạn văn", align="both"), ""),
    ],
)
def test_the_subject_follows_the_type(abstract, role):
    document = decision.with_(abstract=abstract, authority=())

    assert roles(document)[abstract.text] == role


def test_a_decision_without_a_subject_goes_on_with_whose_it_is():
    document = decision.with_(abstract=(), abstract_rule=())

    assert roles(document)["CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ LINH THÔNG"] == "authority_line"
    assert rules(document) == ["layout-missing"]


def test_tags_of_a_template_are_no_text_and_data_may_be_anything():
    tags = (P(text="{%p for line in lines %}", size=8, run='<w:color w:val="FF0000"/>'),)
    half = sentence(
        runs=run("{% if ", 5) + run("x %}", 5) + run("{{ text }}") + run("{% endif %}", 5)
    )
    document = OfficeDocument(pieces=LETTER).with_(
        body=(*tags, half, *tags, sentence("{{ line }}"))
    )

    assert rules(document) == []
    left = document.with_(body=(sentence("{{ line }}", align="left"), sentence()))
    assert rules(left) == ["layout-alignment"]


def test_a_style_named_after_a_component_makes_its_paragraphs_one():
    styles = styles_named("Tiêu đề của phụ lục", "annex_label")
    listed = (P(text="{{ title }}", style="s0"), P(text="DANH SÁCH", style="s1"))
    document = OfficeDocument(styles=styles).with_(after=listed)

    found = roles(document)

    assert found["{{ title }}"] == "annex_title"
    # An annexed list bears its own title in place of the label.
    assert found["DANH SÁCH"] == "annex_title"


def test_a_placeholder_styled_as_annex_label_stays_one():
    document = OfficeDocument(styles=styles_named("annex_label")).with_(
        after=(P(text="{{ label }}", bold=True, style="s0"),)
    )

    assert roles(document)["{{ label }}"] == "annex_label"


def test_what_a_family_leaves_free_is_not_checked():
    across = {"width": 16838, "height": 11906, "headers": ()}
    document = OfficeDocument(pieces=CERTIFICATE, section=across).with_(
        number=P(text="Số: 5/QĐ ngày 1 tháng 3", size=10)
    )

    assert rules(document) == []


def test_a_certificate_that_stands_upright_is_a_warning():
    assert rules(OfficeDocument(pieces=CERTIFICATE, section={"headers": ()})) == [
        "layout-orientation"
    ]


def test_small_letters_on_a_certificate_are_told():
    across = {"width": 16838, "height": 11906, "headers": ()}
    document = OfficeDocument(pieces=CERTIFICATE, section=across).with_(motto={"size": 10})

    (found,) = check_layout(document.read(), ND30)

    assert found.message == "Cỡ chữ của Tiêu ngữ là 10, phải từ 13 trở lên."


def test_text_in_a_box_is_no_sentence_of_the_content():
    inside = f"<w:txbxContent>{sentence(LONG, size=10).xml()}</w:txbxContent>"
    box = P(text="", runs=f"<w:r><w:pict>{inside}</w:pict></w:r>")
    body = (sentence(), box, sentence())

    assert rules(OfficeDocument(pieces=LETTER).with_(body=body)) == []


def test_an_item_of_a_list_hangs_on_its_number():
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:pPr>'
        '<w:ind w:left="1080" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    item = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
        f'<w:spacing w:after="120"/><w:jc w:val="both"/></w:pPr>{run(LONG)}</w:p>'
    )
    document = OfficeDocument(pieces=LETTER, parts={"word/numbering.xml": numbering})

    assert rules(document.with_(body=item + sentence().xml())) == []


def test_alike_paragraphs_may_drop_their_gap_and_that_is_told():
    alike = sentence(paragraph="<w:contextualSpacing/>")

    assert rules(OfficeDocument(pieces=LETTER).with_(body=(alike, alike))) == [
        "layout-paragraph-gap"
    ]


def test_the_issuer_may_stand_in_one_cell_with_the_number():
    document = decision.with_(
        issuer_rule=(), number=(), issuer=(*_as_tuple("issuer"), number_line())
    )

    assert roles(document)["ỦY BAN NHÂN DÂN XÃ LINH THÔNG"] == "issuing_body"
    assert roles(document)["Số: 07/QĐ-UBND"] == "number_and_symbol"


def test_a_document_may_end_with_its_motto():
    alone = dict.fromkeys(DECISION, ())
    body = P(text="Độc lập - Tự do - Hạnh phúc", size=13, bold=True)
    bare = read_document(open_package(word_file(body.xml())))

    assert "layout-rule-below" in {it.rule for it in check_layout(bare, ND30)}
    assert roles(OfficeDocument(pieces=alone | {"body": body}))[body.text] == "motto"


def test_a_decision_may_end_before_its_first_article():
    document = decision.with_(body=(), recipients_label=(), recipients=())

    assert roles(document)["QUYẾT ĐỊNH:"] == "authority_line"


def test_the_title_of_an_annex_may_take_several_lines_but_not_a_page():
    titles = tuple(P(text=f"DÒNG {n}", bold=True) for n in range(6))
    document = decision.with_(after=(P(text="Phụ lục", bold=True), *titles))

    assert list(roles(document).values()).count("annex_title") == 4


def test_a_short_legal_basis_looks_justified_when_it_is_not():
    bases = (
        sentence("Căn cứ Luật A;", italic=True, align="left"),
        sentence("Theo đề nghị của B.", italic=True, align="left"),
    )

    assert rules(decision.with_(bases=bases)) == []


def test_a_field_that_is_no_page_number_does_not_number_pages():
    date = f'<w:p><w:fldSimple w:instr="DATE">{run("1")}</w:fldSimple></w:p>'

    assert rules(OfficeDocument(header=date)) == ["layout-page-number"]


@pytest.mark.parametrize(
    "text",
    [
        "Hôm nay, ngày 5 tháng 3 năm 2024",
        "Căn cứ Quyết định số 1/QĐ-UBND, ngày 5 tháng 3 năm 2024 của xã.",
        "Thời gian: 8 giờ, ngày 5 tháng 3 năm 2024",
        "Xã Linh Thông, ngày 5 tháng 3 năm 2024 đã họp xét khen thưởng",
        "- Họp lần 2, ngày 5 tháng 3 năm 2024",
    ],
)
def test_a_date_within_minutes_is_not_that_of_the_document(text):
    body = (sentence(text), sentence())

    assert rules(OfficeDocument(pieces=MINUTES).with_(body=body)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Linh Thông, ngày     tháng     năm 2024",
        "Xã Linh Thông, ngày … tháng … năm …",
        "{{ office.place }}, ngày {{ day }} tháng {{ month }} năm {{ year }}",
        "{{ office.place }}, {{ decision.date }}",
        "TP. Hồ Chí Minh, ngày 05 tháng 01 năm 2020.",
    ],
)
def test_place_and_date_may_still_be_open(text):
    document = decision.with_(date={"text": text})

    assert "place_and_date" in roles(document).values()
    assert rules(document) == []


def number_line():
    return P(text="Số: 07/QĐ-UBND", size=13)


def _as_tuple(name):
    return (DECISION[name],)
