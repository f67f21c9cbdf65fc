"""The quick view (bản xem nhanh) for a machine without LibreOffice: dxpdf in a child process.

Fonts come with this package, so that the page looks the same on a machine that has none. They are
Liberation Serif, whose letters are as wide as those of Times New Roman, the prescribed font.
"""

import signal
import sys
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from ooxml.package import save
from services.assembler.rendering.pdf.condition import Condition, Way
from services.assembler.rendering.pdf.dxpdf_faults import written_around
from services.assembler.rendering.pdf.fonts import FontFault, FontFinding
from services.assembler.rendering.pdf.marking import mark_document, marked
from services.assembler.rendering.pdf.preparing import prepared
from services.assembler.rendering.pdf.processes import Program, TimedOut, run_in_group
from services.assembler.rendering.pdf.rendition import (
    ConversionFailed,
    Pdf,
    checked_pages,
    timed_out,
)

_CHILD = Path(__file__).with_name("quick_view_child.py")
_FONTS = Path(__file__).with_name("fonts")
_MEMORY_MIB = 2_048
# Whatever family is asked for, the answer is ours: dxpdf takes no second choice.
_FONTCONFIG = """<?xml version="1.0"?>
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <match target="pattern">
    <edit name="family" mode="assign" binding="strong"><string>Liberation Serif</string></edit>
  </match>
</fontconfig>
"""


class QuickView:
    """Converts with dxpdf; good enough to read, never the PDF of record: each page says so."""

    def __init__(self, work_dir: Path, timeout_seconds: float) -> None:
        self._work_dir, self._timeout_seconds = work_dir, timeout_seconds

    def convert(self, docx: bytes, *, archival: bool = True) -> Pdf:
        """Return the PDF of this document, or raise ConversionFailed; it is never archival."""
        source = save(written_around(prepared(docx)))
        self._work_dir.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=self._work_dir) as name:
            data = self._export(Path(name), source)
        return Pdf(data, checked_pages(data), f"dxpdf {version('dxpdf')}", is_quick_view=True)

    def condition(self) -> Condition:
        """Say that there is only this; the fonts come with it."""
        fonts = FontFinding(fault=FontFault.NONE, family="Liberation Serif", file=str(_FONTS))
        return Condition(way=Way.QUICK_VIEW, fonts=fonts)

    def close(self) -> None:
        """Do nothing: no conversion outlives its call."""

    def _export(self, folder: Path, source: bytes) -> bytes:
        document, target = folder / "document.docx", folder / "document.pdf"
        mark, mark_target = folder / "mark.docx", folder / "mark.pdf"
        document.write_bytes(source)
        mark.write_bytes(mark_document())
        fontconfig = folder / "fonts.conf"
        fontconfig.write_text(
            _FONTCONFIG.format(fonts=escape(str(_FONTS)), cache=escape(str(folder / "cache"))),
            encoding="utf-8",
        )
        paths = (document, target, mark, mark_target)
        status = self._run(folder, fontconfig, [str(path) for path in paths])
        if status != 0 or not target.is_file():
            raise ConversionFailed(_reason(status))
        checked_pages(target.read_bytes())
        return marked(target.read_bytes(), mark_target.read_bytes())

    def _run(self, folder: Path, fontconfig: Path, paths: list[str]) -> int:
        # -I: nothing of the caller's environment or folder decides what the child imports.
        program = Program(
            command=[sys.executable, "-I", str(_CHILD), *paths],
            folder=folder,
            environment={"FONTCONFIG_FILE": str(fontconfig)},
            memory_mib=_MEMORY_MIB,
        )
        try:
            status, _ = run_in_group(program, self._timeout_seconds)
        except TimedOut as exc:
            raise timed_out(self._timeout_seconds) from exc
        return status


def _reason(status: int) -> str:
    if status in (-signal.SIGKILL, -signal.SIGABRT, -signal.SIGSEGV):
        return "Văn bản quá lớn hoặc quá phức tạp cho bản xem nhanh."
    return "Không tạo được bản xem nhanh của văn bản này."
