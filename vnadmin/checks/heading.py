"""Finding the components at the head of a document: issuer, type, subject, authority."""

from collections.abc import Iterator, Sequence

from vnadmin.checks.lines import Line, named, next_written
from vnadmin.checks.wording import Wording, plain
from vnadmin.editions import Family

# Words that begin the name of a body; a second one in capitals below the first begins a new name.
_BODIES = (
    "uy ban", "ubnd", "hoi dong", "hdnd", "so ", "bo ", "ban ", "phong ", "van phong", "truong ",
    "trung tam", "tram ", "hoi ", "tong cuc", "cuc ", "chi cuc", "cong an", "thanh tra",
)  # fmt: skip
_NO_NAME = ("du thao", "mat", "toi mat", "tuyet mat")
_DECISIONS = ("quyet dinh", "nghi quyet")


def name_issuer(lines: list[Line]) -> list[Line]:
    """Name the lines beside Quốc hiệu: superior bodies above, the issuing body below."""
    beside = [at for at in _beside_national_name(lines) if _may_name_a_body(lines[at])]
    if not beside or any(lines[at].role for at in beside):
        return lines
    superior = _superior_lines([lines[at] for at in beside])
    roles = ["superior_body"] * superior + ["issuing_body"] * (len(beside) - superior)
    return named(lines, dict(zip(beside, roles, strict=True)))


def name_type(lines: list[Line], wording: Wording) -> list[Line]:
    """Name the line that says the type of document, unless its style has told already."""
    if any(line.role == "type_name" for line in lines):
        return lines
    for at, line in enumerate(lines):
        if _is_type(line, wording):
            return named(lines, {at: "type_name"})
    return lines


def name_abstract(lines: list[Line], family: Family) -> list[Line]:
    """Name what follows the type: the subject, and in decisions whose decision it is."""
    at = next((at for at, line in enumerate(lines) if line.role == "type_name"), None)
    if at is None or "abstract" in family.unchecked:
        return lines
    decides = plain(lines[at].text).startswith(_DECISIONS)
    found = next_written(lines, at)
    roles: dict[int, str] = {}
    if found is not None and _may_be_abstract(lines[found], decides=decides):
        roles[found] = "abstract"
    if decides:
        roles |= dict.fromkeys(_authority_lines(lines, at), "authority_line")
    return named(lines, roles)


def _beside_national_name(lines: list[Line]) -> Iterator[int]:
    """Yield the lines left of Quốc hiệu and above the number: of another cell, or before a tab."""
    for at, line in enumerate(lines):
        if line.role != "national_name":
            continue
        if line.cell is None:
            yield from _before_tabs(lines, at)
            return
        for other, beside in enumerate(lines):
            cell = beside.cell
            if cell is None or (cell.table, cell.row) != (line.cell.table, line.cell.row):
                continue
            if beside.role == "number_and_symbol":
                return
            if cell.column < line.cell.column:
                yield other
        return


def _before_tabs(lines: list[Line], at: int) -> Iterator[int]:
    """Yield what stands before a tab on the lines of Quốc hiệu and of Tiêu ngữ."""
    for here in (at, *(it for it, line in enumerate(lines) if line.role == "motto")):
        if here and lines[here - 1].paragraph is lines[here].paragraph:
            yield here - 1


def _may_name_a_body(line: Line) -> bool:
    words = plain(line.text)
    return (
        sum(letter.isalpha() for letter in words) > 2
        and words not in _NO_NAME
        and line.role in ("", "superior_body", "issuing_body")
    )


def _superior_lines(lines: Sequence[Line]) -> int:
    """Return how many of the lines name the superior body; the last never does."""
    upright = [line.is_bold for line in lines[:-1]]
    if any(line.is_bold for line in lines) and not all(line.is_bold for line in lines):
        # Who made a difference meant it: the first bold line begins the issuing body.
        return next((at for at, bold in enumerate(upright) if bold), len(lines) - 1)
    begins = [at for at, line in enumerate(lines) if plain(line.text).startswith(_BODIES)]
    return begins[-1] if len(begins) > 1 else 0


def _is_type(line: Line, wording: Wording) -> bool:
    if line.role or not line.is_whole or line.is_in_data_table:
        return False
    words = plain(line.text)
    if words in wording.type_names:
        # A word such as "Báo cáo" may stand alone anywhere; at the head it is set apart.
        return line.is_centred or line.is_upper or line.is_bold
    starts = any(words.startswith(f"{name} ") for name in wording.type_names)
    return starts and line.is_upper and line.is_centred


def _may_be_abstract(line: Line, *, decides: bool) -> bool:
    if line.role not in ("", "letter_abstract") or not line.is_whole or line.is_in_data_table:
        return False
    if line.is_upper and decides:
        return False
    return line.is_centred or line.is_bold or plain(line.text).startswith(("ve viec", "v v "))


def _authority_lines(lines: list[Line], type_at: int) -> Iterator[int]:
    """Yield the lines in capitals before the first article: whose decision, and its last word."""
    for at, line in enumerate(lines[type_at + 1 :], start=type_at + 1):
        if line.role in {"article", "recipients_label", "annex_label"}:
            return
        if not line.role and line.is_whole and line.cell is None and line.is_upper:
            yield at
