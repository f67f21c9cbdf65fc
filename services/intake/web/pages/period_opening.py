"""Open a period: say what, see who would be asked what, confirm."""

from typing import Any
from uuid import uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import EXCLUDE, fields

from kernel.auth.access import access
from kernel.auth.principal import current_person
from kernel.contracts.schema import REQUIRED, Identifier, StrictSchema, Text
from kernel.errors import Conflict, InvalidInput
from kernel.problems import load
from kernel.web.forms import by_field
from services.intake.persistence.documents import Flag
from services.intake.use_cases import scheduling, viewing_forms, viewing_periods
from services.intake.use_cases.scheduling import OpenPeriod
from services.intake.web.context import deps, this_call
from services.intake.web.pages.forms import EDITORS, LONGEST_KEY, edition_label
from services.intake.web.period_schemas import YEARS
from services.intake.web.typed_edition import Day
from services.intake.web.typed_report import visible

bp = Blueprint("period_opening", __name__, url_prefix="/periods/new")

_YEAR: dict[str, Any] = {"required": REQUIRED, "invalid": "Phải là năm, ví dụ 2024."}
_FACTS = ("code", "title", "year", "due_on", "edition_id", "needs_second")
_EDITION: dict[str, Any] = dict.fromkeys(
    ("required", "null", "invalid_uuid"), "Chọn một biểu mẫu trong danh sách."
)


class _OpenSchema(StrictSchema):
    """The page: typed texts of a new period."""

    class Meta:
        """The form also carries its token and its button."""

        unknown = EXCLUDE

    idempotency_key = Text(required=True, max_length=LONGEST_KEY)
    code = Text(required=True, max_length=64)
    title = Text(required=True, max_length=1_000)
    year = fields.Integer(required=True, validate=YEARS, error_messages=_YEAR)
    due_on = Day(required=True)
    edition_id = Identifier(required=True, error_messages=_EDITION)
    needs_second = Flag()


@bp.get("")
@access(*EDITORS)
def show_new() -> ResponseReturnValue:
    """Ask for code, title, year, deadline and form."""
    return _page(_proposed(), errors={}), 200


@bp.post("")
@access(*EDITORS)
def open_period() -> ResponseReturnValue:
    """Show who would be asked what; open the period where that was confirmed."""
    action = request.form.get("action", "check")
    if action == "edit":
        return _page(request.form.to_dict(), errors={}), 200
    command = _command()
    if action == "open":
        period = scheduling.open_period(command, by=current_person(), deps=deps())
        flash(f"Đã mở kỳ “{period.title}”; các ngành đã được báo.", "success")
        return redirect(url_for("periods.show_board", period_id=period.id), 303)
    plan = viewing_periods.plan_opening(command, office_id=current_person().office_id, deps=deps())
    return render_template(
        "intake/period_confirm.html",
        plan=plan,
        command=command,
        typed=request.form.to_dict(),
        today=deps().today(),
    )


@bp.errorhandler(InvalidInput)
def _again(error: InvalidInput) -> ResponseReturnValue:
    """Show the page again with what was typed."""
    errors = {
        name: detail for name, detail in by_field(error.errors).items() if "form-" not in name
    }
    return _page(request.form.to_dict(), errors=errors), 422


@bp.errorhandler(Conflict)
def _conflict(error: Conflict) -> ResponseReturnValue:
    """Show the page again, and what is in the way."""
    return _page(request.form.to_dict(), errors={}, alert=error.detail), 409


def _command() -> OpenPeriod:
    typed = load(_OpenSchema(), request.form.to_dict())
    facts = {name: typed[name] for name in _FACTS}
    return OpenPeriod(**facts, call=this_call(typed["idempotency_key"], *facts.values()))


def _proposed() -> dict[str, str]:
    """Return what a new period most probably is: the next year, with the last form."""
    office_id = current_person().office_id
    last = viewing_forms.last_asked(office_id=office_id, deps=deps())
    return {"edition_id": request.args.get("edition") or (str(last) if last else "")}


def _page(typed: dict[str, str], *, errors: dict[str, str], alert: str = "") -> str:
    office_id = current_person().office_id
    last = viewing_forms.last_asked(office_id=office_id, deps=deps())
    editions = viewing_forms.all_editions(office_id=office_id, deps=deps())
    return render_template(
        "intake/period_new.html",
        typed={name: visible(value) for name, value in typed.items()},
        options=[(str(it.id), edition_label(it, is_last=it.id == last)) for it in editions],
        errors=errors,
        alert=alert,
        key=uuid4().hex,
    )
