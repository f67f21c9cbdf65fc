import io
import time

import pytest
from docx import Document
from PIL import ImageChops
from pypdf import PdfReader

from ooxml.content_controls import unwrapped
from ooxml.package import open_package, save
from services.assembler.rendering.docx import render
from services.assembler.rendering.pdf.converter import (
    ConversionFailed,
    Converter,
    choose_converter,
)
from services.assembler.rendering.pdf.libreoffice import LibreOffice
from services.assembler.rendering.pdf.office import Budget, ExportOptions
from services.assembler.rendering.pdf.preparing import prepared
from services.assembler.rendering.templates import TemplateLibrary
from tests.builders.assembler import TEMPLATES
from tests.support import programs
from tests.support.pdf_pages import picture
from tests.support.processes import is_running
from tests.support.word_packages import paragraph, word_file

LETTERS = "Độc lập – Tự do – Hạnh phúc: ắằẳẵặ ấầẩẫậ ếềểễệ ốồổỗộ ớờởỡợ ứừửữự ỳýỷỹỵ"
HANGING = """\
#!/bin/sh
sleep 300 &
echo $! > "{pids}"
echo $$ >> "{pids}"
wait
"""


@pytest.fixture
def fake_soffice(tmp_path):
    """Return a converter whose soffice is this shell script, started for each conversion."""

    def build(script: str, timeout_seconds: int = 30) -> LibreOffice:
        program = tmp_path / "soffice"
        program.write_text(script, encoding="utf-8")
        program.chmod(0o755)
        converter = choose_converter(
            str(program), tmp_path / "work", timeout_seconds, python="none"
        )
        assert isinstance(converter, LibreOffice)
        return converter

    return build


def test_a_hanging_soffice_is_killed_with_its_children(fake_soffice, tmp_path):
    pids = tmp_path / "pids"
    converter = fake_soffice(HANGING.format(pids=pids), timeout_seconds=1)

    begun = time.monotonic()
    with pytest.raises(ConversionFailed, match="quá 1 giây"):
        converter.convert(word_file())

    assert time.monotonic() - begun < 10
    time.sleep(0.2)  # the kernel ends an orphan a moment after the signal
    assert [is_running(pid) for pid in pids.read_text().split()] == [False, False]
    assert list((tmp_path / "work").iterdir()) == []


def test_a_child_left_behind_by_a_finished_soffice_is_killed_too(fake_soffice, tmp_path):
    pids = tmp_path / "pids"
    converter = fake_soffice(f'#!/bin/sh\nsleep 300 &\necho $! > "{pids}"\nexit 0\n')

    with pytest.raises(ConversionFailed, match="dừng giữa chừng"):
        converter.convert(word_file())

    time.sleep(0.2)
    assert not is_running(pids.read_text().strip())


@pytest.mark.parametrize("end", ["exit 0", "exit 1", "kill -SEGV $$"])
def test_a_soffice_that_ends_without_a_pdf_is_a_failure(fake_soffice, end):
    with pytest.raises(ConversionFailed, match="dừng giữa chừng"):
        fake_soffice(f"#!/bin/sh\n{end}\n").convert(word_file())


@pytest.mark.parametrize("output", ["", "not a pdf", "%PDF-1.7 torn"])
def test_output_that_is_no_pdf_is_a_failure(fake_soffice, output):
    converter = fake_soffice(f"#!/bin/sh\nprintf '{output.replace('%', '%%')}' > document.pdf\n")

    with pytest.raises(ConversionFailed, match="tệp PDF"):
        converter.convert(word_file())


@pytest.mark.parametrize("data", [b"", b"garbage", b"<html>"])
def test_garbage_never_reaches_soffice(fake_soffice, tmp_path, data):
    converter = fake_soffice(f'#!/bin/sh\ntouch "{tmp_path}/started"\n')

    with pytest.raises(ConversionFailed, match="không phải văn bản Word"):
        converter.convert(data)

    assert not (tmp_path / "started").exists()


@pytest.fixture(params=["warm", "cold"])
def either(request, libreoffice, tmp_path) -> Converter:
    """Return LibreOffice run in either way: what it makes must be the same."""
    if request.param == "warm":
        return libreoffice
    return choose_converter(str(programs.path_of("libreoffice")), tmp_path, 120, python="none")


@pytest.mark.libreoffice
def test_libreoffice_makes_the_pdf_of_record(either):
    text = "Quyết định số 12/QĐ-UBND: tặng Giấy khen"
    body = paragraph(text) + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>' + paragraph("Phụ lục")

    pdf = either.convert(word_file(body))

    assert (pdf.pages, pdf.is_quick_view) == (2, False)
    assert pdf.converter.startswith("LibreOffice ")
    assert pdf.converter[12].isdigit()
    reader = PdfReader(io.BytesIO(pdf.data))
    assert " ".join(reader.pages[0].extract_text().split()) == text
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf.data


@pytest.mark.libreoffice
def test_content_controls_are_printed_and_make_no_form(either):
    control = (
        '<w:sdt><w:sdtPr><w:tag w:val="n"/></w:sdtPr>'
        "<w:sdtContent><w:r><w:t>12/QĐ</w:t></w:r></w:sdtContent></w:sdt>"
    )

    pdf = either.convert(word_file(f"<w:p>{control}</w:p>"))

    reader = PdfReader(io.BytesIO(pdf.data))
    assert "12/QĐ" in reader.pages[0].extract_text()
    assert not reader.get_fields()


@pytest.mark.libreoffice
def test_an_ordinary_pdf_is_no_archival_one_and_smaller(either):
    document = word_file(paragraph("Quyết định"))

    ordinary = either.convert(document, archival=False)

    assert b"pdfaid" not in ordinary.data
    assert len(ordinary.data) < len(either.convert(document).data)


@pytest.mark.libreoffice
def test_every_font_is_in_the_file(either):
    pdf = either.convert(word_file(paragraph("Độc lập") + paragraph("Đậm", properties="<w:b/>")))

    fonts = PdfReader(io.BytesIO(pdf.data)).pages[0]["/Resources"]["/Font"].values()
    descriptors = [
        part.get_object()["/FontDescriptor"]
        for font in fonts
        for part in font.get_object().get("/DescendantFonts", [font])
    ]
    assert len(descriptors) == 2
    assert all("/FontFile2" in descriptor for descriptor in descriptors)


@pytest.mark.libreoffice
def test_both_ways_make_the_same_page(libreoffice, tmp_path):
    program = str(programs.path_of("libreoffice"))
    cold = choose_converter(program, tmp_path, 120, python="none")
    document = word_file(paragraph(LETTERS) + paragraph("Đậm", properties="<w:b/>"))

    made = [one.convert(document) for one in (libreoffice, cold)]

    assert made[0].converter == made[1].converter
    assert made[0].pages == made[1].pages
    first, second = (picture(one.data) for one in made)
    assert ImageChops.difference(first, second).getbbox() is None


def of_word() -> bytes:
    """Return a document with the hundred and more styles that come with an empty one."""
    document = Document()
    document.add_heading("Quyết định", level=1)
    document.add_paragraph("Một", style="List Bullet")
    document.add_paragraph("Hai", style="Intense Quote")
    document.add_table(2, 2, style="Light Grid Accent 1").cell(0, 0).text = "Ba"
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def of_ours(kind: str) -> bytes:
    template = TemplateLibrary(TEMPLATES).get(kind)
    return render(template.data, template.samples["typical"])


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    "document",
    [of_word(), of_ours("summary_report"), of_ours("commendation_decision")],
    ids=["of Word", "the report", "the decision"],
)
def test_the_page_looks_the_same_without_the_styles_that_nothing_uses(libreoffice, document):
    whole = save(unwrapped(open_package(document)))
    options = ExportOptions(archival=True)

    with_all = libreoffice.office().export(whole, options, Budget(60)).data

    pruned = libreoffice.convert(document)
    assert len(open_package(document).parts["word/styles.xml"]) > len(
        prepared(document).parts["word/styles.xml"]
    )
    for page in range(pruned.pages):
        pictures = (picture(pdf, page) for pdf in (with_all, pruned.data))
        assert ImageChops.difference(*pictures).getbbox() is None
