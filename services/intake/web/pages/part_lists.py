"""Lists of a part to and from Excel: a file or pasted cells, a look at them, then the deed."""

import json
from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from kernel.errors import Conflict, InvalidInput, Located
from kernel.problems import load
from services.intake.domain.content import ReportContent
from services.intake.domain.forms import Part
from services.intake.domain.list_imports import Effect, Mode, merged
from services.intake.domain.parts import only
from services.intake.persistence.documents import ReportContentSchema
from services.intake.use_cases import drafting, exporting_lists, importing_lists
from services.intake.web.context import deps, this_call
from services.intake.web.files import sheet_response
from services.intake.web.pages.parts import named
from services.intake.web.pages.reporting import handed_in, open_
from services.intake.web.part_presenting import told_row
from services.intake.web.part_schemas import ImportFormSchema
from services.intake.web.sheet_schemas import item_json
from services.intake.web.typed_report import visible

bp = Blueprint(
    "part_lists", __name__, url_prefix="/periods/<uuid:period_id>/report/parts/<part>/list"
)

_EFFECTS = {
    Effect.NEW: ("Thêm mới", "success"),
    Effect.CHANGED: ("Thay dòng đang có", "warning"),
    Effect.SAME: ("Giống dòng đang có", "secondary"),
}


@bp.get("")
@access(Role.SECTOR_OFFICER)
def show_import(period_id: UUID, part: str) -> ResponseReturnValue:
    """Ask for a file or for cells copied in Excel."""
    report = open_(period_id)
    if not report.may_be_edited:
        return handed_in(report)
    return _asking(period_id, named(part)), 200


@bp.get("/export.xlsx")
@access(Role.SECTOR_OFFICER)
def export(period_id: UUID, part: str) -> Response:
    """Give out the list as it was last saved."""
    file = exporting_lists.export_list(period_id, named(part), by=current_person(), deps=deps())
    return sheet_response(file.data, file.name)


@bp.get("/template.xlsx")
@access(Role.SECTOR_OFFICER)
def template(period_id: UUID, part: str) -> Response:
    """Give out the file to be filled in."""
    file = exporting_lists.list_template(period_id, named(part), by=current_person(), deps=deps())
    return sheet_response(file.data, file.name)


@bp.post("")
@access(Role.SECTOR_OFFICER)
def read_list(period_id: UUID, part: str) -> ResponseReturnValue:
    """Show what the list would do; nothing is stored."""
    report = open_(period_id)
    opened = report.part(named(part))
    command = importing_lists.ReadList(period_id=period_id, part=opened.part, source=_sent())
    found = importing_lists.preview_import(command, by=current_person(), deps=deps())
    items = {opened.part.value: [item_json(it) for it in found.items]}
    rows = [
        (row.number, *_EFFECTS[row.effect], told_row(opened.part, row.item, report.form))
        for row in found.rows
    ]
    return render_template(
        "intake/list_preview.html",
        page=report,
        here=opened,
        found=found,
        counts={it.value: found.count(it) for it in Effect},
        rows=rows,
        dropped=[told_row(opened.part, it, report.form) for it in found.dropped],
        items=json.dumps(items, ensure_ascii=False),
        key=uuid4().hex,
    )


@bp.post("/confirm")
@access(Role.SECTOR_OFFICER)
def confirm(period_id: UUID, part: str) -> ResponseReturnValue:
    """Put what was shown into the report; what it replaces is kept beside it."""
    typed = load(ImportFormSchema(), request.form.to_dict())
    report = open_(period_id)
    opened = report.part(named(part))
    imported = _items(typed["items"])
    present = only(report.content, opened.part)
    items = getattr(imported, opened.part.value)
    command = drafting.SavePart(
        period_id=period_id,
        part=opened.part,
        content=merged(present, opened.part, items, Mode(typed["mode"])),
        seen_version=typed["version"],
        keeps_replaced=True,
        call=this_call(typed["idempotency_key"], typed["items"], typed["mode"]),
    )
    saving = drafting.save_part(command, by=current_person(), deps=deps())
    if saving.set_aside_id is not None:
        flash(f"{saving.saved_by} vừa lưu phần này. Cả hai bản đều được giữ.", "warning")
        place = url_for("set_asides.show", period_id=period_id, set_aside_id=saving.set_aside_id)
        return redirect(place, 303)
    flash(f"Đã nhập {len(items)} dòng vào phần {opened.part.label}.", "success")
    return redirect(url_for("parts.show_part", period_id=period_id, part=opened.part), 303)


@bp.errorhandler(InvalidInput)
def _again(error: InvalidInput) -> ResponseReturnValue:
    """Ask again, with everything that is wrong told by row and column."""
    values = request.view_args or {}
    return _asking(values["period_id"], named(values["part"]), error), 422


@bp.errorhandler(Conflict)
def _conflict(error: Conflict) -> ResponseReturnValue:
    flash(error.detail, "error")
    period_id = (request.view_args or {})["period_id"]
    return redirect(url_for("reporting.show_report", period_id=period_id), 303)


def _sent() -> bytes | str:
    file = request.files.get("file")
    if file is not None and file.filename:
        return file.read()
    text = request.form.get("text", "")
    if not text.strip():
        detail = "Hãy chọn tệp Excel (.xlsx), hoặc dán các ô đã chép từ Excel."
        raise InvalidInput(detail, errors=[Located("#/file", detail)])
    return text


def _items(typed: str) -> ReportContent:
    try:
        document: Any = json.loads(typed)
    except (ValueError, RecursionError) as exc:
        detail = "Danh sách xem trước không còn nguyên vẹn. Hãy nhập lại từ tệp."
        raise InvalidInput(detail, errors=[Located("#/file", detail)]) from exc
    content: ReportContent = load(ReportContentSchema(), document)
    return content


def _asking(period_id: UUID, part: Part, error: InvalidInput | None = None) -> str:
    report = open_(period_id)
    # A part that is no list is not found, before anybody is asked for one.
    importing_lists.listing_of(report, part, on=deps().today())
    return render_template(
        "intake/list_import.html",
        page=report,
        here=report.part(part),
        error=error,
        text=visible(request.form.get("text", "")),
    )
