"""Parts of a report, for programs: read, save, both texts of a conflict, copying, handing in."""

from typing import Any
from uuid import UUID

from flask import request

from kernel.api import ApiBlueprint, IdempotencyKeySchema
from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from kernel.errors import Conflict, NotFound
from services.intake.domain.forms import Part
from services.intake.domain.merging import Side
from services.intake.domain.parts import only
from services.intake.domain.receipts import Call, Receipt
from services.intake.use_cases import copying, drafting, opening, reporting, setting_aside
from services.intake.web.context import deps, this_call
from services.intake.web.part_schemas import (
    ApiCopySchema,
    ApiSavePartSchema,
    ApiSettleSchema,
    ApiSubmitSchema,
    AsideSchema,
    CopiedSchema,
    CopyPreviewSchema,
    DraftSchema,
    PartSavingSchema,
    PartSchema,
    TwoTextsSchema,
)
from services.intake.web.schemas import ReceiptSchema

bp = ApiBlueprint("parts_api", __name__, description="Các phần của báo cáo")

Headers = dict[str, str]

_TOLD = "{} đã lưu phần này trước. Cả hai bản đều được giữ; hãy chọn."


@bp.route("/periods/<uuid:period_id>/draft", methods=["GET"])
@access(Role.SECTOR_OFFICER)
@bp.response(200, DraftSchema)
def show_draft(period_id: UUID) -> opening.OpenReport:
    """Show how far each part of the unit's report has come."""
    return _open(period_id)


@bp.route("/periods/<uuid:period_id>/parts/<string:part>", methods=["GET"])
@access(Role.SECTOR_OFFICER)
@bp.response(200, PartSchema)
def show_part(period_id: UUID, part: str) -> dict[str, Any]:
    """Show one part; saving it must name the version that is told here."""
    report = _open(period_id)
    opened = report.part(_named(part))
    facts = {name: getattr(opened, name) for name in PartSchema().fields if name != "content"}
    return {**facts, "content": only(report.content, opened.part)}


@bp.route("/periods/<uuid:period_id>/parts/<string:part>", methods=["PUT"])
@access(Role.SECTOR_OFFICER)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(ApiSavePartSchema)
@bp.response(200, PartSavingSchema)
def save_part(
    headers: Headers, body: dict[str, Any], period_id: UUID, part: str
) -> drafting.PartSaving:
    """Save one part; if a colleague was faster, 409 with both texts, and both are kept."""
    command = drafting.SavePart(
        period_id=period_id,
        part=_named(part),
        content=body["content"],
        seen_version=body["version"],
        editor=body["editor"],
        call=_call(headers),
        root="#/content",
    )
    saving = drafting.save_part(command, by=current_person(), deps=deps())
    if saving.set_aside_id is not None:
        raise _both(saving.set_aside_id)
    return saving


@bp.route("/periods/<uuid:period_id>/set-asides", methods=["GET"])
@access(Role.SECTOR_OFFICER)
@bp.response(200, AsideSchema(many=True))
def list_set_asides(period_id: UUID) -> list[setting_aside.AsideOutline]:
    """List the texts that are kept beside the report, the newest first."""
    return list(setting_aside.list_set_asides(period_id, by=current_person(), deps=deps()))


@bp.route("/set-asides/<uuid:set_aside_id>", methods=["GET"])
@access(Role.SECTOR_OFFICER)
@bp.response(200, TwoTextsSchema)
def show_set_aside(set_aside_id: UUID) -> setting_aside.TwoTexts:
    """Show a text that was set aside beside the one that stands in the report."""
    return setting_aside.show_set_aside(set_aside_id, by=current_person(), deps=deps())


@bp.route("/set-asides/<uuid:set_aside_id>/settle", methods=["POST"])
@access(Role.SECTOR_OFFICER)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(ApiSettleSchema)
@bp.response(200, PartSavingSchema)
def settle(headers: Headers, body: dict[str, Any], set_aside_id: UUID) -> drafting.PartSaving:
    """Put mine, theirs, or chosen rows of both into the report."""
    command = setting_aside.Settle(
        set_aside_id=set_aside_id,
        side=Side(body["side"]),
        seen_version=body["version"],
        rows={it["key"]: Side(it["side"]) for it in body["rows"]},
        call=_call(headers),
    )
    return setting_aside.settle(command, by=current_person(), deps=deps())


@bp.route("/periods/<uuid:period_id>/copy", methods=["GET"])
@access(Role.SECTOR_OFFICER)
@bp.response(200, CopyPreviewSchema)
def preview_copy(period_id: UUID) -> copying.CopyPreview:
    """Show what the last report would fill in."""
    return copying.preview_copy(period_id, by=current_person(), deps=deps())


@bp.route("/periods/<uuid:period_id>/copy", methods=["POST"])
@access(Role.SECTOR_OFFICER)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(ApiCopySchema)
@bp.response(200, CopiedSchema)
def copy_parts(headers: Headers, body: dict[str, Any], period_id: UUID) -> copying.Copied:
    """Fill the blanks of these parts from the last report; settling `before` takes it back."""
    command = copying.CopyParts(
        period_id=period_id, parts=tuple(map(Part, body["parts"])), call=_call(headers)
    )
    return copying.copy_parts(command, by=current_person(), deps=deps())


@bp.route("/periods/<uuid:period_id>/submit", methods=["POST"])
@access(Role.SECTOR_OFFICER)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(ApiSubmitSchema)
@bp.response(201, ReceiptSchema)
def submit_draft(headers: Headers, body: dict[str, Any], period_id: UUID) -> Receipt:
    """Hand in the draft that has this sha256."""
    command = reporting.SubmitSaved(
        period_id=period_id, seen_sha256=body["sha256"], call=_call(headers)
    )
    return reporting.submit_saved(command, by=current_person(), deps=deps())


def _open(period_id: UUID) -> opening.OpenReport:
    return opening.open_report(period_id, by=current_person(), deps=deps())


def _named(part: str) -> Part:
    if part not in set(Part):
        raise NotFound("Biểu mẫu của ngành không có phần này.")
    return Part(part)


def _call(headers: Headers) -> Call:
    return this_call(headers["key"], request.get_data(as_text=True))


def _both(set_aside_id: UUID) -> Conflict:
    texts = setting_aside.show_set_aside(set_aside_id, by=current_person(), deps=deps())
    return Conflict(_TOLD.format(texts.saved_by), members={"texts": TwoTextsSchema().dump(texts)})
