"""The converter of this machine."""

import shutil
from functools import cache
from pathlib import Path

from services.assembler.rendering.pdf.cold_office import ColdOffice
from services.assembler.rendering.pdf.fonts import look_at_fonts
from services.assembler.rendering.pdf.libreoffice import LibreOffice
from services.assembler.rendering.pdf.office import Office
from services.assembler.rendering.pdf.quick_view import QuickView
from services.assembler.rendering.pdf.recycling import USUAL_RECYCLING, Recycling
from services.assembler.rendering.pdf.rendition import ConversionFailed, Converter, Pdf
from services.assembler.rendering.pdf.slot import Programs
from services.assembler.rendering.pdf.uno_python import find_uno_python
from services.assembler.rendering.pdf.warm_office import WarmOffice

__all__ = [
    "ConversionFailed",
    "Converter",
    "Pdf",
    "Recycling",
    "choose_converter",
]


def choose_converter(
    soffice: str | None,
    work_dir: Path,
    timeout_seconds: float,
    *,
    python: str | None = None,
    recycling: Recycling = USUAL_RECYCLING,
) -> Converter:
    """Return LibreOffice where it is found, else the quick view.

    `soffice` is a path or a name to look up; None looks for the usual name, "" asks for the quick
    view. `python` is the one with `uno` that keeps LibreOffice warm; None looks for one, "none"
    asks for a cold LibreOffice.
    """
    program = shutil.which("soffice" if soffice is None else soffice)
    if program is None:
        return QuickView(work_dir, timeout_seconds)

    @cache  # at first use: the web side has a converter too, and never converts
    def office() -> Office:
        cold = ColdOffice(Path(program), work_dir)
        with_uno = find_uno_python(Path(program), python)
        if with_uno is None:
            return cold
        programs = Programs(soffice=Path(program), python=with_uno)
        return WarmOffice(programs, work_dir, otherwise=cold, recycling=recycling)

    return LibreOffice(office, timeout_seconds, cache(look_at_fonts))
