"""The registers of an office and what each numbered."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role
from kernel.problems import load
from services.archive.use_cases import registers
from services.archive.web.pages.redisplaying import BLANK, Form, redisplays
from services.archive.web.request import actor, deps
from services.archive.web.schemas import RegisterFormSchema

bp = Blueprint("registers", __name__)


def _list_page(form: Form = BLANK) -> str:
    return render_template(
        "archive/registers.html",
        found=registers.list_registers(actor=actor(), deps=deps()),
        today=deps().today(),
        typed=form.typed,
        errors=form.errors,
        problem=form.problem,
    )


@bp.get("/registers")
@access(Role.CLERK, Role.LEADER)
def show_registers() -> ResponseReturnValue:
    """List the registers and the years in which they gave numbers."""
    return _list_page()


@bp.post("/registers")
@access(Role.CLERK)
@redisplays(_list_page)
def open_register() -> ResponseReturnValue:
    """Open a register for a symbol that has none."""
    form = {name: value for name, value in request.form.items() if name != "csrf_token"}
    definition = load(RegisterFormSchema(), form)
    opened = registers.open_register(definition, office_id=actor().office_id, deps=deps())
    flash(f"Sổ của ký hiệu {opened.symbol} đã mở.", "success")
    return redirect(url_for(".show_registers"), 303)


@bp.get("/registers/<uuid:register_id>/<int:year>")
@access(Role.CLERK, Role.LEADER)
def show_register(register_id: UUID, year: int) -> ResponseReturnValue:
    """Show what a register numbered in one year."""
    found = registers.show_register(register_id, year, actor=actor(), deps=deps())
    return render_template("archive/register.html", found=found)
