"""The clerk's first page and the board of a period."""

from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from services.intake.domain.moves import State
from services.intake.use_cases import watching
from services.intake.web.context import deps
from services.intake.web.presenting import STATE_TONES

bp = Blueprint("periods", __name__)


@bp.get("/periods")
@access(Role.CLERK, Role.LEADER, Role.ADMIN)
def show_periods() -> ResponseReturnValue:
    """List the periods of the office."""
    summaries = watching.list_periods(office_id=current_person().office_id, deps=deps())
    return render_template("intake/periods.html", summaries=summaries)


@bp.get("/periods/<uuid:period_id>")
@access(Role.CLERK, Role.LEADER, Role.ADMIN)
def show_board(period_id: UUID) -> ResponseReturnValue:
    """Show where every unit stands."""
    board = watching.show_board(
        period_id,
        office_id=current_person().office_id,
        deps=deps(),
        chosen=_chosen(request.args.get("state", "")),
    )
    return render_template("intake/board.html", board=board, states=list(State), tones=STATE_TONES)


def _chosen(typed: str) -> State | None:
    return State(typed) if typed in set(State) else None
