"""The administrator's pages of superiors and of the office's own names."""

from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from kernel.errors import InvalidInput
from kernel.problems import load
from kernel.web.forms import by_field
from services.intake.use_cases import superiors
from services.intake.web.context import deps, this_call
from services.intake.web.offices_schemas import (
    PageDaysSchema,
    PageNewSuperiorSchema,
    PageRenameOfficeSchema,
)
from services.intake.web.typed_report import visible

bp = Blueprint("superiors", __name__)

LEVELS = (("province", "Cấp tỉnh"), ("district", "Cấp huyện (đến 30/6/2025)"))


@bp.get("/superiors")
@access(Role.ADMIN)
def show_superiors() -> ResponseReturnValue:
    """List who stood above the office, and since when."""
    return _page(errors={}), 200


@bp.post("/superiors")
@access(Role.ADMIN)
def succeed_superior() -> ResponseReturnValue:
    """Put another office above from a day on."""
    typed = load(PageNewSuperiorSchema(), request.form.to_dict())
    call = this_call(typed.pop("idempotency_key"), *typed.values())
    command = superiors.NewSuperior(**typed, call=call)
    superiors.succeed_superior(command, by=current_person(), deps=deps())
    return _done("Đã lưu cơ quan cấp trên mới.")


@bp.post("/superiors/<uuid:relation_id>")
@access(Role.ADMIN)
def set_superior_days(relation_id: UUID) -> ResponseReturnValue:
    """Correct the days of a superior."""
    days = load(PageDaysSchema(), request.form.to_dict())
    superiors.set_superior_days(relation_id, **days, by=current_person(), deps=deps())
    return _done("Đã lưu thời gian.")


@bp.get("/office")
@access(Role.ADMIN)
def show_office() -> ResponseReturnValue:
    """Show what the office is and was called."""
    return _office_page(errors={}), 200


@bp.post("/office")
@access(Role.ADMIN)
def rename_office() -> ResponseReturnValue:
    """Give the office other names."""
    command = load(PageRenameOfficeSchema(), request.form.to_dict())
    superiors.rename_office(command, by=current_person(), deps=deps())
    flash("Đã lưu tên đơn vị.", "success")
    return redirect(url_for("superiors.show_office"), 303)


@bp.errorhandler(InvalidInput)
def _again(error: InvalidInput) -> ResponseReturnValue:
    """Show the form again with what was typed; only the forms of this screen come here."""
    errors = by_field(error.errors)
    if request.endpoint == "superiors.rename_office":
        return _office_page(errors=errors), 422
    return _page(errors=errors), 422


def _typed() -> dict[str, str]:
    return {name: visible(value) for name, value in request.form.items()}


def _page(*, errors: dict[str, str]) -> str:
    relation_id = (request.view_args or {}).get("relation_id")
    return render_template(
        "intake/superiors.html",
        superiors=superiors.list_superiors(by=current_person(), deps=deps()),
        levels=LEVELS,
        typed=_typed(),
        errors=errors,
        refused=relation_id,
        key=uuid4().hex,
    )


def _office_page(*, errors: dict[str, str]) -> str:
    found = superiors.show_office(by=current_person(), deps=deps())
    return render_template("intake/office.html", office=found, typed=_typed(), errors=errors)


def _done(message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("superiors.show_superiors"), 303)
