"""What every converter gives and refuses, and the checks of what it made."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Protocol

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from services.assembler.rendering.pdf.condition import Condition

_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_DAMAGES = (PyPdfError, ValueError, TypeError, LookupError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished PDF; `is_quick_view` where it is not of record (bản xem nhanh).

    `notice` says in Vietnamese what is less than it should be; usually nothing.
    """

    data: bytes
    pages: int
    converter: str
    is_quick_view: bool
    notice: str = ""


class ConversionFailed(Exception):
    """No PDF was made; `reason` is a Vietnamese sentence for the user."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Converter(Protocol):
    """Makes a PDF of a .docx, or raises ConversionFailed."""

    def convert(self, docx: bytes, *, archival: bool = True) -> Pdf:
        """Return the PDF of this document: PDF/A-2b, or an ordinary one where that is enough.

        A quick view is never archival.
        """

    def condition(self) -> Condition:
        """Return how well this machine makes PDFs."""

    def close(self) -> None:
        """End what is still running between two conversions."""


def checked_pages(pdf: bytes) -> int:
    """Return the number of pages; refuse what is no PDF, has no page, or lacks a font."""
    if not pdf.startswith(b"%PDF"):
        raise ConversionFailed("Bộ chuyển đổi không tạo ra tệp PDF.")
    try:
        pages = PdfReader(BytesIO(pdf)).pages
        count = len(pages)
        foreign = sorted({name for page in pages for name in _not_embedded(page, set())})
    except _DAMAGES as exc:
        raise ConversionFailed("Bộ chuyển đổi tạo ra tệp PDF hỏng.") from exc
    if count < 1:
        raise ConversionFailed("Bộ chuyển đổi tạo ra tệp PDF không có trang nào.")
    if foreign:
        raise ConversionFailed(f"Tệp PDF không chứa đủ phông chữ: {', '.join(foreign)}.")
    return count


def timed_out(seconds: float) -> ConversionFailed:
    """Return the failure for a conversion that did not end in time."""
    return ConversionFailed(f"Chuyển sang PDF quá {seconds:g} giây nên đã dừng lại.")


def _not_embedded(holder: PageObject | Any, seen: set[int]) -> Iterator[str]:
    """Return the names of the fonts of a page, or of a form on it, whose letters are not in it."""
    resources = _object(holder.get("/Resources"))
    for font in map(_object, _object(resources.get("/Font")).values()):
        if not _is_embedded(font):
            yield str(font.get("/BaseFont", "?")).lstrip("/")
    for form in map(_object, _object(resources.get("/XObject")).values()):
        if form.get("/Subtype") == "/Form" and id(form) not in seen:
            seen.add(id(form))
            yield from _not_embedded(form, seen)


def _is_embedded(font: Mapping[str, Any]) -> bool:
    if font.get("/Subtype") == "/Type3":  # its letters are drawings in the file
        return True
    for descendant in _object(font.get("/DescendantFonts"), []):
        font = _object(descendant)
    descriptor = _object(font.get("/FontDescriptor"))
    return any(key in descriptor for key in _FONT_FILES)


def _object(value: Any, absent: Any = None) -> Any:
    if value is None:
        return {} if absent is None else absent
    return value.get_object()
