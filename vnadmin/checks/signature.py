"""Finding the components at the foot of a document: signature and recipients."""

import re

from vnadmin.checks.lines import Line, named

_NO_LINE = re.compile(r"[(\[].*|.*(?:đã ký|ký tên|chữ ký|ký số).*", re.IGNORECASE)


def name_signature(lines: list[Line]) -> list[Line]:
    """Name the lines below "Nơi nhận:", and the lines of whoever signs beside it."""
    at = next((at for at, line in enumerate(lines) if line.role == "recipients_label"), None)
    roles: dict[int, str] = {}
    if at is not None:
        roles = dict.fromkeys(_recipients(lines, at), "recipients") | _signer(lines, at)
    lines = named(lines, {at: role for at, role in roles.items() if not lines[at].role})
    return named(lines, _titles_below_marks(lines))


def _recipients(lines: list[Line], label: int) -> list[int]:
    found = []
    for at in range(label + 1, len(lines)):
        line = lines[at]
        if line.cell != lines[label].cell:
            break
        if line.text.startswith("-"):
            found.append(at)
        elif line.text and line.cell is None:
            break
    return found


def _signer(lines: list[Line], label: int) -> dict[int, str]:
    """Return the roles in the cell right of the recipients: titles, then the name."""
    cell = lines[label].cell
    if cell is None:
        return {}
    beside = [
        at
        for at, line in enumerate(lines)
        if line.cell is not None
        and (line.cell.table, line.cell.row) == (cell.table, cell.row)
        and line.cell.column > cell.column
    ]
    written = [at for at in beside if lines[at].text and not _NO_LINE.fullmatch(lines[at].text)]
    if not written:
        return {}
    *titles, last = written
    roles = dict.fromkeys(titles, "signing_power")
    # Room for a signature stands before a name, not before a title.
    is_name = not lines[last].is_upper or not lines[last - 1].text
    roles[last] = "signer_name" if is_name and titles else "signing_power"
    return roles


def _titles_below_marks(lines: list[Line]) -> dict[int, str]:
    """Return the titles in capitals right below a line such as "TM. …", where no table tells."""
    roles: dict[int, str] = {}
    for at, line in enumerate(lines[1:], start=1):
        above = roles.get(at - 1, lines[at - 1].role)
        if above == "signing_power" and not line.role and line.is_upper and line.is_whole:
            roles[at] = "signing_power"
    return roles
