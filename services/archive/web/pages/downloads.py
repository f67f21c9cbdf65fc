"""Files, for whoever may have them."""

from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role
from services.archive.use_cases.downloading import Format, download
from services.archive.web.files import file_response
from services.archive.web.request import actor, deps

bp = Blueprint("downloads", __name__)


@bp.get("/versions/<uuid:version_id>/docx")
@access(Role.CLERK, Role.LEADER, Role.SUPERIOR)
def docx(version_id: UUID) -> ResponseReturnValue:
    """Download the Word file of a version."""
    return file_response(download(version_id, Format.DOCX, actor=actor(), deps=deps()))


@bp.get("/versions/<uuid:version_id>/pdf")
@access(Role.CLERK, Role.LEADER, Role.SUPERIOR)
def pdf(version_id: UUID) -> ResponseReturnValue:
    """Download the PDF of a version."""
    return file_response(download(version_id, Format.PDF, actor=actor(), deps=deps()))
