"""What must never be in the repository."""

import re
import subprocess
import unicodedata
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_LARGEST_BYTES = 1_500_000


@cache
def tracked() -> tuple[Path, ...]:
    """Files that git tracks, or would; outside a checkout, all files of the tree."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(ROOT / line for line in listing.stdout.splitlines() if (ROOT / line).is_file())


def texts(*suffixes):
    for path in tracked():
        if not suffixes or path.suffix in suffixes:
            try:
                yield path, path.read_text("utf-8")
            except UnicodeDecodeError:
                continue


def test_no_file_is_large():
    assert [str(path) for path in tracked() if path.stat().st_size > _LARGEST_BYTES] == []


def test_no_index_address_is_named():
    address = re.compile(
        r"--(?:extra-)?index-ur[l]|registry\s*=\s*[\"']?https?:|files\.pythonhosted"
    )

    assert [str(path) for path, text in texts() if address.search(text)] == []


def test_no_path_of_one_machine_is_named():
    path_of_one = re.compile(r"/(?:root|home/[a-z]+)/")

    assert [str(path) for path, text in texts() if path_of_one.search(text)] == []


def test_no_secret_is_committed():
    assigned = re.compile(r"^(?:[A-Z_]*(?:SECRET|SERVICE|API)_KEY|POSTGRES_PASSWORD)=\S+$", re.M)
    private = re.compile(r"-----BEGIN (?:RSA |EC |OPENSSH )?PRIVATE KEY-----\n")

    found = [str(path) for path, text in texts() if assigned.search(text) or private.search(text)]

    assert found == []


def test_lines_end_as_unix_lines_do():
    assert [
        str(path) for path, text in texts(".py", ".md", ".yml", ".html", ".sh") if "\r" in text
    ] == []


def test_every_text_is_composed():
    found = [
        str(path)
        for path, text in texts(".md", ".html", ".yml", ".json")
        if not unicodedata.is_normalized("NFC", text)
    ]

    assert found == []


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "misc", "manager", "base"])
def test_no_module_has_a_name_that_says_nothing(name):
    assert [str(path) for path in tracked() if path.stem == name and path.suffix == ".py"] == []


def test_the_sample_says_that_its_awardees_are_invented():
    sample = (ROOT / "samples" / "linh-thong-2023-nominations.json").read_text("utf-8")

    assert "hư cấu" in sample
    assert "invented" in sample
