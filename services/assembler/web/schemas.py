"""What crosses the edge of the assembler."""

from datetime import date
from typing import Any, ClassVar

from marshmallow import Schema, ValidationError, fields

from kernel.contracts.schema import REQUIRED, Identifier, StrictSchema, Text
from services.assembler.use_cases.requesting import RequestDocument

_EARLIEST, _LATEST = date(2000, 1, 1), date(2100, 1, 1)


class Day(fields.Date):
    """A day, as browsers send it (2024-01-15) or as people type it (15/01/2024)."""

    default_error_messages = {
        "required": REQUIRED,
        "null": REQUIRED,
        "invalid": "Phải là một ngày có thật, ví dụ 15/01/2024.",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        parts = str(value).strip().split("/")
        is_typed = len(parts) == 3 and all(part.isdecimal() for part in parts)
        iso = "-".join((parts[2], parts[1].zfill(2), parts[0].zfill(2))) if is_typed else value
        day = super()._deserialize(iso, attr, data, **kwargs)
        if not _EARLIEST <= day < _LATEST:
            raise ValidationError("Ngày phải từ năm 2000 đến năm 2099.")
        return day


class RequestDocumentSchema(StrictSchema):
    """Body of POST /jobs, and the form of the desk."""

    target: ClassVar = RequestDocument
    period_id = Identifier(
        required=True,
        error_messages={"invalid_uuid": "Hãy chọn một kỳ báo cáo trong danh sách."},
    )
    kind = Text(required=True, max_length=64)
    on = Day(required=True)


class FindingSchema(Schema):
    """A finding of the checks."""

    severity = fields.String(required=True)
    rule = fields.String(required=True)
    place = fields.String(required=True)
    message = fields.String(required=True)
    suggestion = fields.String(required=True)


class JobSchema(Schema):
    """A job as programs see it. `version_id` names the draft made, or the version converted."""

    id = fields.UUID(required=True)
    sort = fields.String(required=True)
    state = fields.String(required=True)
    progress = fields.Integer(required=True)
    step = fields.String(required=True)
    attempt = fields.Integer(required=True)
    reason = fields.String(required=True)
    kind = fields.String(required=True)
    title = fields.String(required=True)
    period_id = fields.UUID(allow_none=True)
    on = fields.Date(allow_none=True)
    dossier_id = fields.UUID(allow_none=True)
    dossier_sha256 = fields.String()
    document_id = fields.UUID(allow_none=True)
    version_id = fields.UUID(allow_none=True)
    version = fields.Integer(allow_none=True)
    sha256 = fields.String()
    blocks_issuing = fields.Boolean(required=True)
    findings = fields.List(fields.Nested(FindingSchema), required=True)
    created_at = fields.AwareDateTime(required=True)
    started_at = fields.AwareDateTime(allow_none=True)
    finished_at = fields.AwareDateTime(allow_none=True)
