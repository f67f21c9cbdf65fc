"""A session as it is typed into its pages: kept as texts until everything is right."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict

from kernel.errors import Located
from kernel.web.forms import nest
from services.intake.domain.candidates import squashed
from services.intake.domain.council import MemberRole, SessionFacts
from services.intake.use_cases.viewing_council import Tallied
from services.intake.web.typed_report import visible
from vnadmin.amounts import format_number

_PLAIN = ("held_on", "begins", "ends", "place", "method", "needed_percent")
_FIGURES = ("in_favour", "against", "not_voting")
_MEMBER = ("name", "title", "role", "is_present", "reason")
_MOST_ROWS = 200
_LONGEST_PASTE = 50_000


def typed_facts(facts: SessionFacts) -> dict[str, Any]:
    """Return the facts as texts for the page."""
    percent = facts.needed_percent
    return {
        "held_on": facts.held_on.isoformat() if facts.held_on else "",
        "begins": f"{facts.begins:%H:%M}" if facts.begins else "",
        "ends": f"{facts.ends:%H:%M}" if facts.ends else "",
        "place": facts.place,
        "method": facts.method,
        "needed_percent": "" if percent is None else format_number(percent),
        "members": [
            {
                "name": it.name,
                "title": it.title,
                "role": it.role,
                "is_present": "true" if it.is_present else "false",
                "reason": it.reason,
            }
            for it in facts.members
        ],
        "guests": [{"name": it.name, "title": it.title} for it in facts.guests],
        "opinions": "\n".join(facts.opinions),
    }


def facts_of_form(form: MultiDict[str, str]) -> dict[str, Any]:
    """Return what was typed; a row without a name and a title is none."""
    tree = nest((key, visible(value)) for key, value in form.items())
    return {
        **{name: _text(tree, name) for name in _PLAIN},
        "members": _rows(tree.get("members"), _MEMBER),
        "guests": _rows(tree.get("guests"), ("name", "title")),
        "opinions": _text(tree, "opinions"),
    }


def loadable(typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the typed texts as the schema reads them: blanks are left out."""
    plain = {name: typed[name] for name in _PLAIN if typed[name].strip()}
    members = [
        {key: value for key, value in it.items() if value or key not in {"role", "is_present"}}
        for it in typed["members"]
    ]
    lines = (line.strip() for line in typed["opinions"].splitlines())
    return {
        **plain,
        "members": members,
        "guests": typed["guests"],
        "opinions": [line for line in lines if line],
    }


def with_more(typed: dict[str, Any], action: str, pasted: str) -> dict[str, Any]:
    """Return the typed facts with another row, or with the members that were pasted."""
    blank = {
        "name": "",
        "title": "",
        "role": MemberRole.MEMBER.value,
        "is_present": "true",
        "reason": "",
    }
    members, guests = list(typed["members"]), list(typed["guests"])
    if action == "add-members":
        members.append(blank)
    if action == "add-guests":
        guests.append({"name": "", "title": ""})
    if action == "paste":
        known = {squashed(it["name"]) for it in members}
        for line in visible(pasted)[:_LONGEST_PASTE].splitlines()[:_MOST_ROWS]:
            name, title, role = ([*map(str.strip, line.split("\t")), "", "", ""])[:3]
            if name and squashed(name) not in known:
                members.append({**blank, "name": name, "title": title, "role": _role(role)})
    return {**typed, "members": members, "guests": guests}


def typed_votes(tallied: Iterable[Tallied]) -> list[dict[str, str]]:
    """Return the votes as texts for the page, in its order."""
    return [_typed_vote(it) for it in tallied]


def votes_of_form(form: MultiDict[str, str]) -> list[dict[str, str]]:
    """Return the rows that were sent."""
    names = ("nominee_id", "version", "seen", *_FIGURES, "decided", "reason")
    tree = nest((key, visible(value)) for key, value in form.items())
    found = tree.get("votes")
    rows = found if isinstance(found, list) else []
    return [{name: _text(row, name) for name in names} for row in rows if isinstance(row, Mapping)]


def is_changed(row: Mapping[str, str]) -> bool:
    """Tell whether the row says something else than what was seen."""
    return _seen(row) != row["seen"]


def loadable_vote(row: Mapping[str, str]) -> dict[str, str]:
    """Return the row as the schema reads it."""
    return {key: value for key, value in row.items() if key != "seen"}


def all_in_favour(rows: Sequence[dict[str, str]], present: int) -> list[dict[str, str]]:
    """Return the rows with everybody in favour where nothing was typed."""
    whole = {"in_favour": str(present), "against": "0", "not_voting": "0"}
    return [row | whole if not any(row[name] for name in _FIGURES) else row for row in rows]


def pasted_votes(
    rows: Sequence[dict[str, str]], pasted: str, order: Sequence[Tallied]
) -> tuple[list[dict[str, str]], list[str]]:
    """Return the rows with what was pasted, and what could not be understood of it.

    A line begins with the number of the page or with the name; then come the figures.
    """
    ids = {str(number): str(it.id) for number, it in enumerate(order, 1)}
    names: dict[str, list[str]] = {}
    for it in order:
        names.setdefault(squashed(it.nomination.name), []).append(str(it.id))
    found: dict[str, dict[str, str]] = {}
    complaints = []
    for number, line in enumerate(visible(pasted)[:_LONGEST_PASTE].splitlines(), 1):
        cells = [cell.strip() for cell in line.split("\t") if cell.strip()]
        if not cells:
            continue
        figures = [cell for cell in cells[1:] if cell.isascii() and cell.isdigit()][-3:]
        mine = [ids[cells[0]]] if cells[0] in ids else names.get(squashed(cells[0]), [])
        if len(mine) != 1 or not figures:
            complaints.append(f"Dòng {number}: không rõ là ai hoặc thiếu số phiếu.")
            continue
        found[mine[0]] = dict(zip(_FIGURES, [*figures, "", ""], strict=False))
    return [row | found.get(row["nominee_id"], {}) for row in rows], complaints


def over_newest(rows: Sequence[dict[str, str]], tallied: Iterable[Tallied]) -> list[dict[str, str]]:
    """Return the rows as typed over what is kept now: who saves again has been told of it."""
    now = {str(it.id): _typed_vote(it) for it in tallied}
    merged = []
    for row in rows:
        kept = now.get(row["nominee_id"], row)
        said = row if is_changed(row) else kept
        merged.append({**said, "version": kept["version"], "seen": kept["seen"]})
    return merged


def errors_by_row(errors: Iterable[Located], changed: Sequence[int]) -> dict[str, str]:
    """Return the errors by form field; only the changed rows were sent on."""
    found: dict[str, str] = {}
    for error in errors:
        parts = error.pointer.removeprefix("#/").split("/")
        if len(parts) > 1 and parts[0] == "votes" and parts[1].isdigit():
            parts[1] = str(changed[int(parts[1])])
            parts[2:] = parts[2:] or ["in_favour"]
        found.setdefault("-".join(parts), error.detail)
    return found


def _typed_vote(it: Tallied) -> dict[str, str]:
    row = {
        "nominee_id": str(it.id),
        "version": str(it.version),
        "in_favour": _figure(it.votes.in_favour),
        "against": _figure(it.votes.against),
        "not_voting": _figure(it.votes.not_voting),
        "decided": it.votes.decided,
        "reason": it.votes.reason,
    }
    return {**row, "seen": _seen(row)}


def _seen(row: Mapping[str, str]) -> str:
    return "|".join(row[name].strip() for name in (*_FIGURES, "decided", "reason"))


def _figure(figure: int | None) -> str:
    return "" if figure is None else str(figure)


def _role(text: str) -> str:
    for role in MemberRole:
        if squashed(text) in {squashed(role.label), squashed(role.label.removesuffix(" Hội đồng"))}:
            return role.value
    return MemberRole.MEMBER.value


def _rows(found: Any, names: Sequence[str]) -> list[dict[str, str]]:
    rows = found if isinstance(found, list) else []
    typed = [{name: _text(it, name) for name in names} for it in rows if isinstance(it, Mapping)]
    return [it for it in typed if it["name"].strip() or it["title"].strip()]


def _text(tree: Mapping[str, Any], name: str) -> str:
    value = tree.get(name, "")
    return value if isinstance(value, str) else ""
