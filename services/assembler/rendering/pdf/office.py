"""What the two ways of running LibreOffice have in common: a cold one, and a warm one."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from services.assembler.rendering.pdf.condition import Way
from services.assembler.rendering.pdf.rendition import ConversionFailed, timed_out

OPTIONS = ("--headless", "--invisible", "--nologo", "--nodefault", "--norestore", "--nolockcheck")
ENVIRONMENT = {"SAL_USE_VCLPLUGIN": "svp"}
ADDRESS_SPACE_MIB = 4_096
# No macros, no active content, no links, and a proxy that leads nowhere instead of a network.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
_PDF_A_2B = 2


class Budget:
    """The time that one conversion may take; it runs only while an instance works on it."""

    def __init__(self, seconds: float) -> None:
        self._seconds, self._spent = seconds, 0.0

    @property
    def left(self) -> float:
        """Return the seconds that are left, never less than none."""
        return max(0.0, self._seconds - self._spent)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Let the time run."""
        begun = time.monotonic()
        try:
            yield
        finally:
            self._spent += time.monotonic() - begun

    def exceeded(self) -> ConversionFailed:
        """Return the failure for a conversion that did not end in time."""
        return timed_out(self._seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """What kind of PDF to make; `marks` keeps bookmarks as named destinations."""

    archival: bool
    marks: bool = False

    def for_filter(self) -> Mapping[str, int | bool]:
        """Return LibreOffice's names for it."""
        return {
            "SelectPdfVersion": _PDF_A_2B if self.archival else 0,
            "ExportBookmarksToPDFDestination": self.marks,
        }


@dataclass(frozen=True, slots=True)
class Exported:
    """A PDF, and which program made it ("LibreOffice 7.4.7.2")."""

    data: bytes
    program: str


class Office(Protocol):
    """A LibreOffice that exports one document at a time."""

    @property
    def way(self) -> Way:
        """Return how it is run."""

    def export(self, source: bytes, options: ExportOptions, budget: Budget) -> Exported:
        """Return the PDF of this document, or raise ConversionFailed."""

    def close(self) -> None:
        """End what is still running; a later export starts it again."""


def write_settings(profile: Path) -> None:
    """Make a profile that allows nothing but reading and writing documents."""
    path = profile / "user" / "registrymodifications.xcu"
    items = "".join(
        f'<item oor:path="/org.openoffice.{group}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for group, name, value in _SETTINGS
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )


def stopped_midway() -> ConversionFailed:
    """Return the failure for a program that ended without a PDF."""
    return ConversionFailed("LibreOffice dừng giữa chừng khi chuyển văn bản này sang PDF.")
