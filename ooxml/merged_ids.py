"""Names and numbers that must not be twice in one document: drawings, bookmarks, paragraphs."""

import re
from itertools import count

from lxml import etree

from ooxml.xml import w

_WP_PROPERTIES = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_PARAGRAPH_IDS = (f"{_W14}paraId", f"{_W14}textId")
_LONGEST_BOOKMARK = 40
_CODES = (w("instrText"), w("delInstrText"))


class Identities:
    """Gives every document after the first its own; the first keeps what it has."""

    def __init__(self) -> None:
        self._drawings, self._bookmarks, self._documents = count(1), count(0), count(1)

    def make_unique(self, root: etree._Element, *, is_first: bool) -> None:
        """Change the tree in place."""
        for drawing in root.iter(_WP_PROPERTIES):
            drawing.set("id", str(next(self._drawings)))
        self._renumber_bookmarks(root)
        number = next(self._documents)
        if is_first:
            return
        _rename_bookmarks(root, f"_{number}")
        # Word gives both anew where they are missing.
        for paragraph in root.iter(w("p"), w("tr")):
            for name in _PARAGRAPH_IDS:
                paragraph.attrib.pop(name, None)
        for control in root.iter(w("sdtPr")):
            for identity in control.findall(w("id")):
                control.remove(identity)

    def _renumber_bookmarks(self, root: etree._Element) -> None:
        given: dict[str | None, str] = {}
        for start in root.iter(w("bookmarkStart")):
            given[start.get(w("id"))] = number = str(next(self._bookmarks))
            start.set(w("id"), number)
        for end in root.iter(w("bookmarkEnd")):
            end.set(w("id"), given.get(end.get(w("id")), "0"))


def _rename_bookmarks(root: etree._Element, suffix: str) -> None:
    names = {start.get(w("name"), "") for start in root.iter(w("bookmarkStart"))}
    if not names:
        return
    renamed = {name: name[: _LONGEST_BOOKMARK - len(suffix)] + suffix for name in names}
    for start in root.iter(w("bookmarkStart")):
        start.set(w("name"), renamed[start.get(w("name"), "")])
    for link in root.iter(w("hyperlink")):
        anchor = link.get(w("anchor"))
        if anchor in renamed:
            link.set(w("anchor"), renamed[anchor])
    word = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(names)))
    for code in root.iter(*_CODES):
        code.text = word.sub(lambda match: renamed[match[0]], code.text or "")
    for simple in root.iter(w("fldSimple")):
        instruction = simple.get(w("instr"), "")
        simple.set(w("instr"), word.sub(lambda match: renamed[match[0]], instruction))
