"""What is found out about fonts from what fontconfig says."""

import pytest

from services.assembler.rendering.pdf.fonts import FontFault, FontFinding, look_at_fonts

EVERYTHING = "20-7e a0-17f 1a0-1b0 1ea0-1ef9 20ab"
# What Debian's fonts-liberation has: not ơ, not ư, and nothing with a tone beyond Latin-1.
HALF = "20-7e a0-17f 1e80-1e85 1ef2-1ef3"


@pytest.fixture
def fontconfig(tmp_path):
    """Return folders with programs that answer so."""

    def build(family="Liberation Serif", charset=EVERYTHING, bold_charset=None):
        match = (
            f'case "$3" in *bold*) f=/f/bold.ttf;; *) f=/f/plain.ttf;; esac\n'
            f'printf "{family}\\n$f\\n"'
        )
        query = (
            f'case "$3" in *bold*) echo "{bold_charset or charset}";; *) echo "{charset}";; esac'
        )
        for name, body in (("fc-match", match), ("fc-query", query)):
            program = tmp_path / name
            program.write_text(f"#!/bin/sh\n{body}\n")
            program.chmod(0o755)
        return str(tmp_path)

    return build


def test_a_font_with_every_letter_needs_no_notice(fontconfig):
    found = look_at_fonts(fontconfig())

    assert found.fault is FontFault.NONE
    assert found.notice == ""
    assert "/f/plain.ttf" in found.summary


def test_a_font_without_most_vietnamese_letters_is_said_with_what_it_costs(fontconfig):
    found = look_at_fonts(fontconfig(charset=HALF))

    assert found.fault is FontFault.LETTERS_MISSING
    assert len(found.missing) == 93
    assert "thiếu 93 chữ cái, ký hiệu tiếng Việt" in found.notice
    assert "nét không đều" in found.notice


def test_the_bold_letters_are_looked_at_too(fontconfig):
    found = look_at_fonts(fontconfig(bold_charset=HALF))

    assert (found.fault, found.file) == (FontFault.LETTERS_MISSING, "/f/bold.ttf")


def test_another_font_than_the_prescribed_one_breaks_lines_elsewhere(fontconfig):
    found = look_at_fonts(fontconfig(family="DejaVu Serif"))

    assert found.fault is FontFault.OTHER_WIDTHS
    assert "DejaVu Serif" in found.notice
    assert "ngắt khác bản Word" in found.notice
    assert "fonts-liberation2" in found.summary


@pytest.mark.parametrize("charset", ["zz", ""])
def test_an_answer_that_makes_no_sense_or_says_nothing_is_no_assurance(fontconfig, charset):
    found = look_at_fonts(fontconfig(charset=charset))

    assert found.fault is not FontFault.NONE
    assert found.notice


def test_without_fontconfig_the_fonts_are_said_to_be_unknown(tmp_path):
    found = look_at_fonts(str(tmp_path))

    assert found == FontFinding(fault=FontFault.UNKNOWN)
    assert "Không kiểm tra được" in found.notice
