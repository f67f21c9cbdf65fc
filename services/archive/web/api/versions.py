"""Files of versions, and the PDFs that come back for them."""

from uuid import UUID

from flask import Response
from flask.typing import ResponseReturnValue

from kernel.api import ApiBlueprint, IdempotencyKeySchema
from kernel.auth.access import access
from kernel.auth.principal import Role, Service, current_office_id
from kernel.contracts.renditions import RenditionOutcomeSchema
from services.archive.domain.documents import Rendition
from services.archive.use_cases.downloading import Format, download, version_content
from services.archive.use_cases.finding import show_document
from services.archive.use_cases.rendering import RecordRendition, record_rendition, retry_rendition
from services.archive.web.api.multipart import load_metadata
from services.archive.web.files import MEDIA_TYPES, file_response
from services.archive.web.request import actor, deps, uploaded_file
from services.archive.web.schemas import RenditionSchema

bp = ApiBlueprint("versions_api", __name__, description="Tệp của từng phiên bản.")


@bp.get("/versions/<uuid:version_id>/docx")
@access(Role.CLERK, Role.LEADER, Role.SUPERIOR)
def get_docx(version_id: UUID) -> ResponseReturnValue:
    """Download the Word file."""
    return file_response(download(version_id, Format.DOCX, actor=actor(), deps=deps()))


@bp.get("/versions/<uuid:version_id>/pdf")
@access(Role.CLERK, Role.LEADER, Role.SUPERIOR)
def get_pdf(version_id: UUID) -> ResponseReturnValue:
    """Download the PDF."""
    return file_response(download(version_id, Format.PDF, actor=actor(), deps=deps()))


@bp.post("/versions/<uuid:version_id>/rendition/retry")
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(202, RenditionSchema)
@bp.alt_response(409, description="Phiên bản đã có PDF chuẩn.")
@access(Role.CLERK)
def post_retry(_: dict[str, str], version_id: UUID) -> Rendition:
    """Ask for a PDF again that failed, or that was made for a quick view only."""
    document_id = retry_rendition(version_id, actor=actor(), deps=deps())
    document = show_document(document_id, actor=actor(), deps=deps()).document
    return next(one.rendition for one in document.versions if one.id == version_id)


@bp.get("/versions/<uuid:version_id>/content")
@access(services=(Service.ASSEMBLER,))
def get_content(version_id: UUID) -> ResponseReturnValue:
    """Give the bytes of a version to the service that converts it."""
    data = version_content(version_id, office_id=current_office_id(), deps=deps())
    return Response(data, mimetype=MEDIA_TYPES[Format.DOCX])


@bp.put("/versions/<uuid:version_id>/rendition")
@bp.response(200, RenditionSchema)
@access(services=(Service.ASSEMBLER,))
def put_rendition(version_id: UUID) -> Rendition:
    """Keep how the conversion ended, unless a better outcome is kept already."""
    command = RecordRendition(
        version_id=version_id,
        outcome=load_metadata(RenditionOutcomeSchema()),
        data=uploaded_file(),
    )
    return record_rendition(command, office_id=current_office_id(), deps=deps())
