"""The front door: everybody is led to where his work is."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from kernel.app import PREFIXES
from kernel.auth.access import access, signed_in
from kernel.auth.principal import Role, Service, current_person
from services.intake.use_cases import watching
from services.intake.web.context import deps

bp = Blueprint("home", __name__)


@bp.get("/")
@signed_in
def show() -> ResponseReturnValue:
    """Lead everybody to his work: form, periods, overview, or the archive of the superior."""
    places = {
        Role.SECTOR_OFFICER: _officers_place,
        Role.LEADER: lambda: url_for("overseeing.show_overview"),
        Role.SUPERIOR: lambda: f"{PREFIXES[Service.ARCHIVE]}/",
    }
    place = places.get(current_person().role, lambda: url_for("periods.show_periods"))
    return redirect(place())


@bp.get("/reports")
@access(Role.SECTOR_OFFICER)
def show_unit_reports() -> ResponseReturnValue:
    """List the periods as the officer's unit sees them."""
    reports = watching.list_unit_reports(by=current_person(), deps=deps())
    return render_template("intake/unit_reports.html", reports=reports)


def _officers_place() -> str:
    period_id = watching.report_to_write(by=current_person(), deps=deps())
    if period_id is None:
        return url_for("home.show_unit_reports")
    return url_for("reporting.show_report", period_id=period_id)
