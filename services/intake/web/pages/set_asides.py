"""Texts that lie beside a report: both sides to look at, and what shall stand."""

from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from kernel.errors import Conflict, NotFound
from kernel.problems import load
from services.intake.domain.merging import Side, merged
from services.intake.use_cases import setting_aside
from services.intake.web.context import deps, this_call
from services.intake.web.pages.reporting import open_
from services.intake.web.part_presenting import choices_of, told_pairs
from services.intake.web.part_schemas import SettleFormSchema
from services.intake.web.typed_report import rows_of_content

bp = Blueprint("set_asides", __name__, url_prefix="/periods/<uuid:period_id>/report/set-aside")

_DONE = {
    Side.MINE: "Đã lấy bản để riêng vào báo cáo. Bản vừa bị thay vẫn được giữ.",
    Side.THEIRS: "Đã giữ bản đang lưu. Bản để riêng vẫn được giữ.",
    Side.BOTH: "Đã lưu các dòng được chọn. Cả hai bản cũ vẫn được giữ.",
}


@bp.get("")
@access(Role.SECTOR_OFFICER)
def show_all(period_id: UUID) -> ResponseReturnValue:
    """List everything that is kept beside the report."""
    kept = setting_aside.list_set_asides(period_id, by=current_person(), deps=deps())
    return render_template("intake/set_asides.html", page=open_(period_id), kept=kept)


@bp.get("/<uuid:set_aside_id>")
@access(Role.SECTOR_OFFICER)
def show(period_id: UUID, set_aside_id: UUID) -> ResponseReturnValue:
    """Show both texts side by side."""
    texts = _texts(period_id, set_aside_id)
    return render_template(
        "intake/set_aside.html",
        page=texts,
        pairs=told_pairs(texts),
        key=uuid4().hex,
    )


@bp.post("/<uuid:set_aside_id>")
@access(Role.SECTOR_OFFICER)
def settle(period_id: UUID, set_aside_id: UUID) -> ResponseReturnValue:
    """Put into the report what was chosen, or go on to put both together by hand."""
    texts = _texts(period_id, set_aside_id)
    typed = load(SettleFormSchema(), request.form.to_dict())
    rows = {
        pair.key: Side(request.form[f"row-{place}"])
        for place, pair in enumerate(texts.pairs)
        if request.form.get(f"row-{place}") in set(Side)
    }
    if typed["choice"] == "by_hand":
        return _by_hand(texts, rows)
    side = Side(typed["choice"])
    command = setting_aside.Settle(
        set_aside_id=set_aside_id,
        side=side,
        rows=rows,
        seen_version=typed["version"],
        call=this_call(typed["idempotency_key"], sorted(request.form.items())),
    )
    saving = setting_aside.settle(command, by=current_person(), deps=deps())
    flash(_DONE[side], "success")
    return redirect(url_for("parts.show_part", period_id=period_id, part=saving.part), 303)


@bp.errorhandler(Conflict)
def _conflict(error: Conflict) -> ResponseReturnValue:
    """Show both texts as they are now, and say why nothing was decided."""
    flash(error.detail, "error")
    return redirect(url_for("set_asides.show", **(request.view_args or {})), 303)


def _texts(period_id: UUID, set_aside_id: UUID) -> setting_aside.TwoTexts:
    texts = setting_aside.show_set_aside(set_aside_id, by=current_person(), deps=deps())
    if texts.period.id != period_id:
        raise NotFound("Không có bản để riêng này.")
    return texts


def _by_hand(texts: setting_aside.TwoTexts, rows: dict[str, Side]) -> ResponseReturnValue:
    """Show the form of the part with the chosen rows in it; saving it decides."""
    report = open_(texts.period.id)
    part = texts.aside.part
    content = merged(part, texts.mine, texts.theirs, rows)
    return render_template(
        "intake/report_part.html",
        page=report,
        here=report.part(part),
        rows=rows_of_content(content, part, report.form, report.unit.code),
        version=texts.version,
        errors={},
        editor=uuid4().hex,
        settles=texts.aside.id,
        alert="",
        is_unsaved=True,
        **choices_of(report),
    )
