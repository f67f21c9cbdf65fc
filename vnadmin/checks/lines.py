"""A document as the lines that are checked: its paragraphs without the tags of templates."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ooxml.looks import CharacterLook
from ooxml.structure import Cell, Paragraph, Run
from vnadmin.checks.findings import Place, place_of
from vnadmin.checks.wording import Wording
from vnadmin.text_folding import compose

# {{ … }} prints something; {% … %} and {# … #} print nothing, so their look does not count.
_CONTROL = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}", re.DOTALL)
# Where there is no table, tabs bring these to the right half of their lines.
_SET_BY_TABS = {"national_name", "motto", "place_and_date"}
_BREAK = re.compile(r"[\n\t]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One paragraph, or a piece of one where breaks and tabs set several components in it.

    `text` is composed, with single spaces; `role` is the code of the component that it is, ""
    where that is not known.
    """

    paragraph: Paragraph
    runs: tuple[Run, ...]
    text: str
    is_whole: bool = True
    role: str = ""

    @property
    def fixed_text(self) -> str:
        """Return the text that the template itself writes."""
        return " ".join(_PLACEHOLDER.sub(" ", self.text).split())

    @property
    def has_placeholder(self) -> bool:
        """Tell whether data is printed in this line."""
        return _PLACEHOLDER.search(self.text) is not None

    @property
    def looks(self) -> tuple[CharacterLook, ...]:
        """Return the looks of what is seen of the line, spaces left aside."""
        return tuple(dict.fromkeys(run.look for run in self.runs if not run.text.isspace()))

    @property
    def cell(self) -> Cell | None:
        """Return the cell of the outermost table that the line stands in."""
        return None if self.paragraph.cell is None else self.paragraph.cell.outermost

    @property
    def is_in_data_table(self) -> bool:
        """Tell whether the line stands in a table with lines, which holds data, not layout."""
        cell = self.paragraph.cell
        return cell is not None and cell.is_bordered

    @property
    def is_centred(self) -> bool:
        """Tell whether the line stands in the middle."""
        return self.paragraph.look.alignment == "center"

    @property
    def is_bold(self) -> bool:
        """Tell whether everything seen is bold."""
        looks = self.looks
        return bool(looks) and all(look.is_bold for look in looks)

    @property
    def is_upper(self) -> bool:
        """Tell whether the fixed text is in capitals; without letters nothing is."""
        return self.fixed_text.isupper()

    @property
    def place(self) -> Place:
        """Return where the line stands."""
        return place_of(self.paragraph, self.text)


def lines_of(paragraphs: Iterable[Paragraph], wording: Wording) -> list[Line]:
    """Return the lines; paragraphs that only hold control tags vanish, empty ones do not."""
    return [line for paragraph in paragraphs for line in _lines(paragraph, wording)]


def _lines(paragraph: Paragraph, wording: Wording) -> Iterator[Line]:
    runs = printed(paragraph)
    if not _has_ink(runs):
        if _has_ink(paragraph.runs):
            return
        runs = ()
    lines = [_line(paragraph, piece, is_whole=False) for piece in _pieces(runs) if _has_ink(piece)]
    roles = {wording.fixed_role(line.text) for line in lines} - {""}
    if roles if len(lines) > 1 else roles & _SET_BY_TABS:
        yield from lines
    else:
        yield _line(paragraph, runs, is_whole=True)


def _line(paragraph: Paragraph, runs: tuple[Run, ...], *, is_whole: bool) -> Line:
    text = " ".join(compose("".join(run.text for run in runs)).split())
    return Line(paragraph=paragraph, runs=runs, text=text, is_whole=is_whole)


def printed(paragraph: Paragraph) -> tuple[Run, ...]:
    """Return the runs without the control tags, which may begin in one run and end in another."""
    text = paragraph.text
    if "{" not in text:
        return paragraph.runs
    gone = {at for tag in _CONTROL.finditer(text) for at in range(*tag.span())}
    kept, start = [], 0
    for run in paragraph.runs:
        left = "".join(it for at, it in enumerate(run.text, start) if at not in gone)
        start += len(run.text)
        if left:
            kept.append(Run(left, run.look))
    return tuple(kept)


def _pieces(runs: tuple[Run, ...]) -> list[tuple[Run, ...]]:
    """Return the runs cut at line breaks and tabs; nothing where there is none to cut at."""
    if not any(_BREAK.search(run.text) for run in runs):
        return []
    pieces: list[list[Run]] = [[]]
    for run in runs:
        first, *others = _BREAK.split(run.text)
        pieces[-1].append(Run(first, run.look))
        pieces += [[Run(text, run.look)] for text in others]
    return [tuple(run for run in piece if run.text) for piece in pieces]


def _has_ink(runs: Iterable[Run]) -> bool:
    return any(run.text.strip() for run in runs)


def named(lines: list[Line], roles: Mapping[int, str]) -> list[Line]:
    """Return the lines, those at these places with these roles."""
    return [replace(line, role=roles[at]) if at in roles else line for at, line in enumerate(lines)]


def next_written(lines: Sequence[Line], at: int) -> int | None:
    """Return the place of the next line that says something."""
    return next((after for after in range(at + 1, len(lines)) if lines[after].text), None)
