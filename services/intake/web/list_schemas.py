"""Lists of intake and its periods, as programs ask for them and get them."""

from typing import Any, ClassVar

from marshmallow import Schema, fields, pre_load, validate

from kernel.contracts.paging import CursorField
from kernel.contracts.schema import Choice, Identifier, StrictSchema, Text
from services.intake.domain.moves import State
from services.intake.persistence.submission_lists import Filters
from services.intake.web.schemas import UnitSchema


class SubmissionQuerySchema(StrictSchema):
    """Filters of the list of submissions; an empty one is no filter."""

    target: ClassVar = Filters
    period_id = Identifier(data_key="period")
    unit_code = Text(data_key="unit", max_length=64)
    state = Choice(tuple(State))
    after = CursorField()

    @pre_load
    def _drop_empty(self, data: Any, **_: Any) -> dict[str, Any]:
        return {key: value for key, value in data.items() if str(value).strip()}


class SubmissionLineSchema(Schema):
    """One submission in a list."""

    id = fields.UUID(required=True)
    period_id = fields.UUID(required=True)
    unit = fields.Nested(UnitSchema, required=True)
    state = fields.String(required=True)
    round = fields.Integer(required=True)
    updated_at = fields.AwareDateTime(required=True)
    submitted_at = fields.AwareDateTime(required=True, allow_none=True)
    days_late = fields.Integer(required=True)


class SubmissionPageSchema(Schema):
    """A piece of a list; `next` goes into `after` of the following request."""

    items = fields.List(fields.Nested(SubmissionLineSchema), required=True)
    next = fields.String(attribute="next.text", dump_default=None, allow_none=True)


class RoundQuerySchema(StrictSchema):
    """Which round is to be shown; the newest one where none is named."""

    round = fields.Integer(
        load_default=None,
        validate=validate.Range(1, 1_000_000, error="Phải từ 1 trở lên."),
        error_messages={"invalid": "Phải là một số nguyên."},
    )


class PeriodSchema(Schema):
    """A period."""

    id = fields.UUID(required=True)
    code = fields.String(required=True)
    title = fields.String(required=True)
    year = fields.Integer(required=True)
    due_on = fields.Date(required=True)
    status = fields.String(required=True)
    needs_second = fields.Boolean(required=True)
