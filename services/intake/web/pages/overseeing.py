"""The leader's view: one page that only shows."""

from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from kernel.errors import NotFound
from services.intake.domain.figures import figure_text
from services.intake.domain.moves import State
from services.intake.use_cases import overseeing
from services.intake.web.context import deps
from services.intake.web.presenting import STATE_TONES

bp = Blueprint("overseeing", __name__)


@bp.get("/overview")
@access(Role.LEADER, Role.CLERK, Role.ADMIN)
def show_overview() -> ResponseReturnValue:
    """Show the period that is asked for, or the newest open one."""
    overview = overseeing.oversee(
        _period_id(request.args.get("period", "")), by=current_person(), deps=deps()
    )
    return render_template(
        "intake/overview.html",
        overview=overview,
        states=list(State),
        tones=STATE_TONES,
        figure_text=figure_text,
    )


def _period_id(typed: str) -> UUID | None:
    if not typed:
        return None
    try:
        return UUID(typed)
    except ValueError as exc:
        raise NotFound("Không có kỳ báo cáo này.") from exc
