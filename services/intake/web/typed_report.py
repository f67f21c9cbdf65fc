"""One part of a report between browser and schema: rows as typed, kept whatever is wrong."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any

from kernel.errors import Located
from kernel.text import cleaned, first_forbidden_character
from kernel.web.forms import by_field, nest
from services.intake.domain.content import ReportContent, ReportedIndicator
from services.intake.domain.forms import Part, PeriodForm
from vnadmin.amounts import format_number

Pairs = Sequence[tuple[str, str]]
Row = Mapping[str, str]

ROW_LISTS = frozenset({Part.MOVEMENTS, Part.NOMINATIONS, Part.LIMITATIONS, Part.DIRECTIONS})
TEXT = "text"  # the one field of a row that is a text by itself
_PLAIN_LISTS = frozenset({Part.LIMITATIONS, Part.DIRECTIONS})
_NOT_CONTENT = frozenset(
    {
        "csrf_token",
        "action",
        "version",
        "editor",
        "idempotency_key",
        "removed",
        "nothing",
        "settles",
    }
)
_REPLACEMENT = "\ufffd"
_LONGEST_REMOVED = 60_000


@dataclass(frozen=True, slots=True)
class Press:
    """Which button was pressed: save, go on, or a change of rows that saves nothing."""

    action: str
    place: int = -1

    @classmethod
    def read(cls, typed: str) -> "Press":
        """Read ``save``, ``next``, ``add``, ``remove-2``, ``up-2``, ``down-2``, ``undo``."""
        action, _, place = typed.partition("-")
        if action in {"add", "undo", "next"}:
            return cls(action)
        is_of_row = action in {"remove", "up", "down"} and place.isdecimal() and len(place) < 6
        return cls(action, int(place)) if is_of_row else cls("save")

    @property
    def changes_rows(self) -> bool:
        """Say whether only rows are added, moved or removed."""
        return self.action in {"add", "remove", "up", "down", "undo"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRows:
    """What the page of a part shows; `removed` is the row that may still be taken back."""

    part: Part
    rows: tuple[Row, ...]
    has_nothing: bool = False
    removed: str = ""


def typed_data(pairs: Pairs, part: Part) -> dict[str, Any]:
    """Return the nested data of the part, without what is not content."""
    data = nest((name, value) for name, value in pairs if name not in _NOT_CONTENT)
    if dict(pairs).get("nothing"):
        data["nothing_to_report"] = [part.value]
    return data


def rows_of_typed(pairs: Pairs, part: Part, form: PeriodForm, unit_code: str) -> PartRows:
    """Return the rows as they were typed, blank ones too."""
    fields = dict(pairs)
    typed = tuple(row for _, row in _numbered(pairs, part))
    if part is Part.INDICATORS:
        by_code = {row.get("code", ""): row for row in typed}
        typed = tuple(
            {**by_code.get(it.code, {}), "code": it.code} for it in form.indicators_of(unit_code)
        )
    if part is Part.ACHIEVEMENTS:
        by_prompt = {row.get("prompt") or row.get("field", ""): row for row in typed}
        typed = tuple(
            {**by_prompt.get(it.code, {}), "field": it.field, "prompt": it.code}
            for it in form.prompts_of(unit_code)
        )
    return PartRows(
        part=part,
        rows=typed,
        has_nothing=bool(fields.get("nothing")),
        removed=visible(fields.get("removed", "")),
    )


def rows_of_content(
    content: ReportContent, part: Part, form: PeriodForm, unit_code: str
) -> PartRows:
    """Return the rows of what was saved, with one blank row where a list is empty."""
    has_nothing = part in content.nothing_to_report
    rows = _content_rows(content, part, form, unit_code)
    if part in ROW_LISTS and not rows and not has_nothing:
        rows = ({},)
    return PartRows(part=part, rows=rows, has_nothing=has_nothing)


def pressed(rows: PartRows, press: Press) -> PartRows:
    """Return the rows after a button that adds, moves, removes or takes back a row."""
    listed = list(rows.rows)
    if press.action == "add":
        return replace(rows, rows=(*listed, {}), has_nothing=False)
    if press.action == "undo":
        return _taken_back(rows)
    if press.place >= len(listed):
        return rows
    row = listed.pop(press.place)
    if press.action == "remove":
        removed = json.dumps({"place": press.place, "row": row}, ensure_ascii=False)
        return replace(rows, rows=tuple(listed), removed=removed)
    listed.insert(max(0, press.place + (1 if press.action == "down" else -1)), row)
    return replace(rows, rows=tuple(listed))


def errors_by_field(errors: Iterable[Located], pairs: Pairs, part: Part) -> dict[str, str]:
    """Return the errors by field; blank rows, which no schema sees, keep their place."""
    filled = [
        place
        for place, (_, row) in enumerate(_numbered(pairs, part))
        if any(value.strip() for value in row.values())
    ]
    return {_placed(name, filled, part): detail for name, detail in by_field(errors).items()}


def _placed(name: str, filled: Sequence[int], part: Part) -> str:
    if name.startswith("nothing_to_report"):
        return "nothing"
    head, _, rest = name.partition("-")
    number, _, last = rest.partition("-")
    if head != part or not number.isdecimal() or int(number) >= len(filled):
        return name
    return "-".join([head, str(filled[int(number)]), *([last] if last else [])])


def _numbered(pairs: Pairs, part: Part) -> list[tuple[int, Row]]:
    """Return the rows of the part by the number in the names of their fields."""
    rows: dict[int, dict[str, str]] = {}
    for name, value in pairs:
        head, _, rest = name.partition("-")
        number, _, last = rest.partition("-")
        if head == part and number.isdecimal() and len(number) < 9:
            rows.setdefault(int(number), {})[last or TEXT] = visible(value)
    return sorted(rows.items())


def _taken_back(rows: PartRows) -> PartRows:
    try:
        removed = json.loads(rows.removed[:_LONGEST_REMOVED])
        place, row = removed["place"], removed["row"]
        if not isinstance(place, int):
            raise TypeError("a place is a number")
        again = {str(key): visible(str(value)) for key, value in row.items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return replace(rows, removed="")  # not what a page of ours sends
    listed = list(rows.rows)
    listed.insert(min(max(0, place), len(listed)), again)
    return replace(rows, rows=tuple(listed), removed="")


def _content_rows(
    content: ReportContent, part: Part, form: PeriodForm, unit_code: str
) -> tuple[Row, ...]:
    if part is Part.INDICATORS:
        return tuple(
            _indicator_row(content.indicator(it.code)) for it in form.indicators_of(unit_code)
        )
    if part is Part.ACHIEVEMENTS:
        return tuple(
            {"field": it.field, "prompt": it.code, TEXT: "\n".join(content.answers_to(it))}
            for it in form.prompts_of(unit_code)
        )
    if part in _PLAIN_LISTS:
        return tuple({TEXT: it} for it in getattr(content, part.value))
    return tuple(asdict(it) for it in getattr(content, part.value))


def _indicator_row(reported: ReportedIndicator) -> Row:
    return {
        "code": reported.code,
        "plan": _typed(reported.plan),
        "actual": _typed(reported.actual),
        "reported_percent": _typed(reported.reported_percent),
        "at_least": "true" if reported.at_least else "",
        "reason": reported.reason,
    }


def _typed(figure: Decimal | None) -> str:
    return "" if figure is None else format_number(figure)


def visible(text: str) -> str:
    """Return the text with a visible sign in place of each character that a page cannot show."""
    shown = cleaned(text)
    if first_forbidden_character(shown) is None:
        return shown
    return "".join(_REPLACEMENT if first_forbidden_character(it) else it for it in shown)
