"""The families of fonts that this machine can print with, as fontconfig knows them."""

import shutil
import subprocess
from functools import cache

_SECONDS = 10


@cache
def installed_fonts() -> tuple[str, ...] | None:
    """Return the names of the families; None on a machine that cannot tell, or that prints nothing.

    The web's own image has no fonts: PDFs are made by the workers.
    """
    return families_told_by(shutil.which("fc-list"))


def families_told_by(program: str | None) -> tuple[str, ...] | None:
    """Return the families that fontconfig's lister names, each once; None without any."""
    if program is None:
        return None
    told = subprocess.run(  # noqa: S603 - a fixed program without input
        [program, ":", "family"], capture_output=True, text=True, check=True, timeout=_SECONDS
    )
    names = {name.strip() for line in told.stdout.splitlines() for name in line.split(",")}
    return tuple(sorted(names - {""})) or None
