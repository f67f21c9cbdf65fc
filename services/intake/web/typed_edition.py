"""The editor of forms between browser and schema: what was typed, kept whatever is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from marshmallow import ValidationError, fields, validate
from werkzeug.datastructures import MultiDict

from kernel.contracts.schema import LONG, REQUIRED, StrictSchema, Text
from kernel.errors import Located
from services.intake.domain.form_editing import Item, Rows, items_of
from services.intake.domain.forms import AskedIndicator, NarrativePrompt, PeriodForm
from services.intake.persistence.documents import (
    AskedIndicatorSchema,
    HeadingSchema,
    NarrativePromptSchema,
)
from services.intake.web.schemas import TypedFigure
from services.intake.web.typed_report import visible
from vnadmin.amounts import format_number

Typed: TypeAlias = dict[str, Any]
"""Field names of a page with what stands in them: texts, or lists of what is ticked."""

_NOT_CONTENT = frozenset({"csrf_token", "action", "version", "idempotency_key"})
_LISTS = ("unit_codes", "parts", "kinds")
_WHOLE: dict[str, Any] = {"invalid": "Phải là một số nguyên."}


class TypedHeadingSchema(HeadingSchema):
    """A heading as it was typed; without a code it gets the one that its name proposes."""

    code = Text(load_default="", blank=True, max_length=64)


class TypedPromptSchema(NarrativePromptSchema):
    """A question as it was typed."""

    code = Text(load_default="", blank=True, max_length=64)
    max_length = fields.Integer(
        load_default=LONG,
        validate=validate.Range(1, LONG, error=f"Từ 1 đến {format_number(Decimal(LONG))} ký tự."),
        error_messages=_WHOLE,
    )


class TypedAskedIndicatorSchema(AskedIndicatorSchema):
    """An indicator as it was typed."""

    code = Text(load_default="", blank=True, max_length=64)
    plan = TypedFigure(load_default=None)
    base = TypedFigure(load_default=None)
    jump_bound = TypedFigure(load_default=None)
    decimals = fields.Integer(
        load_default=2,
        validate=validate.Range(0, 6, error="Từ 0 đến 6 chữ số."),
        error_messages=_WHOLE,
    )


SCHEMAS: Mapping[Rows, type[StrictSchema]] = {
    Rows.HEADINGS: TypedHeadingSchema,
    Rows.PROMPTS: TypedPromptSchema,
    Rows.INDICATORS: TypedAskedIndicatorSchema,
}


class Day(fields.Date):
    """A day as people type it (15/01/2024), or as programs write it."""

    default_error_messages = {
        "required": REQUIRED,
        "null": REQUIRED,
        "invalid": "Phải là một ngày có thật, ví dụ 15/12/2024.",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        parts = str(value).strip().split("/")
        is_typed = len(parts) == 3 and all(part.isdecimal() for part in parts)
        iso = "-".join((parts[2], parts[1].zfill(2), parts[0].zfill(2))) if is_typed else value
        day = super()._deserialize(iso, attr, data, **kwargs)
        if not date(2000, 1, 1) <= day < date(2100, 1, 1):
            raise ValidationError("Ngày phải từ năm 2000 đến năm 2099.")
        return day


def typed_of(form: MultiDict[str, str]) -> Typed:
    """Return what was typed into the page of one row."""
    typed: Typed = {
        name: form.getlist(name) if name in _LISTS else form[name]
        for name in form
        if name not in _NOT_CONTENT
    }
    return typed


def without_blanks(typed: Typed, *names: str) -> Typed:
    """Return what was typed, without these fields where they were left empty."""
    return {name: value for name, value in typed.items() if name not in names or str(value).strip()}


def shown(typed: Typed) -> Typed:
    """Return what was typed as a page can show it."""
    return {
        name: [visible(it) for it in value] if isinstance(value, list) else visible(value)
        for name, value in typed.items()
    }


def typed_from(item: Item) -> Typed:
    """Return a stored row as its page shows it."""
    return {name: _as_typed(value) for name, value in asdict(item).items()}


def _as_typed(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else ""
    if isinstance(value, tuple | list):
        return list(value)
    if isinstance(value, Decimal):
        return format_number(value)
    return "" if value is None else str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A fault of a form with the page and the field where it is mended."""

    section: str
    code: str
    name: str
    """What people call the row; its code where it has no name yet."""

    field: str
    detail: str


def placed(fault: Located, form: PeriodForm) -> Placed:
    """Return where the fault is mended: ``#/form/indicators/3/base`` is a field of one row."""
    section, place, field = (*fault.pointer.split("/")[2:], "", "", "")[:3]
    code = name = ""
    if section in set(Rows) and place.isdecimal():
        item = items_of(form, Rows(section))[int(place)]
        code, name = item.code, _name_of(item) or item.code
    return Placed(section=section, code=code, name=name, field=field, detail=fault.detail)


def _name_of(item: Item) -> str:
    match item:
        case AskedIndicator():
            return item.name
        case NarrativePrompt():
            return item.label
        case _:
            return item.title


def faults_of_row(
    faults: Sequence[Located], form: PeriodForm, rows: Rows, code: str
) -> dict[str, str]:
    """Return the faults of one row by the field of its page."""
    found: dict[str, str] = {}
    for it in (placed(fault, form) for fault in faults):
        if it.section == rows and it.code == code:
            found.setdefault(it.field, it.detail)
    return found


def lines_of(text: str) -> list[str]:
    """Return the lines of a text area, without blank ones."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [line.strip() for line in lines if line.strip()]


def new_item(rows: Rows, name: str, field: str) -> Typed:
    """Return what a row is that has only a name so far."""
    key = {Rows.HEADINGS: "title", Rows.PROMPTS: "label", Rows.INDICATORS: "name"}[rows]
    return {key: name} if rows is Rows.HEADINGS else {key: name, "field": field}
