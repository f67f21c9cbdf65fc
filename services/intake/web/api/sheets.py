"""Lists of a report as Excel files, for programs."""

from uuid import UUID

from flask import Response, request

from kernel.api import ApiBlueprint
from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from kernel.errors import InvalidInput, Located, NotFound
from kernel.problems import load
from services.intake.domain.forms import Part
from services.intake.domain.list_imports import ImportPreview
from services.intake.use_cases import exporting_lists, importing_lists
from services.intake.web.context import deps
from services.intake.web.files import XLSX, sheet_response
from services.intake.web.sheet_schemas import ImportPreviewSchema, PastedListSchema

bp = ApiBlueprint("sheets_api", __name__, description="Danh sách nhập, xuất bằng Excel")

_FILE = {
    "responses": {
        "200": {
            "description": "Tệp Excel",
            "content": {XLSX: {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}
_SENT = {
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "properties": {"file": {"type": "string", "format": "binary"}},
            }
        },
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["text"],
                "properties": {"text": {"type": "string"}},
            }
        },
    }
}


@bp.route("/periods/<uuid:period_id>/lists/<string:part>", methods=["GET"])
@access(Role.SECTOR_OFFICER)
@bp.doc(**_FILE)
def export_list(period_id: UUID, part: str) -> Response:
    """Download a list of the caller's report as it was last saved."""
    file = exporting_lists.export_list(
        period_id, part_named(part), by=current_person(), deps=deps()
    )
    return sheet_response(file.data, file.name)


@bp.route("/periods/<uuid:period_id>/lists/<string:part>/template", methods=["GET"])
@access(Role.SECTOR_OFFICER)
@bp.doc(**_FILE)
def list_template(period_id: UUID, part: str) -> Response:
    """Download the file that is filled in and imported."""
    file = exporting_lists.list_template(
        period_id, part_named(part), by=current_person(), deps=deps()
    )
    return sheet_response(file.data, file.name)


@bp.route("/periods/<uuid:period_id>/lists/<string:part>/preview", methods=["POST"])
@access(Role.SECTOR_OFFICER)
@bp.doc(requestBody=_SENT)
@bp.response(200, ImportPreviewSchema)
def preview_import(period_id: UUID, part: str) -> ImportPreview:
    """Read a list and tell what it would do to the report; nothing is stored.

    Errors say row and column. The items of the rows are what the content of a report takes.
    """
    command = importing_lists.ReadList(
        period_id=period_id, part=part_named(part), source=sent_list()
    )
    return importing_lists.preview_import(command, by=current_person(), deps=deps())


def sent_list() -> bytes | str:
    """Return the list of this request: the bytes of a file, or text."""
    if request.is_json:
        text: str = load(PastedListSchema(), request.get_json(silent=True))["text"]
        return text
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        detail = "Hãy chọn tệp Excel (.xlsx)."
        raise InvalidInput(detail, errors=[Located("#/file", detail)])
    return sent.read()


def part_named(name: str) -> Part:
    """Return the part of the report that an address names."""
    try:
        return Part(name)
    except ValueError as exc:
        raise NotFound("Không có phần này trong báo cáo.") from exc
