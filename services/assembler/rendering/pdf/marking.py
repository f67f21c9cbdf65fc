"""The words on every page of a quick view that keep it from being taken for the PDF of record."""

from io import BytesIO

from docx import Document
from docx.shared import Mm, Pt, RGBColor
from pypdf import PdfReader, PdfWriter, Transformation

MARK = "BẢN XEM NHANH – không thay cho bản PDF lưu trữ"
# Within the top margin (20 mm at least), left of the page number.
_FROM_TOP_MM, _FROM_LEFT_MM = 8, 10
_GREY = RGBColor(0x80, 0x80, 0x80)


def mark_document() -> bytes:
    """Return a Word document of one page with the mark alone, to be converted like any other."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin = Mm(_FROM_TOP_MM), Mm(_FROM_LEFT_MM)
    run = document.add_paragraph().add_run(MARK)
    run.font.size, run.font.color.rgb = Pt(8), _GREY
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def marked(pdf: bytes, mark: bytes) -> bytes:
    """Return the PDF with the mark at the top left of every page, whatever the page's size."""
    page_of_mark = PdfReader(BytesIO(mark)).pages[0]
    writer = PdfWriter(clone_from=BytesIO(pdf))
    for page in writer.pages:
        down = float(page.mediabox.height) - float(page_of_mark.mediabox.height)
        page.merge_transformed_page(page_of_mark, Transformation().translate(ty=down))
    written = BytesIO()
    writer.write(written)
    return written.getvalue()
