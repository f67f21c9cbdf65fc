"""The shape of the code, checked as a whole."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_the_import_contracts_hold():
    lint_imports = Path(sys.executable).with_name("lint-imports")
    outcome = subprocess.run(
        [str(lint_imports)], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize("service", ["intake", "assembler", "archive"])
def test_statements_to_the_database_stay_in_persistence(service):
    # A use case may name the type of its session; it never builds a statement.
    statement = re.compile(
        r"^\s*import sqlalchemy|^\s*from sqlalchemy(?!\.orm import Session$)"
        r"|\.execute\(|\.scalars?\(",
        re.M,
    )
    folder = ROOT / "services" / service
    found = [
        str(path.relative_to(ROOT))
        for path in folder.rglob("*.py")
        if "persistence" not in path.parts and statement.search(path.read_text("utf-8"))
    ]

    assert found == []


def test_every_program_that_the_scripts_run_is_shell_without_surprises():
    shell = shutil.which("sh")
    assert shell
    for script in sorted((ROOT / "scripts").glob("*.sh")):
        subprocess.run([shell, "-n", str(script)], check=True)
