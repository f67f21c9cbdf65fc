"""The written documentation, taken apart for tests."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = tuple(sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]))
MANUALS = tuple(page for page in PAGES if page.parent.name == "manual")
_FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.M | re.S)


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: its language, and what is in it."""

    page: Path
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class CommandLine:
    """One line that a reader may type."""

    page: Path
    text: str

    def __str__(self) -> str:
        return f"{self.page.name}: {self.text}"


def blocks(page: Path) -> list[Block]:
    """Return the fenced blocks of a page."""
    return [Block(page, *found) for found in _FENCE.findall(page.read_text("utf-8"))]


def prose(page: Path) -> str:
    """Return a page without its fenced blocks."""
    return _FENCE.sub("", page.read_text("utf-8"))


def command_lines() -> Iterator[CommandLine]:
    """Yield each line of each block marked `sh`, and each `thidua …` within the prose."""
    for page in PAGES:
        for block in blocks(page):
            if block.language == "sh":
                yield from (CommandLine(page, line) for line in block.text.splitlines() if line)
        for line in re.findall(r"`(thidua [^`\n]+)`", prose(page)):
            yield CommandLine(page, line)


def block_with(page: Path, words: str) -> Block:
    """Return the one block of a page in which these words stand."""
    (found,) = [block for block in blocks(page) if words in block.text]
    return found


def table_cells(page: Path, *, column: int) -> Iterator[str]:
    """Yield the cells of one column of every table of a page, without the headings."""
    previous = ""
    for line in page.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        is_row = line.startswith("|") and not line.startswith("|-")
        if is_row and (previous.startswith("|-") or previous == "row"):
            yield cells[column]
            previous = "row"
        else:
            previous = line


@cache
def texts_of_the_pages() -> str:
    """Return every text that a page of the product may show."""
    templates = (path for path in ROOT.glob("*/**/web/**/*.html") if ".venv" not in path.parts)
    found = [path.read_text("utf-8") for path in templates]
    for package in ("kernel", "services", "vnadmin"):
        for module in (ROOT / package).rglob("*.py"):
            tree = ast.parse(module.read_text("utf-8"))
            found += [node.value for node in ast.walk(tree) if _is_text(node)]
    return "\n".join(found)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
