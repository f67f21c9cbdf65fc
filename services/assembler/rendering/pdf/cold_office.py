"""A LibreOffice that is started for each export: slow, and needs nothing but soffice."""

import json
import re
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from services.assembler.rendering.pdf.condition import Way
from services.assembler.rendering.pdf.office import (
    ADDRESS_SPACE_MIB,
    ENVIRONMENT,
    OPTIONS,
    Budget,
    Exported,
    ExportOptions,
    stopped_midway,
    write_settings,
)
from services.assembler.rendering.pdf.processes import Program, TimedOut, run_in_group

_VERSION = re.compile(r"LibreOffice\s+([\d.]+)")
_VERSION_TIMEOUT_SECONDS = 30
_FILTER_TYPES = {bool: "boolean", int: "long"}


class ColdOffice:
    """Runs the soffice at `program`; folders of single exports live in `work_dir`."""

    way: Way = Way.COLD

    def __init__(self, program: Path, work_dir: Path) -> None:
        self._program, self._work_dir = program, work_dir

    def export(self, source: bytes, options: ExportOptions, budget: Budget) -> Exported:
        """Return the PDF of this document, or raise ConversionFailed."""
        with self._folder() as folder:
            data = self._export(Path(folder), source, options, budget)
        return Exported(data, self._version)

    def close(self) -> None:
        """Do nothing: no export outlives its call."""

    @cached_property
    def _version(self) -> str:
        with self._folder() as folder:
            try:
                _, output = self._run(Path(folder), ["--version"], _VERSION_TIMEOUT_SECONDS)
            except TimedOut:
                output = ""
        match = _VERSION.search(output)
        return f"LibreOffice {match[1]}" if match else "LibreOffice"

    def _export(self, folder: Path, source: bytes, options: ExportOptions, budget: Budget) -> bytes:
        (folder / "document.docx").write_bytes(source)
        arguments = ["--convert-to", _filter(options), "--outdir", str(folder), "document.docx"]
        try:
            with budget.running():
                status, _ = self._run(folder, arguments, budget.left)
        except TimedOut as exc:
            raise budget.exceeded() from exc
        target = folder / "document.pdf"
        if status != 0 or not target.is_file():
            raise stopped_midway()
        return target.read_bytes()

    def _run(self, folder: Path, arguments: list[str], seconds: float) -> tuple[int, str]:
        profile = folder / "profile"
        write_settings(profile)
        command = [str(self._program), f"-env:UserInstallation={profile.as_uri()}", *OPTIONS]
        program = Program(
            command=[*command, *arguments],
            folder=folder,
            environment=ENVIRONMENT,
            memory_mib=ADDRESS_SPACE_MIB,
        )
        return run_in_group(program, seconds)

    def _folder(self) -> TemporaryDirectory[str]:
        self._work_dir.mkdir(parents=True, exist_ok=True)
        return TemporaryDirectory(dir=self._work_dir)


def _filter(options: ExportOptions) -> str:
    """Return the name of the export filter with its options, as the command line wants it."""
    written = {
        name: {"type": _FILTER_TYPES[type(value)], "value": str(value).lower()}
        for name, value in options.for_filter().items()
    }
    return f"pdf:writer_pdf_Export:{json.dumps(written)}"
