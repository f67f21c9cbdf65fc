"""One part of the report a page: fill in, save, go on; the same form saves itself by a script."""

from uuid import UUID, uuid4

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from kernel.clock import in_hanoi
from kernel.errors import Conflict, InvalidInput, NotFound
from kernel.problems import load
from services.intake.domain.content import ReportContent
from services.intake.domain.forms import Part
from services.intake.domain.merging import Side
from services.intake.use_cases import drafting, opening, setting_aside
from services.intake.web.context import deps, this_call
from services.intake.web.pages.reporting import handed_in, open_
from services.intake.web.part_presenting import choices_of
from services.intake.web.schemas import TypedReportSchema
from services.intake.web.typed_report import (
    PartRows,
    Press,
    errors_by_field,
    pressed,
    rows_of_content,
    rows_of_typed,
    typed_data,
)

bp = Blueprint("parts", __name__, url_prefix="/periods/<uuid:period_id>/report/parts")

_TORN = (
    "Biểu mẫu gửi lên không đầy đủ nên chưa được lưu; bản đã lưu trước đó vẫn còn. "
    "Hãy tải lại trang rồi nhập tiếp."
)


class TornForm(Conflict):
    """A form that did not arrive whole: whatever is missing in it was not taken out by anybody."""


@bp.get("/<part>")
@access(Role.SECTOR_OFFICER)
def show_part(period_id: UUID, part: str) -> ResponseReturnValue:
    """Show the part as it was saved, or as this officer left it when it could not be saved."""
    report = open_(period_id)
    if not report.may_be_edited:
        return handed_in(report)
    opened = report.part(named(part))
    if opened.my_typed is not None:
        return _page(report, opened, *_typed_before(report, opened, opened.my_typed)), 200
    rows = rows_of_content(report.content, opened.part, report.form, report.unit.code)
    return _page(report, opened, rows, opened.version), 200


@bp.post("/<part>")
@access(Role.SECTOR_OFFICER)
def write_part(period_id: UUID, part: str) -> ResponseReturnValue:
    """Save the part and stay, or go on to the next one; or change rows, which saves nothing."""
    press = Press.read(request.form.get("action", ""))
    if press.changes_rows:
        report = open_(period_id)
        opened = report.part(named(part))
        rows = pressed(_typed_rows(report, opened.part), press)
        return _page(report, opened, rows, _seen_version(), is_unsaved=True), 200
    saving = _save(period_id, named(part))
    if saving.set_aside_id is not None:
        flash(f"{saving.saved_by} đã lưu phần này trước bạn. Cả hai bản đều được giữ.", "warning")
        return redirect(
            url_for("set_asides.show", period_id=period_id, set_aside_id=saving.set_aside_id), 303
        )
    return _gone_on(period_id, saving.part, press)


@bp.post("/<part>/autosave")
@access(Role.SECTOR_OFFICER)
def autosave(period_id: UUID, part: str) -> ResponseReturnValue:
    """Save the part for the script of its page; what cannot be saved is kept as it was typed."""
    saving = _save(period_id, named(part), is_repeatable=True)
    facts = {"version": saving.version, "at": in_hanoi(saving.saved_at).strftime("%H:%M")}
    if saving.set_aside_id is not None:
        place = url_for("set_asides.show", period_id=period_id, set_aside_id=saving.set_aside_id)
        return jsonify(state="set_aside", by=saving.saved_by, place=place, **facts), 409
    return jsonify(state="saved", **facts)


@bp.post("/<part>/discard")
@access(Role.SECTOR_OFFICER)
def discard_typed(period_id: UUID, part: str) -> ResponseReturnValue:
    """Give up what could not be saved and go back to what was."""
    drafting.drop_typed(period_id, named(part), by=current_person(), deps=deps())
    flash("Đã bỏ phần nhập dở. Dưới đây là bản đã lưu.", "success")
    return redirect(url_for("parts.show_part", period_id=period_id, part=part), 303)


@bp.errorhandler(InvalidInput)
def _again(error: InvalidInput) -> ResponseReturnValue:
    """Show the part again with everything that was typed, each error beside its field."""
    period_id, part = _here()
    _keep(period_id, part)
    errors = errors_by_field(error.errors, _pairs(), part)
    if request.endpoint == "parts.autosave":
        return jsonify(state="faulty", detail=error.detail, errors=errors), 422
    report = open_(period_id)
    rows = _typed_rows(report, part)
    page = _page(report, report.part(part), rows, _seen_version(), errors=errors, is_unsaved=True)
    return page, 422


@bp.errorhandler(Conflict)
def _conflict(error: Conflict) -> ResponseReturnValue:
    """Show what was typed and say why it can no longer be saved: nothing typed is lost."""
    period_id, part = _here()
    if not isinstance(error, TornForm):
        _keep(period_id, part)
    if request.endpoint == "parts.autosave":
        return jsonify(state="refused", detail=error.detail), 409
    report = open_(period_id)
    if isinstance(error, TornForm):
        rows = rows_of_content(report.content, part, report.form, report.unit.code)
        version = report.part(part).version
    else:
        rows, version = _typed_rows(report, part), _seen_version()
    return _page(report, report.part(part), rows, version, alert=error.detail), 409


def named(part: str) -> Part:
    """Return the part of that name; NotFound where no form has it."""
    if part not in set(Part):
        raise NotFound("Biểu mẫu của ngành không có phần này.")
    return Part(part)


def _here() -> tuple[UUID, Part]:
    values = request.view_args or {}
    return values["period_id"], named(values["part"])


def _save(period_id: UUID, part: Part, *, is_repeatable: bool = False) -> drafting.PartSaving:
    seen = _seen_version()
    content = load(TypedReportSchema(), typed_data(_pairs(), part))
    key = request.headers.get("Idempotency-Key", "")[:100] if is_repeatable else ""
    settled = request.form.get("settles", "")
    if settled and not is_repeatable:
        return _settle(settled, content, seen)
    command = drafting.SavePart(
        period_id=period_id,
        part=part,
        content=content,
        seen_version=seen,
        call=this_call(key, request.form) if key else None,
        editor=request.form.get("editor", "")[:100],
    )
    return drafting.save_part(command, by=current_person(), deps=deps())


def _settle(settled: str, content: ReportContent, seen: int) -> drafting.PartSaving:
    """Save what was made of two texts by hand."""
    try:
        set_aside_id = UUID(settled)
    except ValueError as exc:
        raise NotFound("Không có bản để riêng này.") from exc
    command = setting_aside.Settle(
        set_aside_id=set_aside_id,
        side=Side.BOTH,
        seen_version=seen,
        content=content,
        call=this_call(uuid4().hex),
    )
    return setting_aside.settle(command, by=current_person(), deps=deps())


def _seen_version() -> int:
    """Return which save the writer had before him; a form without it did not arrive whole."""
    seen = request.form.get("version", type=int)
    if seen is None or not 0 <= seen < 2**31:
        raise TornForm(_TORN)
    return seen


def _keep(period_id: UUID, part: Part) -> None:
    pairs = [it for it in _pairs() if it[0] not in {"csrf_token", "idempotency_key"}]
    drafting.keep_typed(
        period_id, part, pairs, seen_version=_seen_version(), by=current_person(), deps=deps()
    )


def _gone_on(period_id: UUID, part: Part, press: Press) -> ResponseReturnValue:
    flash(f"Đã lưu phần {part.label}.", "success")
    following = open_(period_id).after(part) if press.action == "next" else part
    if following is None:
        return redirect(url_for("reporting.show_report", period_id=period_id), 303)
    return redirect(url_for("parts.show_part", period_id=period_id, part=following), 303)


def _pairs() -> list[tuple[str, str]]:
    return list(request.form.items(multi=True))


def _typed_rows(report: opening.OpenReport, part: Part) -> PartRows:
    return rows_of_typed(_pairs(), part, report.form, report.unit.code)


def _typed_before(
    report: opening.OpenReport, opened: opening.OpenPart, typed: opening.Typed
) -> tuple[PartRows, int, dict[str, str]]:
    """Return what the officer typed last time and could not save, with what is wrong in it."""
    pairs = list(typed.fields)
    errors: dict[str, str] = {}
    try:
        load(TypedReportSchema(), typed_data(pairs, opened.part))
    except InvalidInput as exc:
        errors = errors_by_field(exc.errors, pairs, opened.part)
    rows = rows_of_typed(pairs, opened.part, report.form, report.unit.code)
    return rows, typed.seen_version, errors


def _page(
    report: opening.OpenReport,
    opened: opening.OpenPart,
    rows: PartRows,
    version: int,
    errors: dict[str, str] | None = None,
    **shown: object,
) -> str:
    return render_template(
        "intake/report_part.html",
        page=report,
        here=opened,
        rows=rows,
        version=version,
        errors=errors or {},
        editor=request.form.get("editor", "")[:100] or uuid4().hex,
        settles=request.form.get("settles", ""),
        **{"alert": "", "is_unsaved": False, **choices_of(report), **shown},
    )
