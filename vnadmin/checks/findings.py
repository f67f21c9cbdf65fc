"""What a check of layout found: where, against which article, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from ooxml.structure import Cell, Paragraph
from vnadmin.editions import Component, Edition
from vnadmin.validity import Mark, Source

MAX_EXCERPT = 80
# Names of components that are words of the document itself, or proper names, keep their capital.
_PROPER = ("Quốc hiệu", "Tiêu ngữ", "Điều", "Kính gửi")
_PARTS = {
    "document": "Thân văn bản",
    "header": "Đầu trang",
    "footer": "Chân trang",
    "footnotes": "Chú thích cuối trang",
    "endnotes": "Chú thích cuối văn bản",
    "styles": "Kiểu chữ (Styles)",
}
# A rule that we only infer, or have from one weak source, never blocks a document.
_UNSURE = {Mark.WEAK, Mark.ASSUMED}


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"  # the document breaks the letter of a rule
    WARNING = "warning"  # someone should look at it


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands: a kind of part, perhaps a section, a cell, the words of the text."""

    part: str
    section: int | None = None
    cell: Cell | None = None
    excerpt: str = ""

    def __str__(self) -> str:
        pieces = [_PARTS.get(self.part, self.part)]
        if self.section is not None:
            pieces.append(f"phân đoạn (section) {self.section + 1}")
        if self.cell is not None:
            cell = self.cell.outermost
            pieces.append(f"bảng {cell.table}, hàng {cell.row}, ô {cell.column}")
        place = ", ".join(pieces)
        return f"{place}: “{self.excerpt}”" if self.excerpt else place


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutFinding:
    """Lỗi thể thức: `rule` is stable and names the check, the rest is Vietnamese."""

    severity: Severity
    rule: str
    article: str
    place: Place
    message: str
    suggestion: str


def place_of(paragraph: Paragraph, text: str = "") -> Place:
    """Return the place of a paragraph, or of a piece of it."""
    part = paragraph.part.rpartition("/")[2].removesuffix(".xml").rstrip("0123456789")
    return Place(part=part, cell=paragraph.cell, excerpt=shortened(text or paragraph.text))


def shortened(text: str) -> str:
    """Return the text on one line, cut to what a list of findings has room for."""
    line = " ".join(text.split())
    return line if len(line) <= MAX_EXCERPT else f"{line[: MAX_EXCERPT - 1]}…"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of an edition that a finding cites; makes the finding."""

    code: str
    source: Source
    edition: Edition

    def broken(self, place: Place, message: str, suggestion: str) -> LayoutFinding:
        """Return the finding: an error, if we are sure of the rule."""
        unsure = self.source.mark in _UNSURE
        return self._finding(
            Severity.WARNING if unsure else Severity.ERROR, place, message, suggestion
        )

    def doubtful(self, place: Place, message: str, suggestion: str) -> LayoutFinding:
        """Return a finding that someone should look at."""
        return self._finding(Severity.WARNING, place, message, suggestion)

    def _finding(
        self, severity: Severity, place: Place, message: str, suggestion: str
    ) -> LayoutFinding:
        whole, article = self.edition.source.article, self.source.article
        return LayoutFinding(
            severity=severity,
            rule=f"layout-{self.code}",
            article=article if article == whole else f"{article} {whole}",
            place=place,
            message=message,
            suggestion=suggestion,
        )


def name_within(component: Component) -> str:
    """Return a component's name as it stands within a sentence."""
    name = component.name
    return name if name.startswith(_PROPER) else name[0].lower() + name[1:]


def merged(findings: Iterable[LayoutFinding]) -> tuple[LayoutFinding, ...]:
    """Return findings that differ only in place as one, with the first place and their number."""
    groups: dict[LayoutFinding, list[LayoutFinding]] = {}
    nowhere = Place(part="")
    for finding in findings:
        groups.setdefault(replace(finding, place=nowhere), []).append(finding)
    return tuple(_counted(group) for group in groups.values())


def _counted(group: list[LayoutFinding]) -> LayoutFinding:
    first, *others = group
    if not others:
        return first
    return replace(first, message=f"{first.message} Còn {len(others)} chỗ nữa như vậy.")
