"""How PDFs will be made on this PC, said at the start."""

from collections.abc import Iterator

from embedded.settings import StackSettings
from services.assembler.rendering.pdf.converter import choose_converter
from services.assembler.settings import NO_SOFFICE

_PACKAGES = "libreoffice-writer-nogui python3-uno fonts-liberation2 fontconfig"
_SECONDS = 60


def shortcomings(settings: StackSettings) -> Iterator[str]:
    """Yield what is less than it could be; nothing where all is well."""
    soffice = "" if settings.soffice == NO_SOFFICE else settings.soffice
    condition = choose_converter(soffice, settings.data_dir / "work", _SECONDS).condition()
    if condition.is_best:
        return
    yield from condition.lines()
    yield f"To have it all: apt-get install -y --no-install-recommends {_PACKAGES}"
