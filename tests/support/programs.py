"""Programs that pip cannot bring: tests that need one are left out loudly, and never in CI."""

import shutil
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path

import playwright

from services.assembler.rendering.pdf.uno_python import find_uno_python

NEEDED = {
    "libreoffice": ("soffice", "libreoffice"),
    "browser": ("chromium", "google-chrome", "chromium-browser"),
    "node": ("node",),
}
# Only the bench's peers need it, and no part of the product: without it CI goes on, and says so.
NOT_OF_THE_PRODUCT = {"node": "apt-get install -y --no-install-recommends nodejs npm"}
APT_LINE = (
    "apt-get install -y --no-install-recommends libreoffice-writer-nogui python3-uno chromium "
    "libatomic1 curl fontconfig fonts-liberation2 fonts-crosextra-carlito fonts-crosextra-caladea"
)


def apt_line(need: str) -> str:
    """Return the command that brings what this need asks for."""
    return NOT_OF_THE_PRODUCT.get(need, APT_LINE)


left_out: Counter[str] = Counter()


def path_of(need: str) -> Path | None:
    """Return the program that satisfies a need (the name of a marker), if it is installed."""
    if need == "browser" and not _driver_runs():
        return None
    found = next(filter(None, map(shutil.which, NEEDED[need])), None)
    if found is None or (need == "libreoffice" and not _has_uno(Path(found))):
        return None
    return Path(found)


@cache
def _has_uno(soffice: Path) -> bool:
    """Say whether LibreOffice can be kept warm, as most tests of it do."""
    return find_uno_python(soffice) is not None


@cache
def _driver_runs() -> bool:
    """Say whether the browser's driver starts; a bare Debian lacks a library that it needs."""
    driver = Path(playwright.__file__).parent / "driver" / "node"
    return subprocess.run([driver, "--version"], capture_output=True, check=False).returncode == 0
