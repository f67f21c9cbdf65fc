"""Every command that the documentation shows exists; the cheap ones are run."""

import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml

from embedded.cli import main
from embedded.settings import load_or_make_secrets
from services.archive.cli import archive_cli
from services.assembler.cli import assembler_cli
from services.assembler.template_commands import render, templates
from services.intake import cli as intake_cli
from services.intake.settings import IntakeSettings
from tests.support.documentation import ROOT, block_with, command_lines

RUNBOOK = ROOT / "docs" / "runbook.md"
ORDINARY = {
    *("export", "set", "cd", "cp", "mkdir", "echo", "tar", "grep", "psql"),
    *("pg_dump", "pg_restore", "gunicorn", "celery"),
}
LINES = list(command_lines())
MAKE_TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
CONTAINERS = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"]
# What stands in a text for a file of the reader's own.
STAND_INS = {"TỆP": "samples/linh-thong-2023.json", "/data/": "samples/"}


def groups(kernel_settings):
    settings = IntakeSettings(
        kernel=kernel_settings, database_url="sqlite://", files_dir=Path("unused")
    )
    return {
        "intake": intake_cli.commands(settings),
        "assembler": assembler_cli,
        "archive": archive_cli,
        "templates": templates,
        "render": render,
    }


def parse_thidua(words, kernel_settings):
    """Parse as click would; a wrong command, option, choice or file raises."""
    command, known = main, {**main.commands, **groups(kernel_settings)}
    if words[:1] == ["--data-dir"]:
        words = words[2:]
    while words and isinstance(command, click.Group):
        name, words = words[0], words[1:]
        assert name in (known if command is main else command.commands), name
        command = (known if command is main else command.commands)[name]
    if isinstance(command, click.Group):
        return
    asks = [it.opts[0] for it in command.params if getattr(it, "prompt", None)]
    words = [*words, *(word for option in asks for word in (option, "mot-mat-khau-dai"))]
    command.make_context("thidua", words)


def unwrapped(words):
    """Return the command within `docker compose exec|run SERVICE …`, and check the service."""
    if words[:2] != ["docker", "compose"] or words[2] not in {"exec", "run"}:
        if words[:2] == ["docker", "compose"]:
            assert words[2] in {"up", "ps", "stop", "build", "restart", "logs"}
            named = [word for word in words[3:] if re.fullmatch(r"[a-z]+", word)]
            assert set(named) <= set(CONTAINERS), named
            return []
        return words
    rest = words[3:]
    while rest[0].startswith("-"):
        rest = rest[2:] if rest[0] == "-v" else rest[1:]
    assert rest[0] in CONTAINERS, rest[0]
    return rest[1:]


def simple_commands(text):
    """Split a line at pipes and semicolons; leave out redirections and comments."""
    for stand_in, file in STAND_INS.items():
        text = text.replace(stand_in, file)
    lexer = shlex.shlex(text, posix=True, punctuation_chars=";|<>&")
    lexer.whitespace_split = True
    command = []
    for word in lexer:
        if set(word) <= set(";|&"):
            yield command
            command = []
        else:
            command.append(word)
    yield command


@pytest.mark.parametrize("line", LINES, ids=str)
def test_a_command_that_is_shown_exists(line, kernel_settings, monkeypatch):
    monkeypatch.chdir(ROOT)
    for words in filter(None, simple_commands(line.text)):
        if {"<", ">"} & set(words):
            words = words[: min(words.index(it) for it in ("<", ">") if it in words)]
        words = unwrapped(words)
        program = words[0].removeprefix(".venv/bin/") if words else "docker"
        if program == "make":
            assert set(words[1:]) <= MAKE_TARGETS
        elif program == "thidua":
            parse_thidua(words[1:], kernel_settings)
        elif program == "python":
            assert importlib.util.find_spec(words[2]), words[2]
            assert all((ROOT / it).exists() for it in words[3:] if it.startswith("tests/"))
        else:
            assert program in ORDINARY | {"docker", "."}, program


def test_there_are_commands_to_check():
    assert len(LINES) > 50


def run(script, folder, *, expected=0):
    done = subprocess.run(
        ["bash", "-euc", script],
        cwd=ROOT,
        env={"PATH": os.defpath, "HOME": str(folder), "DATA": str(folder / "data")},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == expected, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def operator(tmp_path):
    """A shell with the settings of a data directory, as the runbook says."""
    (tmp_path / "data").mkdir()
    load_or_make_secrets(tmp_path / "data")
    settings = block_with(RUNBOOK, "export THIDUA_DATA_DIR").text
    # Tests may run from another virtual environment than the one in the folder.
    programs = f'export PATH="{Path(sys.executable).parent}:$PATH"\n'
    return lambda script, **options: run(settings + programs + script, tmp_path, **options)


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash")
def test_an_office_is_founded_verified_and_backed_up_as_the_runbook_says(operator, tmp_path):
    password = " --password mot-mat-khau-dai"
    founding = re.sub(
        r"^(thidua intake create-account .*)$",
        rf"\1{password}",
        block_with(RUNBOOK, "--due-on 2023-12-15").text,
        flags=re.M,
    )
    next_year = block_with(RUNBOOK, "--like 2023").text.replace(
        "set-password vanthu@linh-thong", f"set-password vanthu@linh-thong{password}"
    )
    backup = block_with(RUNBOOK, "thidua-backup.tar.gz").text

    said = operator(
        "thidua migrate\n"
        + founding
        + next_year
        + "thidua assembler jobs list --office linh-thong\n"
        + "thidua archive verify\n"
        + backup
    )

    assert "0 difference(s)" in said
    assert "17 ngành" in said
    assert "Đã mở kỳ 2024." in said
    assert (tmp_path / "thidua-backup.tar.gz").stat().st_size > 1000
