"""The paragraphs of a template's part as Word holds them: their text in pieces, and their place."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ooxml.xml import MC, w
from services.assembler.rendering.complaints import Place

_FALLBACK = f"{{{MC}}}Fallback"
_PROPERTIES = frozenset({w("pPr"), w("rPr"), w("sdtPr")})
# What may stand between two pieces of text, by the reason that it is told as.
_BETWEEN = {
    w(name): kind
    for kind, names in {
        "comment": ("commentRangeStart", "commentRangeEnd", "commentReference"),
        "bookmark": ("bookmarkStart", "bookmarkEnd"),
        "break": ("br", "cr"),
        "tab": ("tab", "ptab"),
        "field": ("fldChar", "instrText"),
        "picture": ("drawing", "pict", "object"),
        "note": ("footnoteReference", "endnoteReference"),
        "symbol": ("sym", "noBreakHyphen", "softHyphen"),
        "revision": ("delText", "moveFromRangeStart", "moveToRangeStart"),
    }.items()
    for name in names
}
_HOLDERS = {w("tbl"): w("tc"), w("tr"): w("tbl"), w("tc"): w("tr")}
_LABELS = {w("tbl"): "bảng {}", w("tr"): "hàng {}", w("tc"): "ô {}"}
# Word puts this bookmark by itself where somebody typed last.
_LAST_EDIT = "_GoBack"
_EXCERPT = 90


@dataclass(frozen=True, slots=True)
class Piece:
    """A text without a break; `between` names what stands between it and the piece before."""

    start: int
    text: str
    holder: etree._Element
    """What holds the run: the paragraph itself, a link, a content control, a tracked change."""
    between: frozenset[str]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a part, counted from 0 in the order of the document."""

    part: str
    number: int
    element: etree._Element
    pieces: tuple[Piece, ...]
    text: str
    cell: str
    """Where in which table: "bảng 2, hàng 1, ô 3"; empty outside of tables."""

    def around(self, name: str) -> etree._Element | None:
        """Return the nearest element of this name that holds the paragraph."""
        return next(self.element.iterancestors(w(name)), None)

    def place(self, offset: int = 0) -> str:
        """Return the place as its keeper finds it in Word."""
        part, excerpt = str(Place(self.part, "")), self._excerpt(offset)
        said = f"đoạn “{excerpt}”" if excerpt else f"đoạn trống thứ {self.number + 1}"
        return ", ".join(filter(None, (part, self.cell, said)))

    def _excerpt(self, offset: int) -> str:
        begin = max(0, min(offset - _EXCERPT // 3, len(self.text) - _EXCERPT))
        cut = self.text[begin : begin + _EXCERPT].strip()
        left, right = "…" if begin else "", "…" if begin + _EXCERPT < len(self.text) else ""
        return f"{left}{cut}{right}"


def paragraphs_of(part: str, root: etree._Element) -> tuple[Paragraph, ...]:
    """Return the paragraphs in the order of the document; second renderings are left out."""
    cells = _cell_names(root)
    found = (it for it in root.iter(w("p")) if next(it.iterancestors(_FALLBACK), None) is None)
    return tuple(_paragraph(part, number, it, cells) for number, it in enumerate(found))


def _paragraph(
    part: str, number: int, element: etree._Element, cells: dict[etree._Element, str]
) -> Paragraph:
    pieces = tuple(_pieces(element))
    cell = next(element.iterancestors(w("tc")), None)
    return Paragraph(
        part=part,
        number=number,
        element=element,
        pieces=pieces,
        text="".join(piece.text for piece in pieces),
        cell="" if cell is None else cells.get(cell, ""),
    )


def _pieces(paragraph: etree._Element) -> Iterator[Piece]:
    own_marks = {
        mark.get(w("id"))
        for mark in paragraph.iter(w("bookmarkStart"))
        if mark.get(w("name")) == _LAST_EDIT
    }
    start, between = 0, set[str]()
    for element, holder in _inside(paragraph, paragraph):
        kind = _BETWEEN.get(str(element.tag))
        if kind is not None:
            if kind != "bookmark" or element.get(w("id")) not in own_marks:
                between.add(kind)
        elif element.text:
            yield Piece(start, element.text, holder, frozenset(between))
            start += len(element.text)
            between = set()


def _inside(
    element: etree._Element, holder: etree._Element
) -> Iterator[tuple[etree._Element, etree._Element]]:
    """Yield texts and what stands between them; a text box is a matter of its own paragraphs."""
    for child in element:
        if child.tag == w("t") or child.tag in _BETWEEN:
            yield child, holder
        if child.tag in _PROPERTIES or child.tag in (w("p"), w("txbxContent"), _FALLBACK):
            continue
        if isinstance(child.tag, str):
            yield from _inside(child, holder if child.tag == w("r") else child)


def _cell_names(root: etree._Element) -> dict[etree._Element, str]:
    """Name every cell; a table within a cell is told by the cell that holds it."""
    names: dict[etree._Element, str] = {}
    numbers: dict[etree._Element, int] = {}
    counts: Counter[etree._Element] = Counter()
    for element in root.iter(w("tbl"), w("tr"), w("tc")):
        holder = next(element.iterancestors(_HOLDERS[str(element.tag)]), root)
        counts[holder] += 1
        numbers[element] = counts[holder]
        names[element] = _LABELS[str(element.tag)].format(numbers[element])
        if holder is not root:
            names[element] = f"{names[holder]}, {names[element]}"
    return names
