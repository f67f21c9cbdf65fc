"""What every converter gives and refuses, and the checks before and after it."""

from dataclasses import dataclass
from io import BytesIO
from typing import Protocol

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from ooxml.content_controls import unwrap
from ooxml.package import PackageRefused


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished PDF; `is_quick_view` where it is not of record (bản xem nhanh)."""

    data: bytes
    pages: int
    converter: str
    is_quick_view: bool


class ConversionFailed(Exception):
    """No PDF was made; `reason` is a Vietnamese sentence for the user."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Converter(Protocol):
    """Makes a PDF of a .docx, or raises ConversionFailed."""

    def convert(self, docx: bytes) -> Pdf:
        """Return the PDF of this document."""


def prepared(docx: bytes) -> bytes:
    """Return the copy to convert: checked, and without content controls.

    Converters make a page out of any bytes, so what is no Word document is refused here. Controls
    are taken away because dxpdf drops their text and LibreOffice makes form fields of them.
    """
    try:
        return unwrap(docx)
    except PackageRefused as exc:
        raise ConversionFailed(f"Tệp không phải văn bản Word dùng được ({exc.fault}).") from exc


def count_pages(pdf: bytes) -> int:
    """Return the number of pages, or refuse what is no PDF or has none."""
    if not pdf.startswith(b"%PDF"):
        raise ConversionFailed("Bộ chuyển đổi không tạo ra tệp PDF.")
    try:
        pages = len(PdfReader(BytesIO(pdf)).pages)
    except (PyPdfError, ValueError, TypeError, LookupError, RecursionError) as exc:
        raise ConversionFailed("Bộ chuyển đổi tạo ra tệp PDF hỏng.") from exc
    if pages < 1:
        raise ConversionFailed("Bộ chuyển đổi tạo ra tệp PDF không có trang nào.")
    return pages


def timed_out(seconds: int) -> ConversionFailed:
    """Return the failure for a conversion that did not end in time."""
    return ConversionFailed(f"Chuyển sang PDF quá {seconds} giây nên đã dừng lại.")
