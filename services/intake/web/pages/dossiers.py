"""The page of the dossier: what would be frozen now, what was frozen last."""

from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from kernel.problems import load
from services.intake.use_cases import freezing
from services.intake.web.context import deps, this_call
from services.intake.web.schemas import AcceptSchema

bp = Blueprint("dossiers", __name__)


@bp.get("/periods/<uuid:period_id>/dossier")
@access(Role.CLERK, Role.LEADER, Role.ADMIN)
def show_dossier(period_id: UUID) -> ResponseReturnValue:
    """Show both."""
    preview = freezing.preview_dossier(period_id, office_id=current_person().office_id, deps=deps())
    return render_template("intake/dossier.html", preview=preview, key=uuid4().hex)


@bp.post("/periods/<uuid:period_id>/dossier")
@access(Role.CLERK)
def freeze_dossier(period_id: UUID) -> ResponseReturnValue:
    """Freeze what is accepted now."""
    typed = load(AcceptSchema(), request.form.to_dict())
    freezing.freeze_dossier(
        period_id,
        office_id=current_person().office_id,
        call=this_call(typed["idempotency_key"]),
        deps=deps(),
    )
    flash("Đã chốt hồ sơ tổng hợp.", "success")
    return redirect(url_for("dossiers.show_dossier", period_id=period_id), 303)
