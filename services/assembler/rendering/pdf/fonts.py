"""Whether this machine has the prescribed font, with every Vietnamese letter in it.

Decree 30/2020 prescribes Times New Roman. Where it may not be had, a font whose letters are as wide
keeps lines and pages where they are. Asked is fontconfig, as LibreOffice asks it.
"""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from vnadmin.alphabet import DONG_SIGN, marked_letters

PRESCRIBED = "Times New Roman"
_AS_WIDE = (PRESCRIBED, "Liberation Serif", "Tinos")
_CUTS = ("", ":bold", ":italic", ":bold:italic")
_TIMEOUT_SECONDS = 20
_SHOWN_LETTERS = 5


class FontFault(StrEnum):
    """What can be wrong."""

    NONE = "none"
    UNKNOWN = "unknown"
    OTHER_WIDTHS = "other-widths"
    LETTERS_MISSING = "letters-missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class FontFinding:
    """The font that stands for the prescribed one, and what is wrong with it."""

    fault: FontFault
    family: str = ""
    file: str = ""
    missing: str = ""

    @property
    def summary(self) -> str:
        """Return one line for operators."""
        found = f"{self.family} ({self.file})"
        return {
            FontFault.NONE: f"{found}: every Vietnamese letter is there",
            FontFault.UNKNOWN: "fontconfig (fc-match, fc-query) did not answer: fonts not checked",
            FontFault.OTHER_WIDTHS: f"neither {' nor '.join(_AS_WIDE)}: {found} is used instead, "
            "so lines and pages break elsewhere; install fonts-liberation2",
            FontFault.LETTERS_MISSING: f"{found} lacks {len(self.missing)} Vietnamese letters, "
            "which come from another font; install fonts-liberation2, remove fonts-liberation",
        }[self.fault]

    @property
    def notice(self) -> str:
        """Return what a reader of the PDF must know, in Vietnamese; usually nothing."""
        shown = ", ".join(self.missing[:_SHOWN_LETTERS])
        return {
            FontFault.NONE: "",
            FontFault.UNKNOWN: "Không kiểm tra được phông chữ của máy tạo PDF; hãy so bản PDF với "
            "bản Word trước khi dùng.",
            FontFault.OTHER_WIDTHS: f"Máy tạo PDF không có phông {PRESCRIBED} hoặc phông cùng cỡ "
            f"chữ, phải dùng {self.family}: dòng và trang có thể ngắt khác bản Word. Hãy báo "
            "quản trị cài phông Liberation Serif rồi tạo lại PDF.",
            FontFault.LETTERS_MISSING: f"Phông {self.family} trên máy tạo PDF thiếu "
            f"{len(self.missing)} chữ cái, ký hiệu tiếng Việt ({shown}…): các chữ ấy in bằng "
            "phông khác, nét không đều. Hãy báo quản trị cài bộ phông đầy đủ rồi tạo lại PDF.",
        }[self.fault]


def look_at_fonts(path: str = os.defpath) -> FontFinding:
    """Return the first fault among regular, bold, italic and bold italic.

    `path` is where the programs of fontconfig are looked for.
    """
    try:
        findings = list(_findings(path))
    except (OSError, ValueError, subprocess.SubprocessError):
        return FontFinding(fault=FontFault.UNKNOWN)
    return next((one for one in findings if one.fault is not FontFault.NONE), findings[0])


def _findings(path: str) -> Iterator[FontFinding]:
    for cut in _CUTS:
        matched = _ask(path, "fc-match", "-f", "%{family[0]}\n%{file}\n", PRESCRIBED + cut)
        family, file = matched.split("\n")[:2]
        if family not in _AS_WIDE:
            yield FontFinding(fault=FontFault.OTHER_WIDTHS, family=family, file=file)
            continue
        held = _ask(path, "fc-query", "-f", "%{charset}\n", file)
        missing = "".join(_lacking(held.split("\n")[0]))
        fault = FontFault.LETTERS_MISSING if missing else FontFault.NONE
        yield FontFinding(fault=fault, family=family, file=file, missing=missing)


def _lacking(charset: str) -> Iterator[str]:
    """Return the letters outside these ranges, which fontconfig reads from the font's own table."""
    ranges = [part.partition("-") for part in charset.split()]
    spans = [(int(first, 16), int(last or first, 16)) for first, _, last in ranges]
    for letter in (*marked_letters(), DONG_SIGN):
        if not any(first <= ord(letter) <= last for first, last in spans):
            yield letter


def _ask(path: str, *command: str) -> str:
    """Run a program of fontconfig as LibreOffice is run: without anybody's home folder."""
    answer = subprocess.run(  # noqa: S603 - two programs of fontconfig
        command,
        env={"PATH": path, "HOME": "/nonexistent", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        check=True,
        encoding="utf-8",
        timeout=_TIMEOUT_SECONDS,
    )
    return answer.stdout
