"""The clerk's first page and the board of a period."""

from uuid import UUID

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from kernel.errors import InvalidInput
from kernel.problems import load
from services.intake.domain.board import BoardFilters, CellState, Order
from services.intake.domain.forms import Part
from services.intake.domain.moves import State
from services.intake.use_cases import watching
from services.intake.web.context import deps
from services.intake.web.review_schemas import BoardQuerySchema

bp = Blueprint("periods", __name__)

REMINDERS = "reminders.show_reminders"


@bp.get("/periods")
@access(Role.CLERK, Role.LEADER, Role.ADMIN)
def show_periods() -> ResponseReturnValue:
    """List the periods of the office."""
    summaries = watching.list_periods(office_id=current_person().office_id, deps=deps())
    return render_template("intake/periods.html", summaries=summaries)


@bp.get("/periods/<uuid:period_id>")
@access(Role.CLERK, Role.LEADER, Role.ADMIN)
def show_board(period_id: UUID) -> ResponseReturnValue:
    """Show where every unit stands, part by part."""
    board = watching.show_board(
        period_id, office_id=current_person().office_id, deps=deps(), filters=_filters()
    )
    return render_template(
        "intake/board.html",
        board=board,
        parts=list(Part),
        states=list(State),
        filter_states=[(it.value, it.label) for it in State],
        cell_states=list(CellState),
        orders=[(it.value, it.label) for it in Order],
        may_accept=current_person().role is Role.CLERK,
        has_reminders=REMINDERS in current_app.view_functions
        and current_person().role is Role.CLERK,
    )


def _filters() -> BoardFilters:
    """Return the filters of the address; one that says something unknown filters nothing."""
    asked = {"order": Order.HAND.value, **request.args.to_dict()}
    try:
        filters: BoardFilters = load(BoardQuerySchema(), asked)
    except InvalidInput:
        return BoardFilters()
    return filters
