"""Editions of forms, as programs send and get them."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from kernel.contracts.schema import REQUIRED, Identifier, Nested, StrictSchema, Text
from services.intake.web.list_schemas import PeriodSchema
from services.intake.web.schemas import FormSchema, UnitSchema

LONGEST_TITLE = 300
_NUMBERS: dict[str, Any] = {
    "validate": validate.Range(0, 2**31 - 1, error="Phải từ 0 trở lên."),
    "error_messages": {
        "required": REQUIRED,
        "null": REQUIRED,
        "invalid": "Phải là một số nguyên.",
    },
}


class FaultSchema(Schema):
    """One thing that is wrong with a draft, with its place in the form."""

    pointer = fields.String(required=True)
    detail = fields.String(required=True)


class EditionSchema(Schema):
    """An edition without its form; `state` is draft, used or retired."""

    id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    title = fields.String(required=True)
    state = fields.String(required=True)
    version = fields.Integer(required=True)
    created_at = fields.AwareDateTime(required=True)
    updated_at = fields.AwareDateTime(required=True)
    updated_by = fields.String(required=True)
    pinned_at = fields.AwareDateTime(required=True, allow_none=True)
    based_on = fields.Integer(required=True, allow_none=True)
    periods = fields.List(fields.Nested(PeriodSchema), required=True)


class EditionPageSchema(Schema):
    """A piece of the list; `next` goes into `after` of the following request."""

    items = fields.List(fields.Nested(EditionSchema), required=True)
    next = fields.String(dump_default=None, allow_none=True)


class WholeEditionSchema(Schema):
    """An edition with its form, and what keeps a draft from being used."""

    edition = fields.Nested(EditionSchema, attribute="outline", required=True)
    form = fields.Nested(FormSchema, required=True)
    faults = fields.List(fields.Nested(FaultSchema), required=True)


class EditionListQuerySchema(StrictSchema):
    """Where the page before ended."""

    after = fields.Integer(load_default=None, **_NUMBERS)


class CreateEditionSchema(StrictSchema):
    """Body of POST /forms: a copy of an edition, a form of one's own, or, without both, empty."""

    title = Text(required=True, max_length=LONGEST_TITLE)
    copy_of = Identifier(load_default=None, allow_none=True)
    form = Nested(FormSchema, load_default=None, allow_none=True)

    @validates_schema
    def _one_source(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("copy_of") is not None and data.get("form") is not None:
            raise ValidationError("Chỉ nêu một trong hai: copy_of hoặc form.", "copy_of")


class SaveEditionSchema(StrictSchema):
    """Body of PUT /forms/{id}: the whole draft, and the version that it was made from."""

    title = Text(required=True, max_length=LONGEST_TITLE)
    form = Nested(FormSchema, required=True)
    version = fields.Integer(required=True, strict=True, **_NUMBERS)


class UndoSchema(StrictSchema):
    """Body of POST /forms/{id}/undo: the version whose saving is undone."""

    version = fields.Integer(required=True, strict=True, **_NUMBERS)


class SavedEditionSchema(Schema):
    """What stands recorded."""

    id = fields.UUID(required=True)
    version = fields.Integer(required=True)


class CompareQuerySchema(StrictSchema):
    """Which edition to compare with."""

    with_id = Identifier(required=True, data_key="with")


class UnitQuerySchema(StrictSchema):
    """As which unit to look."""

    unit = Text(load_default="", blank=True, max_length=64)


class FieldChangeSchema(Schema):
    """One field, before and after."""

    label = fields.String(required=True)
    before = fields.String(required=True)
    after = fields.String(required=True)


class DifferenceSchema(Schema):
    """One row of a form that is not as it was."""

    section = fields.String(required=True)
    change = fields.String(required=True)
    code = fields.String(required=True)
    title = fields.String(required=True)
    has_moved = fields.Boolean(required=True)
    fields_ = fields.List(
        fields.Nested(FieldChangeSchema), attribute="fields", data_key="fields", required=True
    )


class ComparisonSchema(Schema):
    """What an edition asks otherwise than another."""

    before = fields.Nested(EditionSchema, required=True)
    after = fields.Nested(EditionSchema, required=True)
    differences = fields.List(fields.Nested(DifferenceSchema), required=True)


class PreviewSchema(Schema):
    """What one unit would be asked."""

    unit = fields.Nested(UnitSchema, required=True)
    parts = fields.List(fields.String(), required=True)
    indicators = fields.List(fields.String(), required=True)
    prompts = fields.List(fields.String(), required=True)
    movements = fields.List(fields.String(), required=True)
