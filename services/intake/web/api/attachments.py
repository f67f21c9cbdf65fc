"""Files that go with reports, for programs."""

from typing import Any
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from kernel.api import ApiBlueprint, IdempotencyKeySchema
from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from kernel.errors import InvalidInput, Located
from kernel.problems import load
from services.intake.domain.attachments import KeptFile
from services.intake.use_cases import attaching, fetching_files
from services.intake.web.attachment_schemas import (
    AttachmentSchema,
    AttachmentsSchema,
    SentFileSchema,
)
from services.intake.web.context import deps, this_call
from services.intake.web.files import attachment_response
from services.intake.web.uploads import make_room

bp = ApiBlueprint("attachments_api", __name__, description="Tài liệu kèm theo báo cáo")
bp.url_value_preprocessor(make_room)

_SENT = {
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "properties": {
                    "file": {"type": "string", "format": "binary"},
                    "part": {"type": "string"},
                    "note": {"type": "string"},
                },
            }
        }
    }
}


@bp.route("/periods/<uuid:period_id>/attachments", methods=["GET"])
@access(Role.SECTOR_OFFICER)
@bp.response(200, AttachmentsSchema)
def list_attachments(period_id: UUID) -> attaching.ReportFiles:
    """List the files of the caller's report."""
    return attaching.list_files(period_id, by=current_person(), deps=deps())


@bp.route("/periods/<uuid:period_id>/attachments", methods=["POST"])
@access(Role.SECTOR_OFFICER)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.doc(requestBody=_SENT)
@bp.response(201, AttachmentSchema)
def add_attachment(headers: dict[str, Any], period_id: UUID) -> KeptFile:
    """Add one file to the caller's report."""
    said = load(SentFileSchema(), request.form.to_dict())
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        detail = "Thiếu phần “file” trong yêu cầu."
        raise InvalidInput(detail, errors=[Located("#/file", detail)])
    command = attaching.AddFile(period_id=period_id, name=sent.filename, stream=sent.stream, **said)
    call = this_call(headers["key"], sent.filename, said["part"], said["note"])
    return attaching.add_file(command, by=current_person(), deps=deps(), call=call)


@bp.route("/attachments/<uuid:attachment_id>", methods=["GET"])
@access(Role.SECTOR_OFFICER, Role.CLERK, Role.LEADER, Role.ADMIN)
@bp.doc(
    responses={
        "200": {
            "description": "Nội dung tệp",
            "content": {"application/octet-stream": {"schema": {"format": "binary"}}},
        }
    }
)
def get_attachment(attachment_id: UUID) -> ResponseReturnValue:
    """Download one file: the own unit always, the office once it was handed in."""
    return attachment_response(
        fetching_files.fetch_file(attachment_id, by=current_person(), deps=deps())
    )


@bp.route("/attachments/<uuid:attachment_id>", methods=["DELETE"])
@access(Role.SECTOR_OFFICER)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(200, AttachmentSchema)
def remove_attachment(headers: dict[str, Any], attachment_id: UUID) -> KeptFile:
    """Take a file away from a draft; twice is once, under any key."""
    return attaching.remove_file(attachment_id, by=current_person(), deps=deps())


@bp.route("/attachments/<uuid:attachment_id>/restore", methods=["POST"])
@access(Role.SECTOR_OFFICER)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(200, AttachmentSchema)
def restore_attachment(headers: dict[str, Any], attachment_id: UUID) -> KeptFile:
    """Bring back a file that was taken away; twice is once, under any key."""
    return attaching.restore_file(attachment_id, by=current_person(), deps=deps())
