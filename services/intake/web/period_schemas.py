"""Opening, closing and changing of periods, as programs ask for it and as it is told to them."""

from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from kernel.contracts.schema import REQUIRED, Identifier, StrictSchema, Text
from services.intake.persistence.documents import Flag
from services.intake.web.edition_schemas import DifferenceSchema, EditionSchema, FaultSchema
from services.intake.web.list_schemas import PeriodSchema
from services.intake.web.schemas import FormSchema, ReportContentSchema, UnitSchema

_DAY: dict[str, Any] = {
    "required": REQUIRED,
    "null": REQUIRED,
    "invalid": "Ngày không hợp lệ; hãy nhập dạng năm-tháng-ngày, ví dụ 2023-12-15.",
}
FIRST_YEAR, LAST_YEAR = 2000, 2099
_DAYS = validate.Range(
    min=date(FIRST_YEAR, 1, 1),
    max=date(LAST_YEAR, 12, 31),
    error=f"Ngày phải từ năm {FIRST_YEAR} đến năm {LAST_YEAR}.",
)
YEARS = validate.Range(FIRST_YEAR, LAST_YEAR, error=f"Năm phải từ {FIRST_YEAR} đến {LAST_YEAR}.")
_YEAR: dict[str, Any] = {"required": REQUIRED, "null": REQUIRED, "invalid": "Phải là năm."}
_WHY: dict[str, Any] = dict.fromkeys(
    ("required", "null", "blank"), "Nhập lý do để mọi người biết vì sao."
)
LONGEST_REASON = 2_000


class OpenPeriodSchema(StrictSchema):
    """Body of POST /periods: the edition to ask, or the period whose edition is asked again."""

    edition_id = Identifier(load_default=None, allow_none=True)
    like = Identifier(load_default=None, allow_none=True)
    code = Text(required=True, max_length=64)
    title = Text(required=True, max_length=1_000)
    year = fields.Integer(required=True, strict=True, validate=YEARS, error_messages=_YEAR)
    due_on = fields.Date(required=True, validate=_DAYS, error_messages=_DAY)
    needs_second = Flag()

    @validates_schema
    def _one_form(self, data: dict[str, Any], **_: Any) -> None:
        if (data.get("edition_id") is None) == (data.get("like") is None):
            raise ValidationError("Nêu một trong hai: edition_id hoặc like.", "edition_id")


class CloseSchema(StrictSchema):
    """Body of POST /periods/{id}/close; may be left out."""

    reason = Text(load_default="", blank=True, max_length=LONGEST_REASON)


class ReasonSchema(StrictSchema):
    """Body of POST /periods/{id}/reopen."""

    reason = Text(required=True, max_length=LONGEST_REASON, error_messages=_WHY)


class DeadlineSchema(ReasonSchema):
    """Body of POST /periods/{id}/deadline."""

    due_on = fields.Date(required=True, validate=_DAYS, error_messages=_DAY)


class ChangeEditionSchema(ReasonSchema):
    """Body of POST /periods/{id}/edition."""

    edition_id = Identifier(required=True)


class EditionQuerySchema(StrictSchema):
    """Which edition the period might ask instead."""

    edition_id = Identifier(required=True, data_key="edition")


class MoveReportSchema(StrictSchema):
    """Body of POST /submissions/{id}/edition: the version of the report that was seen."""

    version = fields.Integer(required=True, strict=True, validate=validate.Range(0, 2**31 - 1))


class EventSchema(Schema):
    """One event of a period."""

    kind = fields.String(attribute="event.kind", required=True)
    before = fields.String(attribute="event.before", required=True)
    after = fields.String(attribute="event.after", required=True)
    reason = fields.String(attribute="event.reason", required=True)
    at = fields.AwareDateTime(required=True)
    by = fields.String(required=True)


class BegunReportSchema(Schema):
    """A report that was begun, and under which edition."""

    unit = fields.Nested(UnitSchema, required=True)
    submission_id = fields.UUID(required=True)
    state = fields.String(required=True)
    edition_number = fields.Integer(attribute="edition.number", required=True)
    may_move = fields.Boolean(required=True)


class SettingsSchema(Schema):
    """A period as the one who runs it sees it."""

    period = fields.Nested(PeriodSchema, required=True)
    opened_at = fields.AwareDateTime(required=True)
    edition = fields.Nested(EditionSchema, required=True)
    begun = fields.List(fields.Nested(BegunReportSchema), required=True)
    waiting = fields.List(fields.Nested(UnitSchema), required=True)
    events = fields.List(fields.Nested(EventSchema), required=True)


class EditionChangeSchema(Schema):
    """What asking another edition would mean."""

    edition = fields.Nested(EditionSchema, attribute="after", required=True)
    waiting = fields.List(fields.Nested(UnitSchema), attribute="settings.waiting", required=True)
    differences = fields.List(fields.Nested(DifferenceSchema), required=True)
    faults = fields.List(fields.Nested(FaultSchema), required=True)


class MovePlanSchema(Schema):
    """What moving a report to the edition of its period would do."""

    submission_id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    state = fields.String(required=True)
    is_behind = fields.Boolean(required=True)
    loses_nothing = fields.Boolean(attribute="fitting.loses_nothing", required=True)
    differences = fields.List(fields.Nested(DifferenceSchema), required=True)


class MovedSchema(Schema):
    """What stands recorded after a move."""

    submission_id = fields.UUID(required=True)
    version = fields.Integer(required=True)


class SetAsideSchema(Schema):
    """What lost its place when a report moved to another edition."""

    at = fields.AwareDateTime(required=True)
    by = fields.String(required=True)
    form = fields.Nested(FormSchema, required=True)
    content = fields.Nested(ReportContentSchema, required=True)
