"""Indicators of a draft from an Excel file: seen before anything is stored; and into one."""

import io
import json
from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import current_person
from kernel.contracts.schema import Items, Nested, StrictSchema
from kernel.errors import Conflict, InvalidInput, Located
from kernel.problems import load
from services.intake.domain.form_editing import MergeIndicators
from services.intake.persistence.documents import AskedIndicatorSchema
from services.intake.use_cases import editing_forms, indicator_tables, viewing_forms
from services.intake.web.context import deps, this_call
from services.intake.web.pages.forms import EDITORS, KeySchema

bp = Blueprint("form_sheets", __name__, url_prefix="/forms/<uuid:edition_id>/indicators")

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class _TableSchema(StrictSchema):
    indicators = Items(Nested(AskedIndicatorSchema), limit=500)


@bp.get("/export")
@access(*EDITORS)
def export_indicators(edition_id: UUID) -> ResponseReturnValue:
    """Give out the indicators as an Excel file that can be read back."""
    name, data = indicator_tables.export_indicators(
        edition_id, office_id=current_person().office_id, deps=deps()
    )
    return send_file(io.BytesIO(data), mimetype=MEDIA_TYPE, as_attachment=True, download_name=name)


@bp.get("/import")
@access(*EDITORS)
def show_import(edition_id: UUID) -> ResponseReturnValue:
    """Ask for the file."""
    return _page(edition_id, errors=()), 200


@bp.post("/import")
@access(*EDITORS)
def preview_import(edition_id: UUID) -> ResponseReturnValue:
    """Show what the file would change."""
    sent = request.files.get("file")
    data = sent.read() if sent else b""
    if not data:
        detail = "Chọn tệp Excel (.xlsx) rồi bấm “Xem trước”."
        raise InvalidInput(detail, errors=[Located("#/file", detail)])
    plan = indicator_tables.plan_import(
        edition_id, data, office_id=current_person().office_id, deps=deps()
    )
    table = _TableSchema().dump({"indicators": plan.indicators})["indicators"]
    return render_template(
        "intake/form_import.html",
        edition=plan.edition,
        plan=plan,
        table=json.dumps(table, ensure_ascii=False),
        errors={},
        key=uuid4().hex,
    )


@bp.post("/import/confirm")
@access(*EDITORS)
def confirm_import(edition_id: UUID) -> ResponseReturnValue:
    """Store what was shown."""
    keys = load(KeySchema(), request.form.to_dict())
    table = request.form.get("table", "")
    found = load(_TableSchema(), {"indicators": _parsed(table)})
    command = editing_forms.EditEdition(
        edition_id=edition_id,
        change=MergeIndicators(indicators=tuple(found["indicators"])),
        seen_version=keys["version"],
        call=this_call(keys["idempotency_key"], table),
    )
    saved = editing_forms.edit_edition(command, by=current_person(), deps=deps())
    flash(f"Đã nhập {len(found['indicators'])} chỉ tiêu.", "success")
    there = url_for(
        "form_rows.show_rows", edition_id=edition_id, rows="indicators", undo=saved.version
    )
    return redirect(there, 303)


@bp.errorhandler(InvalidInput)
def _again(error: InvalidInput) -> ResponseReturnValue:
    """Show every error of the file; nothing was stored."""
    errors = error.errors or (Located("#/file", error.detail),)
    return _page((request.view_args or {})["edition_id"], errors=errors, alert=error.detail), 422


@bp.errorhandler(Conflict)
def _conflict(error: Conflict) -> ResponseReturnValue:
    """Say what happened meanwhile; the file can be read again."""
    detail = f"{error.detail} Hãy chọn lại tệp để xem trước trên bản mới nhất."
    return _page((request.view_args or {})["edition_id"], errors=(), alert=detail), 409


def _parsed(table: str) -> object:
    try:
        return json.loads(table)
    except (ValueError, RecursionError) as exc:
        detail = "Bản xem trước không còn dùng được. Hãy chọn lại tệp."
        raise InvalidInput(detail, errors=[Located("#/file", detail)]) from exc


def _page(edition_id: UUID, *, errors: tuple[Located, ...], alert: str = "") -> str:
    edition = viewing_forms.view_edition(
        edition_id, office_id=current_person().office_id, deps=deps()
    )
    return render_template(
        "intake/form_import.html",
        edition=edition,
        plan=None,
        found=errors,
        alert=alert,
    )
