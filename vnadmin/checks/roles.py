"""Which line is which component of form; a line that cannot be told has no role and no rule."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ooxml.structure import Document
from vnadmin.checks.heading import name_abstract, name_issuer, name_type
from vnadmin.checks.lines import Line, lines_of, named, next_written
from vnadmin.checks.signature import name_signature
from vnadmin.checks.wording import Wording, plain
from vnadmin.editions import Edition, Family

RUNNING_TEXT = frozenset({"body", "clause", "clause_heading", "point", "article", "legal_basis"})
# These stand once; what looks like them further on is a mention of another document.
_ONCE = frozenset(
    {"national_name", "motto", "number_and_symbol", "place_and_date", "letter_abstract"}
)
_IN_ANY_TABLE = _ONCE | {"recipients_label"}
_BASES = ("Căn cứ ", "Theo đề nghị ", "Xét đề nghị ", "Xét ")
_SECTION = re.compile(r"[IVX]+\.\s+\S.*")
_TITLES = {"part_label": "part_title", "section_label": "section_title"}
_HEAD = ("type_name", "abstract", "letter_abstract", "place_and_date", "addressees")
_FOOT = ("recipients_label", "signing_power", "recipients")
# A line longer than this fills the page, so that its setting is seen.
FULL_LINE = 80
_LONGEST_HEADING = 250
_MOST_ANNEX_TITLES = 4


def recognised(
    document: Document, edition: Edition, family_code: str = ""
) -> tuple[Family, tuple[Line, ...]]:
    """Return the family of the document and the lines of its body, each with its role.

    Without a code, the family is what the document's own title says.
    """
    wording = Wording(edition)
    lines = lines_of(document.paragraphs, wording)
    lines = _once([replace(line, role=_own_role(line, wording)) for line in lines])
    lines = name_issuer(name_type(lines, wording))
    family = edition.family(family_code) if family_code else _family_of(lines, edition)
    lines = _with_addressees(name_abstract(lines, family))
    lines = _titled(_with_legal_basis(lines))
    lines = name_signature(_with_annex_titles(_with_sections(lines)))
    if family.has_running_text:
        lines = named(lines, dict.fromkeys(_running_text(lines), "body"))
    return family, tuple(_released(line, family) for line in lines)


def _own_role(line: Line, wording: Wording) -> str:
    """Return the role that the line's own words tell, else its style."""
    fixed = wording.fixed_role(line.text)
    if fixed and line.is_in_data_table:
        return fixed if fixed in _IN_ANY_TABLE else ""
    style = wording.style_role(line.paragraph.style, line.paragraph.style_name)
    if style == "annex_label" and not fixed and line.fixed_text:
        # A list that is annexed bears a title of its own, "DANH SÁCH", in place of the label.
        return "annex_title"
    return fixed or (style if line.text and line.is_whole else "")


def _once(lines: list[Line]) -> list[Line]:
    seen: set[str] = set()
    roles = {}
    for at, line in enumerate(lines):
        if line.role in _ONCE and line.role in seen:
            roles[at] = ""
        seen.add(line.role)
    return named(lines, roles)


def _family_of(lines: Sequence[Line], edition: Edition) -> Family:
    types = [plain(line.text) for line in lines if line.role == "type_name"]
    for family in edition.families:
        if any(it.startswith(plain(title)) for it in types for title in family.titles):
            return family
    has_letter = any(line.role == "letter_abstract" for line in lines)
    return edition.family("letter" if has_letter and not types else "named")


def _with_addressees(lines: list[Line]) -> list[Line]:
    """Name the lines of a list below "Kính gửi:"; in a template the list is one placeholder."""
    roles: dict[int, str] = {}
    follows = False
    for at, line in enumerate(lines):
        if line.role or not line.text:
            is_label = line.role == "addressees" and line.text.endswith(":")
            follows = is_label or (follows and not line.text)
            continue
        follows = follows and (line.text.startswith("-") or not line.fixed_text)
        if follows:
            roles[at] = "addressees"
    return named(lines, roles)


def _with_legal_basis(lines: list[Line]) -> list[Line]:
    """Name the legal bases: a sentence that begins alike but leads on with a colon is none."""
    roles = {}
    follows = False
    for at, line in enumerate(lines):
        if line.role or not line.text or line.cell is not None:
            follows = follows and (not line.text or line.role == "legal_basis")
            continue
        ends = (";", ".", ",") if follows else (";",)
        follows = line.text.startswith(_BASES) and line.text.endswith(ends)
        if follows:
            roles[at] = "legal_basis"
    return named(lines, roles)


def _titled(lines: list[Line]) -> list[Line]:
    """Name the title below the label of a part or section."""
    roles = {}
    for at, line in enumerate(lines):
        below = next_written(lines, at)
        if line.role in _TITLES and below is not None and _is_set_apart(lines[below]):
            roles[below] = _TITLES[line.role]
    return named(lines, roles)


def _with_annex_titles(lines: list[Line]) -> list[Line]:
    """Name what stands between the label of an annex and the line that says what it belongs to."""
    roles: dict[int, str] = {}
    for at, line in enumerate(lines):
        if line.role == "annex_label":
            roles |= dict.fromkeys(_annex_titles(lines, at), "annex_title")
    return named(lines, roles)


def _annex_titles(lines: list[Line], label: int) -> Iterator[int]:
    at = label
    for _ in range(_MOST_ANNEX_TITLES):
        below = next_written(lines, at)
        if below is None or not _is_set_apart(lines[below]):
            return
        yield below
        at = below


def _is_set_apart(line: Line) -> bool:
    is_heading = line.is_centred or line.is_bold or line.is_upper
    return not line.role and line.is_whole and not line.is_in_data_table and is_heading


def _with_sections(lines: list[Line]) -> list[Line]:
    return named(
        lines,
        {
            at: "numbered_section"
            for at, line in enumerate(lines)
            if not line.role
            and line.cell is None
            and (line.is_bold or line.is_upper)
            and len(line.text) <= _LONGEST_HEADING
            and _SECTION.fullmatch(line.text)
        },
    )


def _running_text(lines: list[Line]) -> Iterator[int]:
    """Yield the sentences between the head and the foot of the document, and of its annexes."""
    ends = [at for at, line in enumerate(lines) if line.role in _FOOT]
    last = ends[0] if ends else len(lines)
    start = max((at for at, line in enumerate(lines[:last]) if line.role in _HEAD), default=-1)
    for at, line in enumerate(lines):
        if (start < at < last or (ends and at > ends[-1])) and _is_sentence(line):
            yield at


def _is_sentence(line: Line) -> bool:
    if line.role or not line.is_whole or line.cell is not None or line.paragraph.is_in_text_box:
        return False
    is_long = len(line.text) >= FULL_LINE or (line.has_placeholder and not line.is_bold)
    return is_long and line.paragraph.look.alignment in ("left", "both")


def _released(line: Line, family: Family) -> Line:
    return replace(line, role="") if line.role in family.unchecked else line
