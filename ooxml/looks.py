"""How characters and paragraphs look once every style above them has been applied."""

from dataclasses import dataclass
from decimal import Decimal

# What Word falls back on where a document states nothing at all.
DEFAULT_FONT = "Times New Roman"
DEFAULT_HALF_POINTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CharacterLook:
    """The look of a run; `high_ansi_font` sets every letter with a diacritic."""

    ascii_font: str = DEFAULT_FONT
    high_ansi_font: str = DEFAULT_FONT
    complex_font: str = DEFAULT_FONT
    half_points: int = DEFAULT_HALF_POINTS
    is_bold: bool = False
    is_italic: bool = False
    underline: str = "none"
    colour: str = "auto"
    is_all_caps: bool = False
    is_hidden: bool = False
    vertical: str = "baseline"

    @property
    def size_pt(self) -> Decimal:
        """Return the size in points."""
        return Decimal(self.half_points) / 2

    def fonts_for(self, text: str) -> tuple[str, ...]:
        """Return the fonts in which this text is set, without repeats."""
        letters = [letter for letter in text if not letter.isspace()]
        fonts = [self.ascii_font] * any(letter.isascii() for letter in letters)
        fonts += [self.high_ansi_font] * any(not letter.isascii() for letter in letters)
        return tuple(dict.fromkeys(fonts))


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphLook:
    """The look of a paragraph; lengths in twips, a hanging indent is a negative first line.

    `line` counts 240ths of a line where `line_rule` is "auto", else twips.
    """

    alignment: str = "left"
    left: int = 0
    right: int = 0
    first_line: int = 0
    before: int = 0
    after: int = 0
    line: int = 240
    line_rule: str = "auto"
    keeps_with_next: bool = False
    drops_gap_between_alike: bool = False
    has_border_above: bool = False
    has_border_below: bool = False
    has_centre_tab: bool = False
    list_id: int = 0
    list_level: int = 0

    @property
    def is_list_item(self) -> bool:
        """Tell whether Word numbers or bullets the paragraph."""
        return self.list_id != 0
