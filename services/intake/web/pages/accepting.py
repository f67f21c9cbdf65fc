"""Accept several reports at once: look at what was chosen, then decide."""

from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from kernel.errors import InvalidInput
from kernel.problems import load
from services.intake.use_cases import accepting_many
from services.intake.web.context import deps, form_key, this_call
from services.intake.web.presenting import STATE_TONES
from services.intake.web.review_schemas import TypedChoiceSchema

bp = Blueprint("accepting", __name__, url_prefix="/periods/<uuid:period_id>/accept-many")


@bp.get("")
@access(Role.CLERK)
def check_chosen(period_id: UUID) -> ResponseReturnValue:
    """Show what was ticked on the board, with what speaks against accepting it."""
    choice = accepting_many.check_chosen(
        period_id, _chosen(request.args.getlist("chosen")), by=current_person(), deps=deps()
    )
    return render_template(
        "intake/accept_many.html", choice=choice, key=uuid4().hex, tones=STATE_TONES
    )


@bp.post("")
@access(Role.CLERK)
def accept_many(period_id: UUID) -> ResponseReturnValue:
    """Accept them, each by itself, and tell what became of each."""
    typed = request.form.getlist("chosen")
    choice = accepting_many.check_chosen(
        period_id, _chosen(typed), by=current_person(), deps=deps()
    )
    outcomes = accepting_many.accept_many(
        tuple(it.chosen for it in choice.rows),
        this_call(form_key(), *sorted(typed)),
        by=current_person(),
        deps=deps(),
    )
    return render_template(
        "intake/accepted_many.html", choice=choice, outcomes=outcomes, tones=STATE_TONES
    )


@bp.errorhandler(InvalidInput)
def _nothing_chosen(error: InvalidInput) -> ResponseReturnValue:
    """Go back to the board and say what is missing."""
    flash(error.errors[0].detail if error.errors else error.detail, "error")
    period_id = (request.view_args or {})["period_id"]
    return redirect(url_for("periods.show_board", period_id=period_id), 303)


def _chosen(typed: list[str]) -> tuple[accepting_many.Chosen, ...]:
    return tuple(load(TypedChoiceSchema(), {"chosen": typed})["chosen"])
