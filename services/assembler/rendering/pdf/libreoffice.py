"""The PDF of record: LibreOffice, one cold private instance a conversion."""

import re
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from services.assembler.rendering.pdf.processes import TimedOut, run_in_group
from services.assembler.rendering.pdf.rendition import (
    ConversionFailed,
    Pdf,
    count_pages,
    prepared,
    timed_out,
)

# PDF/A-2b: made for archives, and embeds every font.
_EXPORT = 'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"}}'
_VERSION = re.compile(r"LibreOffice\s+([\d.]+)")
_VERSION_TIMEOUT_SECONDS = 30
_MEMORY_MIB = 4_096
_OPTIONS = ("--headless", "--invisible", "--nologo", "--nodefault", "--norestore", "--nolockcheck")
# No macros, no active content, no links, and a proxy that leads nowhere instead of a network.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


class LibreOffice:
    """Converts with the soffice at `program`; folders of single conversions live in `work_dir`."""

    def __init__(self, program: Path, work_dir: Path, timeout_seconds: int) -> None:
        self._program, self._work_dir = program, work_dir
        self._timeout_seconds = timeout_seconds

    @cached_property
    def version(self) -> str:
        """Return program and version, as they are recorded with every PDF."""
        with self._folder() as folder:
            try:
                _, output = self._run(Path(folder), ["--version"], _VERSION_TIMEOUT_SECONDS)
            except TimedOut:
                output = ""
        match = _VERSION.search(output)
        return f"LibreOffice {match[1]}" if match else "LibreOffice"

    def convert(self, docx: bytes) -> Pdf:
        """Return the PDF of this document, or raise ConversionFailed."""
        source = prepared(docx)
        with self._folder() as name:
            data = self._export(Path(name), source)
        return Pdf(data, count_pages(data), self.version, is_quick_view=False)

    def _export(self, folder: Path, source: bytes) -> bytes:
        (folder / "document.docx").write_bytes(source)
        arguments = ["--convert-to", _EXPORT, "--outdir", str(folder), "document.docx"]
        try:
            status, _ = self._run(folder, arguments, self._timeout_seconds)
        except TimedOut as exc:
            raise timed_out(self._timeout_seconds) from exc
        target = folder / "document.pdf"
        if status != 0 or not target.is_file():
            raise ConversionFailed("LibreOffice dừng giữa chừng khi chuyển văn bản này sang PDF.")
        return target.read_bytes()

    def _run(self, folder: Path, arguments: list[str], timeout_seconds: int) -> tuple[int, str]:
        profile = folder / "profile"
        _write_settings(profile / "user" / "registrymodifications.xcu")
        command = [str(self._program), f"-env:UserInstallation={profile.as_uri()}"]
        return run_in_group(
            [*command, *_OPTIONS, *arguments],
            folder=folder,
            environment={"SAL_USE_VCLPLUGIN": "svp"},
            timeout_seconds=timeout_seconds,
            memory_mib=_MEMORY_MIB,
        )

    def _folder(self) -> TemporaryDirectory[str]:
        self._work_dir.mkdir(parents=True, exist_ok=True)
        return TemporaryDirectory(dir=self._work_dir)


def _write_settings(path: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.{group}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for group, name, value in _SETTINGS
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )
