"""How well this machine makes PDFs, for operators."""

from dataclasses import dataclass
from enum import StrEnum

from services.assembler.rendering.pdf.fonts import FontFault, FontFinding


class Way(StrEnum):
    """How a PDF is made here."""

    WARM = "warm"
    COLD = "cold"
    QUICK_VIEW = "quick-view"


_SAID = {
    Way.WARM: "PDFs of record by a LibreOffice that stays warm in each worker process",
    Way.COLD: "PDFs of record by a LibreOffice that is started for each, which is several times "
    "slower: no Python with LibreOffice's uno was found; install python3-uno",
    Way.QUICK_VIEW: "no LibreOffice: PDFs are quick views (bản xem nhanh), not of record; install "
    "libreoffice-writer-nogui and python3-uno",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """The way, and what is known of the fonts."""

    way: Way
    fonts: FontFinding

    @property
    def is_sound(self) -> bool:
        """Tell whether PDFs are of record and look as they must."""
        return self.way is not Way.QUICK_VIEW and self.fonts.fault is FontFault.NONE

    @property
    def is_best(self) -> bool:
        """Tell whether nothing could be better."""
        return self.is_sound and self.way is Way.WARM

    def lines(self) -> tuple[str, ...]:
        """Return what an operator should read; a quick view brings its own fonts."""
        said = _SAID[self.way]
        return (said,) if self.way is Way.QUICK_VIEW else (said, f"fonts: {self.fonts.summary}")
