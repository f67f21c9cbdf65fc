import pytest

from tests.builders.office_documents import (
    LETTER,
    OfficeDocument,
    P,
    page_number,
    run,
    sentence,
    table,
)
from tests.support.word_packages import W
from vnadmin.checks.characters import missing_fonts
from vnadmin.checks.findings import Severity
from vnadmin.checks.layout import check_layout
from vnadmin.editions import load

ND30 = load()
ARIAL = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>'
letter = OfficeDocument(pieces=LETTER)


def told(document):
    found = check_layout(document.read(), ND30)
    return [(it.severity, it.rule, str(it.place)) for it in found]


def test_another_font_is_found_in_cells_too():
    cell = P(text="Họ và tên", run=ARIAL, align="left").xml()
    document = letter.with_(body=sentence().xml() + table([["<w:p/>", cell]]))

    assert told(document) == [
        (Severity.ERROR, "layout-font", "Thân văn bản, bảng 2, hàng 1, ô 2: “Họ và tên”")
    ]


def test_another_font_is_found_in_headers_and_notes():
    note = f"<w:footnotes {W}><w:footnote>{P(text='Chú thích', run=ARIAL).xml()}</w:footnote>"
    document = OfficeDocument(
        pieces=LETTER,
        header=page_number(more=ARIAL),
        parts={"word/footnotes.xml": f"{note}</w:footnotes>"},
    )

    (found,) = check_layout(document.read(), ND30)

    assert str(found.place) == "Đầu trang: “2”"
    assert found.message == (
        "Phông chữ là “Arial”, phải là Times New Roman. Còn 1 chỗ nữa như vậy."
    )


def test_only_the_font_that_sets_the_letters_counts():
    ascii_only = '<w:rFonts w:ascii="Arial"/>'
    document = letter.with_(body=(sentence("à" * 90, run=ascii_only), sentence()))

    assert told(document) == []
    assert told(letter.with_(body=(sentence("a" * 90, run=ascii_only), sentence()))) != []


def test_spaces_and_tags_have_no_font():
    runs = run(" ", more=ARIAL) + run("{% if x %}", more=ARIAL) + run("Đoạn văn")

    assert told(letter.with_(body=(P(text="", runs=runs), sentence()))) == []


@pytest.mark.parametrize(
    ("style", "place"),
    [
        ('<w:style w:type="paragraph" w:styleId="q"><w:name w:val="Câu dẫn"/>', "Câu dẫn"),
        ('<w:style w:type="paragraph" w:styleId="q">', "q"),
    ],
)
def test_a_style_in_use_that_brings_another_font_is_told_though_the_text_overrides_it(style, place):
    styles = f"{style}<w:rPr>{ARIAL}</w:rPr></w:style>"
    own = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/>'
    document = OfficeDocument(pieces=LETTER, styles=styles)

    assert told(document) == []
    assert told(document.with_(body=(sentence(style="q", run=own), sentence()))) == [
        (Severity.WARNING, "layout-style-font", f"Kiểu chữ (Styles): “{place}”")
    ]


@pytest.mark.parametrize(("text", "rules"), [("KHẨN", []), ("Khẩn trương", ["layout-colour"])])
def test_only_a_mark_of_urgency_may_be_red(text, rules):
    red = P(text=text, size=13, bold=True, run='<w:color w:val="FF0000"/>')

    assert [
        it[1] for it in told(letter.with_(below_number=(*LETTER["below_number"], red)))
    ] == rules


def test_fonts_that_this_machine_lacks_are_told_once_each_with_what_happens():
    body = (sentence(run=ARIAL), sentence(run=ARIAL))
    document = letter.with_(body=body).read()

    (found,) = missing_fonts(document, ["TIMES NEW ROMAN", "DejaVu Sans"], ND30)

    assert (found.severity, found.rule) == (Severity.WARNING, "layout-missing-font")
    assert "“Arial”" in found.message
    assert "xê dịch" in found.message
    assert list(missing_fonts(document, ["Times New Roman", "Arial"], ND30)) == []
