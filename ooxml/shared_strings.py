"""The texts of a workbook, which its cells name by number; only those that are used are kept."""

import re
from collections.abc import Collection, Mapping

from ooxml.workbooks import Workbook
from ooxml.xml import Listener, stream_xml

_MOST_ELEMENTS = 4_000_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def shared_strings(workbook: Workbook, used: Collection[int]) -> Mapping[int, str]:
    """Return the texts at these places, as far as the workbook has them."""
    part = workbook.strings_part
    if part is None or not used:
        return {}
    heard = _Heard(used)
    stream_xml(workbook.parts[part], part, heard, elements=_MOST_ELEMENTS)
    return heard.found


def unescaped(text: str) -> str:
    """Return the text with `_x000B_` as the character that Excel wrote so (§22.9.2.19)."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


class _Heard(Listener):
    """Joins the runs of each text, without the reading aids of East Asian scripts."""

    def __init__(self, used: Collection[int]) -> None:
        self.is_done = False
        self.found: dict[int, str] = {}
        self._used, self._last = frozenset(used), max(used)
        self._place = -1
        self._pieces: list[str] = []
        self._is_heard = self._in_phonetics = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if name == "si":
            self._place += 1
            self._pieces = []
        elif name == "rPh":
            self._in_phonetics = True
        elif name == "t":
            self._is_heard = self._place in self._used and not self._in_phonetics

    def data(self, text: str) -> None:
        if self._is_heard:
            self._pieces.append(text)

    def end(self, tag: str) -> None:
        name = tag.rpartition("}")[2]
        if name == "t":
            self._is_heard = False
        elif name == "rPh":
            self._in_phonetics = False
        elif name == "si":
            if self._place in self._used:
                self.found[self._place] = unescaped("".join(self._pieces))
            self.is_done = self._place >= self._last
