"""Programs that pip cannot bring: tests that need one are left out loudly, and never in CI."""

import shutil
from collections import Counter
from pathlib import Path

NEEDED = {
    "libreoffice": ("soffice", "libreoffice"),
    "browser": ("chromium", "google-chrome", "chromium-browser"),
}
APT_LINE = (
    "apt-get install -y --no-install-recommends libreoffice-writer-nogui chromium "
    "fonts-liberation2 fonts-crosextra-carlito fonts-crosextra-caladea"
)

left_out: Counter[str] = Counter()


def path_of(need: str) -> Path | None:
    """Return the program that satisfies a need (the name of a marker), if it is installed."""
    for name in NEEDED[need]:
        found = shutil.which(name)
        if found:
            return Path(found)
    return None
