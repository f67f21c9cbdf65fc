"""Commands on templates that need no database, no broker and no secret."""

import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from kernel.errors import InvalidInput
from services.assembler.domain.findings import Finding, Severity
from services.assembler.rendering.context import RenderingFailed
from services.assembler.rendering.isolation import Isolation
from services.assembler.rendering.pdf.converter import ConversionFailed, choose_converter
from services.assembler.rendering.templates import Template, TemplateLibrary

_PROJECT = Path(__file__).resolve().parents[2]
_FOUND = 2
_PDF_SECONDS = 120
_MEMORY_MIB = 4_096
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
# A person waits here, not a web worker.
_seconds = click.option(
    "--seconds", type=click.IntRange(min=1), default=120, help="how long a template may take"
)


@click.group("templates")
def templates() -> None:
    """Check templates (mẫu văn bản)."""


@templates.command("check")
@click.argument("names", nargs=-1, metavar="[FILE|KIND]...")
@click.option("--all", "is_all", is_flag=True, help="every kind of the installation")
@click.option("--kind", help="check each FILE as a template of this kind")
@click.option(
    "--templates-dir",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=_PROJECT / "templates",
    help="where the kinds are kept",
)
@_seconds
def check(
    names: tuple[str, ...], is_all: bool, kind: str | None, templates_dir: Path, seconds: int
) -> None:
    """Print everything that is wrong; exit 0 without errors, 2 with one.

    A KIND is checked against its manifest and its samples, and so is a FILE with --kind. Of any
    other FILE only what needs no data can be checked.
    """
    if not names and not is_all:
        raise click.UsageError("name a FILE or KIND, or say --all")
    kinds = _kinds(templates_dir)
    if kind is not None and kind not in kinds:
        raise click.UsageError(f"--kind {kind}: not one of {', '.join(kinds)}")
    wanted = [*(kinds if is_all else ()), *names]
    isolation = _isolation(seconds)
    chosen = [(name, _findings(name, kinds, kind, isolation)) for name in wanted]
    for name, findings in chosen:
        _print(name, list(map(_line, findings)))
    raise SystemExit(_status(one for _, findings in chosen for one in findings))


@click.command("render")
@click.argument("template", type=_FILE)
@click.argument("context", type=_FILE)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="a .docx, or a .pdf",
)
@click.option("--archival", "is_archival", is_flag=True, help="make a PDF/A-2b")
@_seconds
def render(template: Path, context: Path, output: Path, is_archival: bool, seconds: int) -> None:
    """Render TEMPLATE.docx with the values of CONTEXT.json.

    A template that cannot be rendered exits 2 and prints everything that is wrong with it.
    """
    if output.suffix not in {".docx", ".pdf"}:
        raise click.UsageError("-o must end in .docx or .pdf")
    data, values = template.read_bytes(), _json_object(context)
    isolation = _isolation(seconds)
    try:
        document = isolation.render(data, values)
    except RenderingFailed as exc:
        _explain(template, isolation.check(data), exc)
        raise SystemExit(_FOUND) from exc
    made = document if output.suffix == ".docx" else _pdf(document, is_archival=is_archival)
    try:
        output.write_bytes(made)
    except OSError as exc:
        raise click.FileError(str(output), exc.strerror) from exc
    click.echo(str(output))


def _kinds(folder: Path) -> Mapping[str, Template]:
    try:
        return {one.kind: one for one in TemplateLibrary(folder).kinds()}
    except InvalidInput as exc:
        raise click.ClickException(exc.detail) from exc


def _isolation(seconds: int) -> Isolation:
    return Isolation(Path(tempfile.gettempdir()), seconds=seconds, memory_mib=_MEMORY_MIB)


def _findings(
    name: str, kinds: Mapping[str, Template], kind: str | None, isolation: Isolation
) -> Sequence[Finding]:
    path = Path(name)
    if path.is_file() and kind is None:
        return isolation.check(path.read_bytes())
    if not path.is_file() and name not in kinds:
        raise click.UsageError(f"{name}: neither a file nor one of {', '.join(kinds)}")
    template = kinds[kind if path.is_file() and kind else name]
    data = path.read_bytes() if path.is_file() else template.data
    return isolation.check(data, template.manifest, samples=template.samples)


def _explain(template: Path, findings: Sequence[Finding], failure: RenderingFailed) -> None:
    """Print what the check finds; where it finds no error, what stopped the rendering."""
    lines = list(map(_line, findings))
    if _status(findings) == 0:
        details = [one.detail for one in failure.errors] or [failure.detail]
        lines += [f"  error: {detail}" for detail in details]
    _print(str(template), lines)


def _line(found: Finding) -> str:
    return f"  {found.severity}: {found.place}: {found.message} {found.suggestion}".rstrip()


def _print(name: str, lines: Sequence[str]) -> None:
    click.echo("\n".join([f"{name}: {f'{len(lines)} finding(s)' if lines else 'ok'}", *lines]))


def _status(findings: Iterable[Finding]) -> int:
    return _FOUND if any(one.severity is Severity.ERROR for one in findings) else 0


def _json_object(path: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as exc:
        raise click.UsageError(f"{path}: not JSON: {exc}") from exc
    if not isinstance(found, dict):
        raise click.UsageError(f"{path}: must hold one JSON object")
    return found


def _pdf(document: bytes, *, is_archival: bool) -> bytes:
    with tempfile.TemporaryDirectory(prefix="thidua-") as folder:
        converter = choose_converter(None, Path(folder), _PDF_SECONDS)
        try:
            made = converter.convert(document, archival=is_archival)
        except ConversionFailed as exc:
            raise click.ClickException(exc.reason) from exc
        finally:
            converter.close()
    if made.is_quick_view:
        click.echo("LibreOffice is not installed: this PDF is a quick view.", err=True)
    if made.notice:
        click.echo(made.notice, err=True)
    return made.data
