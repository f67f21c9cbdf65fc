import io
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pypdf import PdfReader

from services.assembler.rendering.pdf.converter import ConversionFailed, choose_converter
from services.assembler.rendering.pdf.libreoffice import LibreOffice
from tests.support.word_packages import paragraph, word_file

HANGING = """\
#!/bin/sh
sleep 300 &
echo $! > "{pids}"
echo $$ >> "{pids}"
wait
"""


@pytest.fixture
def fake_soffice(tmp_path):
    """Return a converter whose soffice is this shell script."""

    def build(script: str, timeout_seconds: int = 30) -> LibreOffice:
        program = tmp_path / "soffice"
        program.write_text(script, encoding="utf-8")
        program.chmod(0o755)
        converter = choose_converter(str(program), tmp_path / "work", timeout_seconds)
        assert isinstance(converter, LibreOffice)
        return converter

    return build


def is_running(pid: str) -> bool:
    """Tell whether the process lives; one that only waits to be reaped does not."""
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


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


@pytest.fixture(scope="module")
def libreoffice(tmp_path_factory) -> LibreOffice:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("soffice is not installed")
    return LibreOffice(Path(program), tmp_path_factory.mktemp("soffice"), timeout_seconds=120)


@pytest.mark.libreoffice
def test_libreoffice_makes_the_pdf_of_record(libreoffice):
    text = "Quyết định số 12/QĐ-UBND: tặng Giấy khen"
    body = paragraph(text) + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>' + paragraph("Phụ lục")

    pdf = libreoffice.convert(word_file(body))

    assert (pdf.pages, pdf.is_quick_view) == (2, False)
    assert pdf.converter.startswith("LibreOffice ")
    assert pdf.converter[12].isdigit()
    reader = PdfReader(io.BytesIO(pdf.data))
    assert " ".join(reader.pages[0].extract_text().split()) == text
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf.data


@pytest.mark.libreoffice
def test_content_controls_are_printed_and_make_no_form(libreoffice):
    control = (
        '<w:sdt><w:sdtPr><w:tag w:val="n"/></w:sdtPr>'
        "<w:sdtContent><w:r><w:t>12/QĐ</w:t></w:r></w:sdtContent></w:sdt>"
    )

    pdf = libreoffice.convert(word_file(f"<w:p>{control}</w:p>"))

    reader = PdfReader(io.BytesIO(pdf.data))
    assert "12/QĐ" in reader.pages[0].extract_text()
    assert not reader.get_fields()


@pytest.mark.libreoffice
def test_two_conversions_at_once_do_not_meet(libreoffice, tmp_path):
    other = LibreOffice(Path(str(shutil.which("soffice"))), tmp_path, timeout_seconds=120)

    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(one.convert, word_file(paragraph("x"))) for one in (libreoffice, other)]
        pages = [job.result().pages for job in jobs]

    assert pages == [1, 1]
