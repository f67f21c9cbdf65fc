"""The template workshop (xưởng mẫu): versions of the office's templates."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role, current_office_id, current_person
from kernel.errors import Failure, InvalidInput, Located
from kernel.text import compose
from kernel.web.forms import by_field
from services.assembler.use_cases import template_workshop as workshop
from services.assembler.web import deps, presenters

bp = Blueprint("templates", __name__, url_prefix="/templates")

_MAX_NAME = 200
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.get("/")
@access(Role.CLERK, Role.LEADER, Role.ADMIN)
def list_templates() -> ResponseReturnValue:
    """Show every kind of document that a template makes."""
    benches = [
        workshop.view_kind(template.kind, office_id=current_office_id(), deps=deps())
        for template in deps().templates.kinds()
    ]
    return render_template("assembler/templates.html", benches=benches, present=presenters)


@bp.get("/<kind>")
@access(Role.CLERK, Role.LEADER, Role.ADMIN)
def show_template(kind: str) -> ResponseReturnValue:
    """Show the versions of one kind, its placeholders and the form to upload the next one."""
    return _page(kind)


@bp.post("/<kind>")
@access(Role.CLERK, Role.ADMIN)
def upload(kind: str) -> ResponseReturnValue:
    """Keep the uploaded file as a version, then show what its check found."""
    try:
        version = workshop.upload(
            _uploaded(kind),
            office_id=current_office_id(),
            actor=current_person().account_id,
            deps=deps(),
        )
    except InvalidInput as exc:
        return _page(kind, refusal=exc), exc.status
    return redirect(url_for(".show_version", version_id=version.id), 303)


@bp.get("/versions/<uuid:version_id>")
@access(Role.CLERK, Role.LEADER, Role.ADMIN)
def show_version(version_id: UUID) -> ResponseReturnValue:
    """Show one version and everything that its check found."""
    office_id = current_office_id()
    version = workshop.view_version(version_id, office_id=office_id, deps=deps())
    bench = workshop.view_kind(version.kind, office_id=office_id, deps=deps())
    return render_template(
        "assembler/template_version.html",
        version=version,
        bench=bench,
        may_change=_may_change(),
        present=presenters,
    )


@bp.post("/versions/<uuid:version_id>/publish")
@access(Role.CLERK, Role.ADMIN)
def publish(version_id: UUID) -> ResponseReturnValue:
    """Put a version in force."""
    version = workshop.publish(
        version_id,
        office_id=current_office_id(),
        actor=current_person().account_id,
        deps=deps(),
    )
    flash(f"Phiên bản {version.number} đang được dùng.", "success")
    return redirect(url_for(".show_template", kind=version.kind), 303)


@bp.post("/<kind>/restore-shipped")
@access(Role.CLERK, Role.ADMIN)
def restore_shipped(kind: str) -> ResponseReturnValue:
    """Put the template that came with the installation back in force."""
    actor = current_person().account_id
    workshop.restore_shipped(kind, office_id=current_office_id(), actor=actor, deps=deps())
    flash("Mẫu gốc đang được dùng.", "success")
    return redirect(url_for(".show_template", kind=kind), 303)


@bp.get("/versions/<uuid:version_id>.docx")
@access(Role.CLERK, Role.LEADER, Role.ADMIN)
def download(version_id: UUID) -> ResponseReturnValue:
    """Send the template itself."""
    office_id = current_office_id()
    version, content = workshop.content_of(version_id, office_id=office_id, deps=deps())
    return _docx(content, f"{version.kind}-v{version.number}.docx")


@bp.get("/<kind>/shipped.docx")
@access(Role.CLERK, Role.LEADER, Role.ADMIN)
def download_shipped(kind: str) -> ResponseReturnValue:
    """Send the template that came with the installation."""
    return _docx(deps().templates.get(kind).data, f"{kind}.docx")


@bp.get("/versions/<uuid:version_id>/specimens/<sample>.docx")
@access(Role.CLERK, Role.LEADER, Role.ADMIN)
def download_specimen(version_id: UUID, sample: str) -> ResponseReturnValue:
    """Send what the version makes of sample data."""
    office_id = current_office_id()
    made = workshop.specimen(version_id, sample, office_id=office_id, deps=deps())
    return _docx(made, f"{sample}.docx")


@bp.get("/versions/<uuid:version_id>/preview/<sample>")
@access(Role.CLERK, Role.LEADER, Role.ADMIN)
def show_preview(version_id: UUID, sample: str) -> ResponseReturnValue:
    """Show the pages that the version makes of sample data."""
    office_id = current_office_id()
    version = workshop.view_version(version_id, office_id=office_id, deps=deps())
    pages = workshop.preview_pages(version_id, sample, office_id=office_id, deps=deps())
    return render_template(
        "assembler/template_preview.html",
        version=version,
        title=deps().templates.get(version.kind).manifest.title,
        sample=sample,
        pages=range(1, pages + 1),
    )


@bp.get("/versions/<uuid:version_id>/preview/<sample>/<int:number>.png")
@access(Role.CLERK, Role.LEADER, Role.ADMIN)
def preview_page(version_id: UUID, sample: str, number: int) -> ResponseReturnValue:
    """Send the picture of one page."""
    office_id = current_office_id()
    png = workshop.preview_page(version_id, sample, number, office_id=office_id, deps=deps())
    return Response(png, mimetype="image/png")


@bp.get("/versions/<uuid:version_id>/preview/<sample>.pdf")
@access(Role.CLERK, Role.LEADER, Role.ADMIN)
def preview_pdf(version_id: UUID, sample: str) -> ResponseReturnValue:
    """Send the quick view as a PDF."""
    office_id = current_office_id()
    pdf = workshop.preview_pdf(version_id, sample, office_id=office_id, deps=deps())
    response = Response(pdf, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename=f"{sample}.pdf")
    return response


def _uploaded(kind: str) -> workshop.Upload:
    file = request.files.get("file")
    if file is None or not file.filename:
        sentence = "Hãy chọn tệp Word (.docx) của mẫu."
        raise InvalidInput(sentence, errors=[Located("#/file", sentence)])
    name = "".join(filter(str.isprintable, compose(file.filename)))[:_MAX_NAME]
    return workshop.Upload(kind=kind, file_name=name, docx=file.read())


def _page(kind: str, refusal: Failure | None = None) -> str:
    bench = workshop.view_kind(kind, office_id=current_office_id(), deps=deps())
    return render_template(
        "assembler/template.html",
        bench=bench,
        errors=by_field(refusal.errors) if refusal else {},
        may_change=_may_change(),
        present=presenters,
    )


def _may_change() -> bool:
    return current_person().role in {Role.CLERK, Role.ADMIN}


def _docx(content: bytes, name: str) -> Response:
    response = Response(content, mimetype=_DOCX)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
