"""Editions of forms, for programs: a draft is read and saved as a whole."""

from typing import Any
from uuid import UUID

from flask import request

from kernel.api import ApiBlueprint, IdempotencyKeySchema
from kernel.auth.access import access
from kernel.auth.principal import Role, current_office_id, current_person
from services.intake.domain.form_editing import ReplaceForm
from services.intake.domain.receipts import Call
from services.intake.use_cases import editing_forms, viewing_forms
from services.intake.use_cases.form_outlines import Edition
from services.intake.web.context import deps, this_call
from services.intake.web.edition_schemas import (
    CompareQuerySchema,
    ComparisonSchema,
    CreateEditionSchema,
    EditionListQuerySchema,
    EditionPageSchema,
    PreviewSchema,
    SavedEditionSchema,
    SaveEditionSchema,
    UndoSchema,
    UnitQuerySchema,
    WholeEditionSchema,
)

bp = ApiBlueprint("forms_api", __name__, description="Phiên bản biểu mẫu")

Headers = dict[str, str]
_EDITORS = (Role.CLERK, Role.ADMIN)


@bp.route("/forms", methods=["GET"])
@access(*_EDITORS)
@bp.arguments(EditionListQuerySchema, location="query")
@bp.response(200, EditionPageSchema)
def list_editions(query: dict[str, Any]) -> viewing_forms.EditionPage:
    """List the editions of the office, newest first."""
    return viewing_forms.list_editions(
        office_id=current_office_id(), deps=deps(), below=query["after"]
    )


@bp.route("/forms", methods=["POST"])
@access(*_EDITORS)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(CreateEditionSchema)
@bp.response(201, SavedEditionSchema)
def create_edition(headers: Headers, body: dict[str, Any]) -> editing_forms.SavedEdition:
    """Make a draft."""
    command = editing_forms.CreateEdition(**body, call=_call(headers))
    return editing_forms.create_edition(command, by=current_person(), deps=deps())


@bp.route("/forms/<uuid:edition_id>", methods=["GET"])
@access(*_EDITORS)
@bp.response(200, WholeEditionSchema)
def get_edition(edition_id: UUID) -> Edition:
    """Show one edition with its form."""
    return viewing_forms.view_edition(edition_id, office_id=current_office_id(), deps=deps())


@bp.route("/forms/<uuid:edition_id>", methods=["PUT"])
@access(*_EDITORS)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(SaveEditionSchema)
@bp.response(200, SavedEditionSchema)
def save_edition(
    headers: Headers, body: dict[str, Any], edition_id: UUID
) -> editing_forms.SavedEdition:
    """Save a draft; it may still have faults."""
    command = editing_forms.EditEdition(
        edition_id=edition_id,
        change=ReplaceForm(form=body["form"]),
        title=body["title"],
        seen_version=body["version"],
        call=_call(headers),
    )
    return editing_forms.edit_edition(command, by=current_person(), deps=deps())


@bp.route("/forms/<uuid:edition_id>/undo", methods=["POST"])
@access(*_EDITORS)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(UndoSchema)
@bp.response(200, SavedEditionSchema)
def undo_last(
    headers: Headers, body: dict[str, Any], edition_id: UUID
) -> editing_forms.SavedEdition:
    """Take back the last saving of a draft."""
    return editing_forms.undo_last(
        edition_id, body["version"], _call(headers), by=current_person(), deps=deps()
    )


@bp.route("/forms/<uuid:edition_id>/differences", methods=["GET"])
@access(*_EDITORS)
@bp.arguments(CompareQuerySchema, location="query")
@bp.response(200, ComparisonSchema)
def compare_editions(query: dict[str, Any], edition_id: UUID) -> viewing_forms.Comparison:
    """Show what the edition asks otherwise than another one."""
    return viewing_forms.compare_editions(
        edition_id, query["with_id"], office_id=current_office_id(), deps=deps()
    )


@bp.route("/forms/<uuid:edition_id>/preview", methods=["GET"])
@access(*_EDITORS)
@bp.arguments(UnitQuerySchema, location="query")
@bp.response(200, PreviewSchema)
def preview_edition(query: dict[str, Any], edition_id: UUID) -> dict[str, Any]:
    """Show what one unit would be asked."""
    seen = viewing_forms.preview_edition(
        edition_id, office_id=current_office_id(), deps=deps(), unit_code=query["unit"]
    )
    code = seen.unit.code
    return {
        "unit": seen.unit,
        "parts": seen.parts,
        "indicators": [it.code for it in seen.form.indicators_of(code)],
        "prompts": [it.code for it in seen.form.prompts_of(code)],
        "movements": seen.form.movements_of(code),
    }


def _call(headers: Headers) -> Call:
    return this_call(headers["key"], request.get_data(as_text=True))
