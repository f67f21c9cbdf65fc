"""How a document looks (xem trước): its quick view as a PDF and as pictures of its pages."""

import io
import threading
from functools import lru_cache

import pypdfium2

from kernel.errors import NotFound
from services.assembler.rendering.pdf.converter import Converter

# Pages are looked at one after another: the last few documents are kept.
_KEPT = 8
_DOTS_PER_POINT = 1.5
# PDFium may be used by one thread at a time.
_PDFIUM = threading.Lock()


class Preview:
    """Shows documents; made of one converter, with a small memory."""

    def __init__(self, converter: Converter) -> None:
        self._pdf = lru_cache(maxsize=_KEPT)(lambda docx: converter.convert(docx).data)

    def pdf(self, docx: bytes) -> bytes:
        """Return the PDF, or raise ConversionFailed."""
        return self._pdf(docx)

    def page_count(self, docx: bytes) -> int:
        """Return the number of pages."""
        pdf = self.pdf(docx)
        with _PDFIUM, pypdfium2.PdfDocument(pdf) as document:
            return len(document)

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
