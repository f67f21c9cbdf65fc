"""The parts of a package as any reader sees them."""

import io
import zipfile


def parts_in(data: bytes) -> dict[str, bytes]:
    """Return every part by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
