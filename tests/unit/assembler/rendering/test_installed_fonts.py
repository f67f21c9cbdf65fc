"""The fonts of a machine are what fontconfig says, or nobody knows."""

import pytest

from services.assembler.rendering.installed_fonts import families_told_by


@pytest.fixture
def lister(tmp_path):
    def saying(text):
        program = tmp_path / "fc-list"
        program.write_text(f"#!/bin/sh\ncat <<'END'\n{text}\nEND\n", encoding="utf-8")
        program.chmod(0o755)
        return str(program)

    return saying


def test_every_family_is_named_once_whatever_else_its_line_says(lister):
    told = "Liberation Serif\nDejaVu Sans,DejaVu Sans Light\nLiberation Serif\n"

    found = families_told_by(lister(told))

    assert found == ("DejaVu Sans", "DejaVu Sans Light", "Liberation Serif")


def test_a_machine_without_fonts_or_without_the_lister_prints_nothing(lister):
    assert families_told_by(lister("")) is None
    assert families_told_by(None) is None
