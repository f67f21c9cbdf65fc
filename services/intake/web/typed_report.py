"""The form of a report between browser and schema: rows as typed, kept whatever is wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from kernel.text import cleaned, first_forbidden_character
from kernel.web.forms import nest
from services.intake.domain.content import ReportContent, ReportedIndicator
from services.intake.domain.forms import PeriodForm
from vnadmin.amounts import format_number

Pairs = list[tuple[str, str]]

ROW_LISTS = ("movements", "nominations", "limitations", "directions")
_NOT_CONTENT = frozenset({"csrf_token", "action", "version"})
_REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class Press:
    """Which button was pressed: save, review, or a change of rows that saves nothing."""

    action: str
    rows: str = ""
    place: str = ""

    @classmethod
    def read(cls, typed: str) -> "Press":
        """Read ``draft``, ``review``, ``add-movements``, ``remove-nominations-2``."""
        action, _, rest = typed.partition("-")
        rows, _, place = rest.partition("-")
        if action in {"add", "remove"} and rows in ROW_LISTS:
            return cls(action, rows, place)
        return cls("review" if action == "review" else "draft")

    @property
    def changes_rows(self) -> bool:
        """Say whether only rows are added or removed."""
        return self.action in {"add", "remove"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRows:
    """The rows that the page shows; each a mapping of field names to what stands in them."""

    movements: list[Mapping[str, str]]
    indicators: list[Mapping[str, str]]
    achievements: list[Mapping[str, str]]
    nominations: list[Mapping[str, str]]
    limitations: list[str]
    directions: list[str]


def typed_data(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return the nested data of the form, without what is not content."""
    return nest((name, value) for name, value in pairs if name not in _NOT_CONTENT)


def without_row(pairs: Pairs, press: Press) -> Pairs:
    """Return the fields without those of the row that was removed."""
    row = f"{press.rows}-{press.place}"
    return [it for it in pairs if it[0] != row and not it[0].startswith(f"{row}-")]


def rows_asked(pairs: Pairs, press: Press) -> dict[str, int]:
    """Return how many rows each list should show: one more where one was asked for."""
    asked = {}
    for name in ROW_LISTS:
        present = {it[0].split("-")[1] for it in pairs if it[0].startswith(f"{name}-")}
        asked[name] = len(present) + (press.action == "add" and press.rows == name)
    return asked


def rows_of_typed(
    data: Mapping[str, Any], form: PeriodForm, unit_code: str, asked: Mapping[str, int]
) -> FormRows:
    """Return the rows as they were typed, with blank ones added up to the number asked for."""
    by_code = {str(it.get("code", "")): it for it in _mappings(data.get("indicators"))}
    by_prompt = {str(it.get("prompt", "")): it for it in _mappings(data.get("achievements"))}
    return FormRows(
        movements=_filled(_mappings(data.get("movements")), asked["movements"], {}),
        indicators=[
            {**by_code.get(it.code, {}), "code": it.code} for it in form.indicators_of(unit_code)
        ],
        achievements=[
            {**by_prompt.get(it.code, {}), "field": it.field, "prompt": it.code}
            for it in form.prompts_of(unit_code)
        ],
        nominations=_filled(_mappings(data.get("nominations")), asked["nominations"], {}),
        limitations=_filled(_texts(data.get("limitations")), asked["limitations"], ""),
        directions=_filled(_texts(data.get("directions")), asked["directions"], ""),
    )


def rows_of_content(content: ReportContent, form: PeriodForm, unit_code: str) -> FormRows:
    """Return the rows of what was saved, with one blank row where a list is empty."""
    movements = [{"name": it.name, "result": it.result} for it in content.movements]
    return FormRows(
        movements=_filled(movements, 1, {}),
        indicators=[
            _indicator_row(content.indicator(it.code)) for it in form.indicators_of(unit_code)
        ],
        achievements=[
            {"field": it.field, "prompt": it.code, "text": "\n".join(content.answers_to(it))}
            for it in form.prompts_of(unit_code)
        ],
        nominations=[asdict(it) for it in content.nominations],
        limitations=_filled(list(content.limitations), 1, ""),
        directions=_filled(list(content.directions), 1, ""),
    )


def _indicator_row(reported: ReportedIndicator) -> Mapping[str, str]:
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


def _mappings(value: Any) -> list[Mapping[str, str]]:
    rows = value if isinstance(value, list) else []
    return [
        {key: visible(str(inner)) for key, inner in row.items()}
        for row in rows
        if isinstance(row, Mapping)
    ]


def _texts(value: Any) -> list[str]:
    rows = value if isinstance(value, list) else []
    return [visible(row) for row in rows if isinstance(row, str)]


def _filled(rows: list[Any], number: int, blank: Any) -> list[Any]:
    return rows + [blank] * (number - len(rows))


def visible(text: str) -> str:
    """Return the text with a visible sign in place of each character that a page cannot show."""
    shown = cleaned(text)
    if first_forbidden_character(shown) is None:
        return shown
    return "".join(_REPLACEMENT if first_forbidden_character(it) else it for it in shown)
