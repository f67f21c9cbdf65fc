"""The copy of a document that is converted."""

from ooxml.content_controls import unwrapped
from ooxml.package import Package, PackageRefused, open_package
from ooxml.unused_styles import without_unused_styles
from services.assembler.rendering.pdf.rendition import ConversionFailed


def prepared(docx: bytes) -> Package:
    """Return the copy: checked, without content controls and without styles that nothing uses.

    Converters make a page out of any bytes, so what is no Word document is refused here. Controls
    are taken away because dxpdf drops their text and LibreOffice makes form fields of them.
    """
    try:
        return without_unused_styles(unwrapped(open_package(docx)))
    except PackageRefused as exc:
        raise ConversionFailed(f"Tệp không phải văn bản Word dùng được ({exc.fault}).") from exc
