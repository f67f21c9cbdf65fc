"""The fonts of a theme: what a name such as minorHAnsi stands for."""

from lxml import etree

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SCRIPTS = {"Ascii": "latin", "HAnsi": "latin", "EastAsia": "ea", "Bidi": "cs"}


class Theme:
    """Names the fonts behind majorHAnsi, minorBidi and their like."""

    def __init__(self, root: etree._Element | None = None) -> None:
        self._fonts: dict[str, str] = {}
        if root is None:
            return
        for size in ("major", "minor"):
            for ending, script in _SCRIPTS.items():
                for font in root.iterfind(f".//{_A}{size}Font/{_A}{script}"):
                    self._fonts[f"{size}{ending}"] = font.get("typeface", "")

    def font(self, name: str) -> str:
        """Return the font, "" where the theme has none."""
        return self._fonts.get(name, "")
