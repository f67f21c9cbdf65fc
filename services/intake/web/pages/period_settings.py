"""Run a period: its deadline, closing and reopening, another form, and what happened."""

from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import current_person
from kernel.contracts.schema import Identifier, StrictSchema, Text
from kernel.errors import Conflict, InvalidInput
from kernel.problems import load
from kernel.web.forms import by_field
from services.intake.use_cases import scheduling, viewing_forms, viewing_periods
from services.intake.use_cases.scheduling import ChangePeriod
from services.intake.web.context import deps, this_call
from services.intake.web.pages.forms import EDITORS, KeySchema, edition_label
from services.intake.web.period_schemas import LONGEST_REASON
from services.intake.web.typed_edition import Day
from services.intake.web.typed_report import visible

bp = Blueprint("period_settings", __name__, url_prefix="/periods/<uuid:period_id>")

_WHY: dict[str, Any] = dict.fromkeys(
    ("required", "null", "blank"), "Nhập lý do để mọi người biết vì sao."
)
_EDITION: dict[str, Any] = dict.fromkeys(
    ("required", "null", "invalid_uuid"), "Chọn một biểu mẫu trong danh sách."
)


class _ReasonSchema(KeySchema):
    reason = Text(required=True, max_length=LONGEST_REASON, error_messages=_WHY)


class _CloseSchema(KeySchema):
    reason = Text(load_default="", blank=True, max_length=LONGEST_REASON)


class _DeadlineSchema(_ReasonSchema):
    due_on = Day(required=True)


class _EditionSchema(_ReasonSchema):
    edition_id = Identifier(required=True, error_messages=_EDITION)


class _ChosenSchema(StrictSchema):
    edition = Identifier(required=True, error_messages=_EDITION)


@bp.get("/settings")
@access(*EDITORS)
def show_settings(period_id: UUID) -> ResponseReturnValue:
    """Show what may be changed about the period."""
    return _page(period_id, errors={}), 200


@bp.post("/deadline")
@access(*EDITORS)
def move_deadline(period_id: UUID) -> ResponseReturnValue:
    """Let the reports be due on another day."""
    typed = load(_DeadlineSchema(), request.form.to_dict())
    change = _change(period_id, typed)
    scheduling.move_deadline(change, typed["due_on"], by=current_person(), deps=deps())
    return _done(period_id, "Đã đổi hạn nộp; các ngành đã được báo.")


@bp.post("/close")
@access(*EDITORS)
def close_period(period_id: UUID) -> ResponseReturnValue:
    """Take no further reports."""
    change = _change(period_id, load(_CloseSchema(), request.form.to_dict()))
    scheduling.close_period(change, by=current_person(), deps=deps())
    return _done(period_id, "Đã đóng kỳ. Báo cáo đã nộp vẫn duyệt được; cần thì mở lại.")


@bp.post("/reopen")
@access(*EDITORS)
def reopen_period(period_id: UUID) -> ResponseReturnValue:
    """Take reports again."""
    change = _change(period_id, load(_ReasonSchema(), request.form.to_dict()))
    scheduling.reopen_period(change, by=current_person(), deps=deps())
    return _done(period_id, "Đã mở lại kỳ; các ngành đã được báo.")


@bp.get("/edition")
@access(*EDITORS)
def show_edition_change(period_id: UUID) -> ResponseReturnValue:
    """Show what another form would change, and for whom."""
    chosen = load(_ChosenSchema(), request.args.to_dict())["edition"]
    return _edition_page(period_id, chosen, errors={}), 200


@bp.post("/edition")
@access(*EDITORS)
def change_edition(period_id: UUID) -> ResponseReturnValue:
    """Ask another form of the units which have not begun."""
    typed = load(_EditionSchema(), request.form.to_dict())
    change = _change(period_id, typed)
    scheduling.change_edition(change, typed["edition_id"], by=current_person(), deps=deps())
    return _done(period_id, "Đã đổi biểu mẫu. Báo cáo đã bắt đầu giữ nguyên biểu mẫu cũ.")


@bp.errorhandler(InvalidInput)
def _again(error: InvalidInput) -> ResponseReturnValue:
    """Show the page again with what was typed."""
    period_id = (request.view_args or {})["period_id"]
    errors = {
        name: detail for name, detail in by_field(error.errors).items() if "form-" not in name
    }
    if request.endpoint == "period_settings.change_edition" and "edition_id" not in errors:
        chosen = load(_ChosenSchema(), {"edition": request.form.get("edition_id", "")})["edition"]
        return _edition_page(period_id, chosen, errors=errors), 422
    # Each form of the page has its own fields: the errors belong to the one that was sent.
    prefix = str(request.endpoint).partition(".")[2].partition("_")[0]
    return _page(period_id, errors={f"{prefix}-{it}": errors[it] for it in errors}), 422


@bp.errorhandler(Conflict)
def _conflict(error: Conflict) -> ResponseReturnValue:
    """Show the period as it stands now, with what was typed."""
    return _page((request.view_args or {})["period_id"], errors={}, alert=error.detail), 409


def _change(period_id: UUID, typed: dict[str, Any]) -> ChangePeriod:
    asked = [typed["reason"], typed.get("due_on"), typed.get("edition_id")]
    call = this_call(typed["idempotency_key"], *asked)
    return ChangePeriod(period_id=period_id, call=call, reason=typed["reason"])


def _done(period_id: UUID, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("period_settings.show_settings", period_id=period_id), 303)


def _page(period_id: UUID, *, errors: dict[str, str], alert: str = "") -> str:
    office_id = current_person().office_id
    settings = viewing_periods.view_settings(period_id, office_id=office_id, deps=deps())
    editions = viewing_forms.all_editions(office_id=office_id, deps=deps())
    return render_template(
        "intake/period_settings.html",
        settings=settings,
        options=[
            (str(it.id), edition_label(it)) for it in editions if it.id != settings.edition.id
        ],
        typed={name: visible(value) for name, value in request.form.items()},
        sent=str(request.endpoint).partition(".")[2].partition("_")[0],
        errors=errors,
        alert=alert,
        key=uuid4().hex,
    )


def _edition_page(period_id: UUID, chosen: UUID, *, errors: dict[str, str]) -> str:
    change = viewing_periods.plan_edition_change(
        period_id, chosen, office_id=current_person().office_id, deps=deps()
    )
    return render_template(
        "intake/period_edition.html",
        change=change,
        typed_reason=visible(request.form.get("reason", "")),
        errors=errors,
        key=uuid4().hex,
    )
