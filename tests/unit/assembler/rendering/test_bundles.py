import zipfile
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from ooxml.text import plain_text
from services.assembler.rendering.bundles import CannotBundle, one_document, one_pdf, write_zip
from tests.support.word_packages import paragraph, word_file

SECTION = "<w:sectPr/>"


def a_pdf(width, pages=1):
    writer, written = PdfWriter(), BytesIO()
    for _ in range(pages):
        writer.add_blank_page(width, 100)
    writer.write(written)
    return written.getvalue()


def test_a_zip_holds_the_files_as_they_are_and_no_date():
    first, second = BytesIO(), BytesIO()
    files = [("001-an.docx", b"one"), ("002-bình.docx", b"two")]

    counts = [write_zip(stream, iter(files)) for stream in (first, second)]

    assert counts == [2, 2]
    assert first.getvalue() == second.getvalue()
    with zipfile.ZipFile(first) as archive:
        assert [(it.filename, archive.read(it)) for it in archive.infolist()] == files
        assert {it.date_time for it in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_no_file_makes_an_empty_zip_that_says_so():
    assert write_zip(BytesIO(), []) == 0


def test_documents_of_one_template_become_one():
    documents = [word_file(paragraph(text) + SECTION) for text in ("An", "Bình")]

    assert plain_text(one_document(documents)).split() == ["An", "Bình"]


def test_documents_that_cannot_be_one_are_refused_with_what_to_do():
    different = [word_file(), word_file(footnotes="<x/>")]

    with pytest.raises(CannotBundle, match=r"word/footnotes.xml.*Hãy tải tệp ZIP"):
        one_document(different)


def test_too_many_documents_for_one_file_are_refused_with_what_to_do():
    document = word_file(paragraph("An") + SECTION)

    with pytest.raises(CannotBundle, match="quá dài"):
        one_document(document for _ in range(2_001))


def test_pdfs_become_one_with_all_pages_in_order():
    joined = PdfReader(BytesIO(one_pdf([a_pdf(100), a_pdf(200, pages=2), a_pdf(100)])))

    assert [page.mediabox.width for page in joined.pages] == [100, 200, 200, 100]
