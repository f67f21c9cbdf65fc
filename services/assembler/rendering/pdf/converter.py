"""The converter of this machine."""

import shutil
from pathlib import Path

from services.assembler.rendering.pdf.libreoffice import LibreOffice
from services.assembler.rendering.pdf.quick_view import QuickView
from services.assembler.rendering.pdf.rendition import ConversionFailed, Converter, Pdf

__all__ = ["ConversionFailed", "Converter", "Pdf", "choose_converter"]


def choose_converter(soffice: str | None, work_dir: Path, timeout_seconds: int) -> Converter:
    """Return LibreOffice where it is found, else the quick view.

    `soffice` is a path or a name to look up; None looks for the usual name, "" asks for the quick
    view.
    """
    program = shutil.which("soffice" if soffice is None else soffice)
    if program is None:
        return QuickView(work_dir, timeout_seconds)
    return LibreOffice(Path(program), work_dir, timeout_seconds)
