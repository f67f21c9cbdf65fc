"""What an operator does from a terminal."""

import json
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from kernel.contracts.identity import office_id_for
from kernel.migrations import upgrade
from services.archive.domain.registers import RegisterDefinition, types_of
from services.archive.persistence import MIGRATIONS
from services.archive.use_cases import registers, verifying
from services.archive.web.request import deps

archive_cli = AppGroup("archive", help="Lưu trữ văn bản.")


@archive_cli.command("migrate")
def migrate() -> None:
    """Bring the archive's database to the newest revision."""
    upgrade(current_app.extensions["archive_database_url"], MIGRATIONS)
    click.echo("archive: database is up to date")


@archive_cli.command("open-register")
@click.option("--office", "office_code", required=True, help="code of the office")
@click.option("--issuing-body", required=True, help="code of the issuing body")
@click.option("--symbol", required=True, help="for example BC-TĐKT")
@click.option("--title", required=True)
def open_register(office_code: str, issuing_body: str, symbol: str, title: str) -> None:
    """Open the register of a symbol; harmless when it is open."""
    definition = RegisterDefinition(
        code=symbol,
        title=title,
        issuing_body=issuing_body,
        symbol=symbol,
        document_types=types_of(symbol),
    )
    opened = registers.open_register(definition, office_id=office_id_for(office_code), deps=deps())
    click.echo(f"register {opened.symbol}: {opened.id}")


@archive_cli.command("load-registers")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load_registers(file: Path) -> None:
    """Name an office and open its registers from the JSON of its profile."""
    registers.load_registers_file(json.loads(file.read_text("utf-8")), deps=deps())
    click.echo("archive: registers are open")


@archive_cli.command("verify")
def verify() -> None:
    """Compare files, rows, counters and ledgers; exit with 1 when anything differs."""
    found = verifying.verify(deps=deps())
    for difference in found.differences:
        click.echo(difference)
    click.echo(
        f"{found.files} file(s), {found.issued} issued document(s), "
        f"{len(found.differences)} difference(s), {found.unnamed_files} file(s) without a row"
    )
    if not found.is_sound:
        raise SystemExit(1)
