"""Templates tried with sample data: as Word, as pages, as a PDF."""

from uuid import UUID

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role, current_office_id
from services.assembler.use_cases import template_specimens as specimens
from services.assembler.use_cases import template_workshop as workshop
from services.assembler.use_cases.template_specimens import Trial
from services.assembler.web import deps, template_presenters
from services.assembler.web.downloads import docx, pdf

bp = Blueprint("template_trials", __name__, url_prefix="/templates")


@bp.get("/versions/<uuid:version_id>/specimens/<sample>.docx")
@bp.get("/<kind>/shipped/specimens/<sample>.docx")
@access(Role.CLERK, Role.LEADER, Role.ADMIN)
def download_specimen(
    sample: str, version_id: UUID | None = None, kind: str = ""
) -> ResponseReturnValue:
    """Send what the template makes of sample data."""
    trial = _trial(kind, version_id, sample)
    made = specimens.specimen(trial, office_id=current_office_id(), deps=deps())
    return docx(made, f"{sample}.docx")


@bp.get("/versions/<uuid:version_id>/preview/<sample>")
@bp.get("/<kind>/shipped/preview/<sample>")
@access(Role.CLERK, Role.LEADER, Role.ADMIN)
def show_preview(
    sample: str, version_id: UUID | None = None, kind: str = ""
) -> ResponseReturnValue:
    """Show the pages that the template makes of sample data."""
    trial = _trial(kind, version_id, sample)
    pages = specimens.pages(trial, office_id=current_office_id(), deps=deps())
    bench = workshop.view_kind(trial.kind, office_id=current_office_id(), deps=deps())
    return render_template(
        "assembler/template_preview.html",
        bench=bench,
        trial=trial,
        which={"version_id": version_id} if version_id else {"kind": kind},
        pages=pages,
        present=template_presenters,
    )


@bp.get("/versions/<uuid:version_id>/preview/<sample>/<int:number>.png")
@bp.get("/<kind>/shipped/preview/<sample>/<int:number>.png")
@access(Role.CLERK, Role.LEADER, Role.ADMIN)
def preview_page(
    sample: str, number: int, version_id: UUID | None = None, kind: str = ""
) -> ResponseReturnValue:
    """Send the picture of one page."""
    trial = _trial(kind, version_id, sample)
    png = specimens.page(trial, number, office_id=current_office_id(), deps=deps())
    return Response(png, mimetype="image/png")


@bp.get("/versions/<uuid:version_id>/preview/<sample>.pdf")
@bp.get("/<kind>/shipped/preview/<sample>.pdf")
@access(Role.CLERK, Role.LEADER, Role.ADMIN)
def preview_pdf(sample: str, version_id: UUID | None = None, kind: str = "") -> ResponseReturnValue:
    """Send the quick view as a PDF."""
    trial = _trial(kind, version_id, sample)
    made = specimens.pdf(trial, office_id=current_office_id(), deps=deps())
    return pdf(made, f"{sample}.pdf")


def _trial(kind: str, version_id: UUID | None, sample: str) -> Trial:
    if version_id is not None:
        version = workshop.view_version(version_id, office_id=current_office_id(), deps=deps())
        kind = version.kind
    return Trial(kind, version_id, sample)
