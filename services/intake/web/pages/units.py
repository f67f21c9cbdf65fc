"""The administrator's pages of units: list, add, rename, days, order."""

from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from kernel.errors import InvalidInput
from kernel.problems import load
from kernel.web.forms import by_field
from services.intake.use_cases import units
from services.intake.web.context import deps, this_call
from services.intake.web.offices_schemas import (
    PageMoveUnitSchema,
    PageNewUnitSchema,
    PageRenameSchema,
    PageValiditySchema,
)
from services.intake.web.typed_report import visible

bp = Blueprint("units", __name__, url_prefix="/units")


@bp.get("")
@access(Role.ADMIN)
def show_units() -> ResponseReturnValue:
    """List the units in the order of the office."""
    return _page(errors={}), 200


@bp.post("")
@access(Role.ADMIN)
def add_unit() -> ResponseReturnValue:
    """Add a unit behind the others."""
    typed = load(PageNewUnitSchema(), request.form.to_dict())
    call = this_call(typed.pop("idempotency_key"), *typed.values())
    units.add_unit(units.AddUnit(**typed, call=call), by=current_person(), deps=deps())
    flash(f"Đã thêm ngành {typed['name']}.", "success")
    return redirect(url_for("units.show_units"), 303)


@bp.post("/<uuid:unit_id>/move")
@access(Role.ADMIN)
def move_unit(unit_id: UUID) -> ResponseReturnValue:
    """Move a unit one place up or down."""
    typed = load(PageMoveUnitSchema(), request.form.to_dict())
    steps = -1 if typed["direction"] == "up" else 1
    units.move_unit(unit_id, steps, by=current_person(), deps=deps())
    return redirect(url_for("units.show_units") + f"#unit-{unit_id}", 303)


@bp.get("/<uuid:unit_id>")
@access(Role.ADMIN)
def show_unit(unit_id: UUID) -> ResponseReturnValue:
    """Show one unit with its days and names."""
    return _unit_page(unit_id, errors={}), 200


@bp.post("/<uuid:unit_id>/name")
@access(Role.ADMIN)
def rename_unit(unit_id: UUID) -> ResponseReturnValue:
    """Give the unit another name."""
    command = load(PageRenameSchema(), request.form.to_dict())
    units.rename_unit(unit_id, command, by=current_person(), deps=deps())
    return _done(unit_id, "Đã lưu tên ngành.")


@bp.post("/<uuid:unit_id>/validity")
@access(Role.ADMIN)
def set_validity(unit_id: UUID) -> ResponseReturnValue:
    """Say since when and until when the unit reports."""
    command = load(PageValiditySchema(), request.form.to_dict())
    units.set_validity(unit_id, command, by=current_person(), deps=deps())
    return _done(unit_id, "Đã lưu thời gian hoạt động.")


@bp.errorhandler(InvalidInput)
def _again(error: InvalidInput) -> ResponseReturnValue:
    """Show the form again with what was typed; only the forms of this screen come here."""
    errors, unit_id = by_field(error.errors), (request.view_args or {}).get("unit_id")
    if unit_id is None or request.endpoint == "units.move_unit":
        return _page(errors=errors), 422
    return _unit_page(unit_id, errors=errors), 422


def _typed() -> dict[str, str]:
    return {name: visible(value) for name, value in request.form.items()}


def _page(*, errors: dict[str, str]) -> str:
    return render_template(
        "intake/units.html",
        units=units.list_units(by=current_person(), deps=deps()),
        typed=_typed(),
        errors=errors,
        key=uuid4().hex,
    )


def _unit_page(unit_id: UUID, *, errors: dict[str, str]) -> str:
    by = current_person()
    unit = units.show_unit(unit_id, by=by, deps=deps())
    others = [it for it in units.list_units(by=by, deps=deps()) if it.id != unit.id]
    return render_template(
        "intake/unit.html",
        unit=unit,
        others=[("", "— Không có —"), *((it.code, it.name) for it in others)],
        typed=_typed(),
        errors=errors,
    )


def _done(unit_id: UUID, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("units.show_unit", unit_id=unit_id), 303)
