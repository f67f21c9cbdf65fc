"""How a document looks (xem trước): its quick view as a PDF and as pictures of its pages."""

import io
import threading
from functools import lru_cache
from typing import NamedTuple

import pypdfium2

from kernel.errors import NotFound
from services.assembler.rendering.pdf.converter import Converter

# Pages are looked at one after another: the last few documents are kept.
_KEPT = 8
_DOTS_PER_POINT = 1.5
# PDFium may be used by one thread at a time.
_PDFIUM = threading.Lock()


class PageSize(NamedTuple):
    """How many dots the picture of a page has."""

    width: int
    height: int


class Preview:
    """Shows documents; made of one converter, with a small memory."""

    def __init__(self, converter: Converter) -> None:
        self._pdf = lru_cache(maxsize=_KEPT)(lambda docx: converter.convert(docx).data)

    def pdf(self, docx: bytes) -> bytes:
        """Return the PDF, or raise ConversionFailed."""
        return self._pdf(docx)

    def pages(self, docx: bytes) -> tuple[PageSize, ...]:
        """Return the pages with the size of their pictures, so that nothing jumps as they come."""
        pdf = self.pdf(docx)
        with _PDFIUM, pypdfium2.PdfDocument(pdf) as document:
            sizes = [document.get_page_size(number) for number in range(len(document))]
        return tuple(
            PageSize(round(width * _DOTS_PER_POINT), round(height * _DOTS_PER_POINT))
            for width, height in sizes
        )

    def page(self, docx: bytes, number: int) -> bytes:
        """Return page `number`, counted from 1, as a PNG; raises NotFound beyond the last one."""
        pdf = self.pdf(docx)
        with _PDFIUM, pypdfium2.PdfDocument(pdf) as document:
            if not 1 <= number <= len(document):
                raise NotFound("Bản xem trước không có trang này.")
            picture = document[number - 1].render(scale=_DOTS_PER_POINT).to_pil()
        written = io.BytesIO()
        picture.save(written, "PNG", optimize=True)
        return written.getvalue()
