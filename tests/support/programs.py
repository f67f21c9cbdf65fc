"""Programs that pip cannot bring: tests that need one are left out loudly, and never in CI."""

import shutil
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path

import playwright

NEEDED = {
    "libreoffice": ("soffice", "libreoffice"),
    "browser": ("chromium", "google-chrome", "chromium-browser"),
}
APT_LINE = (
    "apt-get install -y --no-install-recommends libreoffice-writer-nogui chromium libatomic1 curl "
    "fonts-liberation2 fonts-crosextra-carlito fonts-crosextra-caladea"
)

left_out: Counter[str] = Counter()


def path_of(need: str) -> Path | None:
    """Return the program that satisfies a need (the name of a marker), if it is installed."""
    if need == "browser" and not _driver_runs():
        return None
    for name in NEEDED[need]:
        found = shutil.which(name)
        if found:
            return Path(found)
    return None


@cache
def _driver_runs() -> bool:
    """Say whether the browser's driver starts; a bare Debian lacks a library that it needs."""
    driver = Path(playwright.__file__).parent / "driver" / "node"
    return subprocess.run([driver, "--version"], capture_output=True, check=False).returncode == 0
