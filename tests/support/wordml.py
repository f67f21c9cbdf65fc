"""What a Word document says of its own layout, with styles resolved, for tests of templates."""

from dataclasses import dataclass

from lxml import etree

from ooxml.package import DOCUMENT, Package, open_package
from ooxml.text import text_of
from ooxml.xml import w


@dataclass(frozen=True, slots=True)
class Look:
    """How one paragraph is set: what its style says, in Word's units."""

    style: str
    text: str
    half_points: int
    bold: bool
    italic: bool
    justification: str
    after: int
    line: int
    first_line: int
    keeps_with_next: bool


class WordDocument:
    """Reads paragraphs, sections and controls of a .docx."""

    def __init__(self, data: bytes) -> None:
        self.package: Package = open_package(data)
        self.body = self.package.tree(DOCUMENT)
        styles = self.package.tree("word/styles.xml")
        self.defaults = styles.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")
        self._styles = {style.get(w("styleId")): style for style in styles.iter(w("style"))}

    def looks(self, style: str) -> list[Look]:
        """Return the paragraphs of one style."""
        return [look for look in map(self._look, self.body.iter(w("p"))) if look.style == style]

    def paragraphs(self) -> list[Look]:
        """Return every paragraph of the body."""
        return [self._look(paragraph) for paragraph in self.body.iter(w("p"))]

    def sections(self) -> list[etree._Element]:
        """Return the properties of every section."""
        return list(self.body.iter(w("sectPr")))

    def normal(self) -> etree._Element:
        """Return the character properties of the style Normal."""
        return self._styles["Normal"].find(w("rPr"))

    def rule_lengths(self) -> list[int]:
        """Return the length of each drawn rule, in twips, in order."""
        lengths = []
        for paragraph in self.body.iter(w("p")):
            indent = paragraph.find(f"{w('pPr')}/{w('ind')}")
            if indent is not None and self._look(paragraph).style.startswith("rule"):
                sides = int(indent.get(w("left"))) + int(indent.get(w("right")))
                lengths.append(self._width_around(paragraph) - sides)
        return lengths

    def _width_around(self, paragraph: etree._Element) -> int:
        cell = next(paragraph.iterancestors(w("tc")), None)
        if cell is not None:
            return int(cell.find(f"{w('tcPr')}/{w('tcW')}").get(w("w")))
        section = next(found for it in paragraph.itersiblings() for found in it.iter(w("sectPr")))
        size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
        return int(size.get(w("w"))) - int(margins.get(w("left"))) - int(margins.get(w("right")))

    def _look(self, paragraph: etree._Element) -> Look:
        properties = paragraph.find(w("pPr"))
        name = properties.find(w("pStyle")).get(w("val"))
        style = self._styles[name]
        runs, text = style.find(w("rPr")), style.find(w("pPr"))
        spacing = text.find(w("spacing"))
        keeps = [it.find(w("keepNext")) is not None for it in (properties, text)]
        return Look(
            style=name,
            text=text_of(paragraph).strip(),
            half_points=int(runs.find(w("sz")).get(w("val"))),
            bold=runs.find(w("b")) is not None,
            italic=runs.find(w("i")) is not None,
            justification=text.find(w("jc")).get(w("val")),
            after=int(spacing.get(w("after"))),
            line=int(spacing.get(w("line"))),
            first_line=int(text.find(w("ind")).get(w("firstLine"), "0")),
            keeps_with_next=any(keeps),
        )
