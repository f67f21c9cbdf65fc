"""The pages of a PDF as pictures and as text."""

import pypdfium2
from PIL.Image import Image


def picture(pdf: bytes, page: int = 0, *, scale: float = 1.0) -> Image:
    """Return one page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return document[page].render(scale=scale).to_pil().convert("RGB")


def texts(pdf: bytes) -> list[str]:
    """Return the text of every page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]
