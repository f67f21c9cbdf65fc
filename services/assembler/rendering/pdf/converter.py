"""What a converter is, and which one this machine has."""

from dataclasses import dataclass
from io import BytesIO
from typing import Protocol

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from ooxml.package import PackageRefused, open_package


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


def check_input(docx: bytes) -> None:
    """Refuse what is no Word document: converters make a page out of any bytes."""
    try:
        open_package(docx)
    except PackageRefused as exc:
        raise ConversionFailed(f"Tệp không phải văn bản Word dùng được ({exc.fault}).") from exc


def count_pages(pdf: bytes) -> int:
    """Return the number of pages, or refuse what is no PDF or has none."""
    if not pdf.startswith(b"%PDF"):
        raise ConversionFailed("Bộ chuyển đổi không tạo ra tệp PDF.")
    try:
        pages = len(PdfReader(BytesIO(pdf)).pages)
    except (PyPdfError, ValueError, KeyError, RecursionError) as exc:
        raise ConversionFailed("Bộ chuyển đổi tạo ra tệp PDF hỏng.") from exc
    if pages < 1:
        raise ConversionFailed("Bộ chuyển đổi tạo ra tệp PDF không có trang nào.")
    return pages
