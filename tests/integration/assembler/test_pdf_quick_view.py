import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from services.assembler.rendering.pdf import quick_view as quick_view_module
from services.assembler.rendering.pdf.condition import Way
from services.assembler.rendering.pdf.converter import ConversionFailed, choose_converter
from services.assembler.rendering.pdf.marking import MARK
from services.assembler.rendering.pdf.quick_view import QuickView
from tests.support.word_packages import paragraph, word_file

LETTERS = "Độc lập – Tự do – Hạnh phúc: ắằẳẵặ ấầẩẫậ ếềểễệ ốồổỗộ ớờởỡợ ứừửữự ỳýỷỹỵ"


@pytest.fixture
def quick_view(tmp_path) -> QuickView:
    return QuickView(tmp_path, timeout_seconds=60)


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def test_a_document_becomes_a_page_that_says_what_it_is(quick_view):
    pdf = quick_view.convert(word_file(paragraph(LETTERS)))

    assert (pdf.pages, pdf.is_quick_view) == (1, True)
    assert pdf.converter.startswith("dxpdf 0.")
    said = " ".join(read(pdf.data).pages[0].extract_text().split())
    assert LETTERS in said
    assert MARK in said


def test_every_page_says_that_it_is_a_quick_view(quick_view):
    body = paragraph("Trang") + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>' + paragraph("Hai")

    pages = read(quick_view.convert(word_file(body)).data).pages

    assert [MARK in " ".join(page.extract_text().split()) for page in pages] == [True, True]


def test_the_fonts_are_our_own_and_embedded(quick_view):
    pdf = quick_view.convert(word_file(paragraph(LETTERS) + paragraph("Đậm", properties="<w:b/>")))

    fonts = [font.get_object() for font in read(pdf.data).pages[0]["/Resources"]["/Font"].values()]
    names = {str(font["/BaseFont"]).partition("+")[2] for font in fonts}
    assert names == {"LiberationSerif", "LiberationSerif-Bold"}


def test_text_of_content_controls_is_on_the_page(quick_view):
    control = (
        '<w:sdt><w:sdtPr><w:tag w:val="n"/></w:sdtPr>'
        "<w:sdtContent><w:r><w:t>12/QĐ-UBND</w:t></w:r></w:sdtContent></w:sdt>"
    )

    pdf = quick_view.convert(word_file(f"<w:p><w:r><w:t>Số: </w:t></w:r>{control}</w:p>"))

    assert "Số: 12/QĐ-UBND" in read(pdf.data).pages[0].extract_text()


def test_decomposed_letters_are_composed_first(quick_view):
    pdf = quick_view.convert(word_file(paragraph("Tie\u0302\u0301ng Vie\u0323\u0302t")))

    assert "Tiếng Việt" in read(pdf.data).pages[0].extract_text()


@pytest.mark.parametrize("data", [b"", b"garbage", b"PK\x03\x04 torn"])
def test_garbage_is_refused_before_any_program_sees_it(quick_view, data):
    with pytest.raises(ConversionFailed, match="không phải văn bản Word"):
        quick_view.convert(data)


def test_a_document_that_takes_too_long_fails_with_a_reason_and_leaves_nothing(tmp_path):
    hanging = QuickView(tmp_path, timeout_seconds=0)

    with pytest.raises(ConversionFailed, match="quá 0 giây"):
        hanging.convert(word_file())

    assert list(tmp_path.iterdir()) == []


def test_it_is_never_archival_and_says_how_it_is_made(quick_view):
    pdf = quick_view.convert(word_file(), archival=True)

    assert b"pdfaid" not in pdf.data
    assert quick_view.condition().way is Way.QUICK_VIEW
    assert not quick_view.condition().is_sound


def test_without_libreoffice_the_quick_view_is_chosen(tmp_path):
    for missing in ("", str(tmp_path / "no-such-program")):
        assert isinstance(choose_converter(missing, tmp_path, 60), QuickView)


def test_the_fonts_and_their_licence_are_in_the_package():
    fonts = Path(quick_view_module.__file__).with_name("fonts")

    assert len(list(fonts.glob("*.ttf"))) == 4
    assert "SIL" in (fonts / "LICENSE").read_text(encoding="utf-8")
