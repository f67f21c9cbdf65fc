"""A Python that has LibreOffice's `uno` module; it is never ours, which lives in its own venv."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

NO_PYTHON = "none"
_TIMEOUT_SECONDS = 20


def find_uno_python(soffice: Path, given: str | None = None) -> Path | None:
    """Return the Python to run the bridge with, or None.

    `given` is the only one that is tried, and "none" asks for none. Otherwise LibreOffice's own is
    looked for, as its makers ship it, and then the distribution's (Debian: python3-uno).
    """
    if given == NO_PYTHON:
        return None
    candidates = [Path(given)] if given else _usual(soffice)
    return next((python for python in candidates if _has_uno(python)), None)


def _usual(soffice: Path) -> Iterator[Path]:
    yield soffice.resolve().with_name("python")
    for folder in os.defpath.split(os.pathsep):
        yield Path(folder or ".") / "python3"


def _has_uno(python: Path) -> bool:
    if not os.access(python, os.X_OK):
        return False
    try:
        tried = subprocess.run(  # noqa: S603 - the paths above, or the operator's
            [python, "-s", "-c", "import uno"],
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            capture_output=True,
            check=False,
            timeout=_TIMEOUT_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return tried.returncode == 0
