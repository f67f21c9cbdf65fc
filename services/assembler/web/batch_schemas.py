"""What crosses the edge of the assembler about batches."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from kernel.contracts.schema import REQUIRED, Choice, Identifier, StrictSchema, Text
from services.assembler.domain.batches import BatchSubject
from services.assembler.use_cases.requesting_batches import RequestBatch
from services.assembler.web.schemas import Day

_LONGEST_NUMBER = 9
_OF_CERTIFICATES = ("kind", "decision_number", "first_entry", "on_stock")


class EntryNumber(fields.Integer):
    """The number of an entry in the register of commendations; blank while there is none."""

    default_error_messages = {"invalid": "Phải là một số nguyên, ví dụ 15.", "null": REQUIRED}

    def deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        """Take what was left blank for what was not given."""
        is_blank = isinstance(value, str) and not value.strip()
        return super().deserialize(None if is_blank else value, *args, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        # A number of so many digits is in no register, and some are too long to be converted.
        if isinstance(value, bool | float) or len(str(value)) > _LONGEST_NUMBER:
            raise self.make_error("invalid")
        return super()._deserialize(value, attr, data, **kwargs)


class RequestBatchSchema(StrictSchema):
    """Body of POST /batches, and the form of a batch."""

    subject = Choice(tuple(BatchSubject), required=True)
    period_id = Identifier(
        required=True,
        error_messages={"invalid_uuid": "Hãy chọn một kỳ báo cáo trong danh sách."},
    )
    on = Day(required=True)
    kind = Text(load_default="", blank=True, max_length=64)
    decision_number = Text(load_default="", blank=True, max_length=50)
    first_entry = EntryNumber(
        load_default=None,
        allow_none=True,
        validate=validate.Range(1, 99_999, error="Phải từ 1 đến 99999."),
    )
    on_stock = fields.Boolean(
        load_default=False, error_messages={"invalid": "Phải là có hoặc không."}
    )

    @validates_schema
    def _decisions_ask_for_less(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("subject") != BatchSubject.DECISIONS:
            return
        given = [name for name in _OF_CERTIFICATES if data.get(name)]
        if given:
            raise ValidationError({name: ["Chỉ dùng khi làm giấy khen."] for name in given})

    @post_load
    def _to_command(self, data: dict[str, Any], **_: Any) -> RequestBatch:
        return RequestBatch(**{**data, "subject": BatchSubject(data["subject"])})


class BatchPdfSchema(Schema):
    """The one PDF of a batch: its job, and once that is done its pages."""

    job_id = fields.UUID(required=True)
    state = fields.String(required=True)
    progress = fields.Integer(required=True)
    step = fields.String(required=True)
    reason = fields.String(required=True)
    pages = fields.Integer(allow_none=True)
    is_quick_view = fields.Boolean(allow_none=True)


class BatchSchema(Schema):
    """A batch as programs see it."""

    id = fields.UUID(required=True)
    subject = fields.String(required=True)
    state = fields.String(required=True)
    progress = fields.Integer(required=True)
    step = fields.String(required=True)
    attempt = fields.Integer(required=True)
    reason = fields.String(required=True)
    title = fields.String(required=True)
    kind = fields.String(required=True)
    period_id = fields.UUID(required=True)
    on = fields.Date(required=True)
    decision_number = fields.String(required=True)
    first_entry = fields.Integer(allow_none=True)
    on_stock = fields.Boolean(required=True)
    dossier_id = fields.UUID(required=True)
    dossier_sha256 = fields.String(required=True)
    total = fields.Integer(required=True)
    done = fields.Integer(required=True)
    failed = fields.Integer(required=True)
    is_kept = fields.Boolean(required=True)
    pdf = fields.Nested(BatchPdfSchema, allow_none=True)
    created_at = fields.AwareDateTime(required=True)
    started_at = fields.AwareDateTime(allow_none=True)
    finished_at = fields.AwareDateTime(allow_none=True)


class ItemSchema(Schema):
    """One document of a batch."""

    position = fields.Integer(required=True)
    label = fields.String(required=True)
    kind = fields.String(required=True)
    state = fields.String(required=True)
    reason = fields.String(required=True)
    warning = fields.String(required=True)
    sha256 = fields.String(required=True)
    document_id = fields.UUID(allow_none=True)
    version_id = fields.UUID(allow_none=True)
    version = fields.Integer(allow_none=True)
    blockers = fields.Integer(required=True)


class ItemPageSchema(Schema):
    """Some items; `next_after` is the key of the next page, none on the last one."""

    items = fields.List(fields.Nested(ItemSchema), required=True)
    next_after = fields.Integer(allow_none=True)


class ItemPageQuerySchema(StrictSchema):
    """Query of the list of items."""

    after = fields.Integer(
        load_default=0,
        validate=validate.Range(0, 100_000, error="Phải từ 0 đến 100000."),
        error_messages={"invalid": "Phải là một số nguyên."},
    )
