"""What a Word document is made of, as plain values with every style already applied."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ooxml.looks import CharacterLook, ParagraphLook


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look; capitals by formatting are capitals here, hidden text is left out."""

    text: str
    look: CharacterLook


@dataclass(frozen=True, slots=True)
class Field:
    """A field such as PAGE: its first word, and the look and place of what it shows."""

    name: str
    look: CharacterLook
    text_before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Where in which table; all counted from 1. A table in a table has an outer cell."""

    table: int
    row: int
    column: int
    is_bordered: bool = False
    has_border_below: bool = False
    outer: "Cell | None" = None

    @property
    def outermost(self) -> "Cell":
        """Return the cell of the table that stands in the text itself."""
        return self if self.outer is None else self.outer.outermost


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph; `style` and `style_name` are its style's id and the name Word shows."""

    part: str
    section: int
    runs: tuple[Run, ...]
    look: ParagraphLook
    style: str = ""
    style_name: str = ""
    cell: Cell | None = None
    controls: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    has_drawn_line: bool = False
    is_in_text_box: bool = False

    @property
    def text(self) -> str:
        """Return the text as it is seen."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A run of pages; lengths in twips, None where the document does not say.

    Headers and footers are those in force, by "default", "first" and "even".
    """

    number: int
    width: int | None = None
    height: int | None = None
    top: int | None = None
    bottom: int | None = None
    left: int | None = None
    right: int | None = None
    begins: str = "nextPage"
    has_title_page: bool = False
    first_page_number: int | None = None
    page_number_format: str = "decimal"
    headers: Mapping[str, tuple[Paragraph, ...]] = field(default_factory=dict)
    footers: Mapping[str, tuple[Paragraph, ...]] = field(default_factory=dict)

    @property
    def is_landscape(self) -> bool:
        """Tell whether the page lies on its long side."""
        return self.width is not None and self.height is not None and self.width > self.height


@dataclass(frozen=True, slots=True)
class UsedStyle:
    """A paragraph style that the document uses, or that new paragraphs begin with."""

    style_id: str
    name: str
    look: CharacterLook


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole document: the body's paragraphs in reading order, cells included, and its notes."""

    paragraphs: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    notes: tuple[Paragraph, ...] = ()
    styles: tuple[UsedStyle, ...] = ()
    has_even_headers: bool = False

    def every_paragraph(self) -> tuple[Paragraph, ...]:
        """Return all paragraphs, those of headers, footers and notes once each."""
        bands = (
            paragraph
            for section in self.sections
            for band in (section.headers, section.footers)
            for paragraphs in band.values()
            for paragraph in paragraphs
        )
        marginal = {id(paragraph): paragraph for paragraph in bands}
        return (*self.paragraphs, *marginal.values(), *self.notes)
