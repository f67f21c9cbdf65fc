"""`thidua`: run the stack on one PC, prepare databases, ask after health, operate the services."""

import importlib
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import ClassVar

import click
import httpx
from environs import Env, EnvError
from flask import Flask
from flask.cli import ScriptInfo
from rich.console import Console
from rich.table import Table

from client import Refused
from embedded.broker import BrokerFailed, PrivateBroker
from embedded.journey import steps
from embedded.journey.record import closing_table
from embedded.settings import PROJECT, StackSettings, adopt_environment
from embedded.stack import AlreadyRunning, PartFailed, Stack, running
from kernel.clock import HANOI

DEFAULT_PORT = 8600

console = Console(highlight=False)

# OSError: a time-out among others, or a directory that may not be written.
_START_FAILURES = (
    OSError,
    AlreadyRunning,
    BrokerFailed,
    PartFailed,
    subprocess.CalledProcessError,
)


class _Commands(click.Group):
    """Ours, and those of the services, whose code is loaded only when one is called."""

    _services: ClassVar[Mapping[str, str]] = {
        "intake": "Offices, accounts, periods.",
        "assembler": "Jobs.",
        "archive": "Registers, verification.",
    }

    _of_templates: ClassVar[tuple[str, ...]] = ("render", "templates")

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *self._services, *self._of_templates])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self._services:
            return _service_command(cmd_name, self._services[cmd_name])
        if cmd_name in self._of_templates:
            module = importlib.import_module("services.assembler.template_commands")
            command: click.Command = getattr(module, cmd_name)
            return command
        return super().get_command(ctx, cmd_name)


# These make their data directory; all other commands work on what is there.
_STARTERS = frozenset({"demo", "serve"})


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--data-dir",
    "stack_dir",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="THIDUA_DATA_DIR",
    show_envvar=True,
    help="Work on the data of a one-PC stack; otherwise on what the environment names.",
)
@click.pass_context
def main(ctx: click.Context, stack_dir: Path | None) -> None:
    """Collect, assemble, number, archive: the emulation documents of a commune office."""
    if stack_dir is None:
        return
    ctx.default_map = {name: {"data_dir": str(stack_dir)} for name in _STARTERS}
    if ctx.invoked_subcommand not in _STARTERS:
        if not stack_dir.is_dir():
            raise click.BadParameter(f"Directory '{stack_dir}' does not exist.")
        settings = StackSettings.from_env(Env(), data_dir=stack_dir, port=DEFAULT_PORT)
        broker_url = settings.broker_url or PrivateBroker(settings.data_dir).url
        adopt_environment(settings, broker_url=broker_url)


@main.command()
@click.option("--data-dir", type=click.Path(path_type=Path), help="default: a new one below var/")
def demo(data_dir: Path | None) -> None:
    """Do the main job once on the real input of one commune, then stop everything."""
    started = datetime.now(HANOI)
    folder = data_dir or PROJECT / "var" / f"demo-{started:%Y%m%d-%H%M%S}"
    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"{folder} is not empty; name another --data-dir")
    settings = StackSettings.from_env(Env(), data_dir=folder, port=0)
    _announce(settings)
    try:
        with running(settings) as stack:
            console.print(f"[green]✓[/] three services at {stack.address}, one worker, one broker")
            made = steps.run(stack, console)
    except (Refused, steps.RefusedStep, *_START_FAILURES) as exc:
        raise click.ClickException(f"{exc}\nLogs are in {folder / 'logs'}") from exc
    console.print(closing_table(made))
    seconds = (datetime.now(HANOI) - started).total_seconds()
    console.print(
        f"Done in {seconds:.0f} s; every process is stopped. Files are in {_short(made.folder)}"
    )
    console.print(f"See it in the browser: .venv/bin/thidua serve --data-dir {_short(folder)}")


@main.command()
@click.option("--data-dir", type=click.Path(path_type=Path), default=PROJECT / "var" / "serve")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=DEFAULT_PORT,
    show_default=True,
    envvar="THIDUA_PORT",
    show_envvar=True,
)
def serve(data_dir: Path, port: int) -> None:
    """Run the stack, with its data, until Ctrl-C."""
    settings = StackSettings.from_env(Env(), data_dir=data_dir, port=port)
    _announce(settings)
    try:
        with running(settings) as stack:
            if port and stack.port != port:
                console.print(f"[yellow]! port {port} is taken; another one is used[/]")
            _print_accounts(stack)
            stack.wait_until_interrupted()
    except _START_FAILURES as exc:
        raise click.ClickException(str(exc)) from exc
    console.print("Stopped. The data stays in", settings.data_dir)


@main.command()
def migrate() -> None:
    """Bring the databases named in the environment to their newest form."""
    with _explained():
        importlib.import_module("embedded.prepare").migrate()
    click.echo("intake, assembler, archive: migrated")


@main.command()
@click.argument("url")
def health(url: str) -> None:
    """Exit 0 when URL answers that all is well; for container health checks."""
    try:
        answer = httpx.get(url, timeout=5, trust_env=False)
    except httpx.TransportError as exc:
        raise click.ClickException(f"{url}: {type(exc).__name__}") from exc
    click.echo(answer.text.strip())
    sys.exit(0 if answer.status_code == 200 else 1)


@contextmanager
def _explained() -> Iterator[None]:
    """Say what to do when the environment names no installation."""
    try:
        yield
    except EnvError as exc:
        raise click.ClickException(
            f"{exc}\nSet the variables of the installation (see README), or name the data "
            "directory of a one-PC stack: thidua --data-dir var/serve …"
        ) from exc


def _short(path: Path) -> Path:
    """Return a path as one would type it from here."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _announce(settings: StackSettings) -> None:
    console.print(f"thidua: starting under {_short(settings.data_dir)}")
    for line in importlib.import_module("embedded.pdfs").shortcomings(settings):
        console.print(f"[yellow]! {line}[/]")


def _print_accounts(stack: Stack) -> None:
    table = Table(title="Accounts of the sample commune (awardees' names are invented)")
    for heading in ("sign-in name", "password", "role"):
        table.add_column(heading)
    for account in stack.accounts():
        table.add_row(account["login"], account["password"], account["role"])
    console.print(table)
    console.print(f"[bold]{stack.address}/[/]  –  stop with Ctrl-C")


def _service_command(name: str, summary: str) -> click.Command:
    """Return a command that hands its words to the service's own: `thidua archive verify`."""

    @click.command(
        name,
        help=summary,
        context_settings={"ignore_unknown_options": True, "help_option_names": []},
    )
    @click.argument("words", nargs=-1, type=click.UNPROCESSED)
    def run(words: tuple[str, ...]) -> None:
        with _explained():
            app: Flask = importlib.import_module(f"services.{name}.app").create_app()
        app.cli.main([name, *words], prog_name="thidua", obj=ScriptInfo(create_app=lambda: app))

    return run


if __name__ == "__main__":
    main()
