"""The template workshop (xưởng mẫu): versions of the office's templates."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role, current_office_id, current_person
from kernel.errors import Failure, InvalidInput, NotFound
from kernel.web.forms import by_field
from services.assembler.rendering.catalogue import catalogue
from services.assembler.use_cases import template_workshop as workshop
from services.assembler.web import deps
from services.assembler.web import template_presenters as present
from services.assembler.web.downloads import docx
from services.assembler.web.uploads import uploaded_template

bp = Blueprint("templates", __name__, url_prefix="/templates")


@bp.get("/")
@access(Role.CLERK, Role.LEADER, Role.ADMIN)
def list_templates() -> ResponseReturnValue:
    """Show every kind of document that a template makes."""
    benches = [
        workshop.view_kind(template.kind, office_id=current_office_id(), deps=deps())
        for template in deps().templates.kinds()
    ]
    return render_template("assembler/templates.html", benches=benches, present=present)


@bp.get("/check")
@access(Role.CLERK, Role.LEADER, Role.ADMIN)
def check_all() -> ResponseReturnValue:
    """Check the templates in force of all kinds, and show what was found."""
    checked = workshop.check_in_force(office_id=current_office_id(), deps=deps())
    return render_template("assembler/template_check.html", checked=checked, present=present)


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
            uploaded_template(kind, request.files.get("file")),
            office_id=current_office_id(),
            actor=current_person().account_id,
            deps=deps(),
        )
    except InvalidInput as exc:
        return _page(kind, refusal=exc), exc.status
    return redirect(url_for(".show_version", version_id=version.id), 303)


@bp.get("/<kind>/compare")
@access(Role.CLERK, Role.LEADER, Role.ADMIN)
def compare(kind: str) -> ResponseReturnValue:
    """Show how two templates of a kind differ."""
    office_id = current_office_id()
    bench = workshop.view_kind(kind, office_id=office_id, deps=deps())
    old, new = (_chosen(present.chosen(bench, request.args)[side]) for side in ("old", "new"))
    found = workshop.compare(kind, old, new, office_id=office_id, deps=deps())
    return render_template(
        "assembler/template_comparison.html",
        bench=bench,
        old=present.label(bench, old),
        new=present.label(bench, new),
        chosen=present.chosen(bench, request.args),
        comparison=found,
        present=present,
    )


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
        present=present,
    )


@bp.get("/versions/<uuid:version_id>/publish")
@access(Role.CLERK, Role.ADMIN)
def ask_to_publish(version_id: UUID) -> ResponseReturnValue:
    """Show what putting a version in force changes, and ask."""
    office_id = current_office_id()
    version = workshop.view_version(version_id, office_id=office_id, deps=deps())
    bench = workshop.view_kind(version.kind, office_id=office_id, deps=deps())
    return render_template(
        "assembler/template_publish.html",
        version=version,
        bench=bench,
        comparison=workshop.changes(version, bench.in_force, office_id=office_id, deps=deps()),
        present=present,
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
    flash(f"Bản {version.number} đang được dùng.", "success")
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
    return docx(content, f"{version.kind}-v{version.number}.docx")


@bp.get("/<kind>/shipped.docx")
@access(Role.CLERK, Role.LEADER, Role.ADMIN)
def download_shipped(kind: str) -> ResponseReturnValue:
    """Send the template that came with the installation."""
    return docx(deps().templates.get(kind).data, f"{kind}.docx")


def _chosen(which: str) -> UUID | None:
    """Return the version that a form names; None is the shipped template."""
    if which == present.SHIPPED:
        return None
    try:
        return UUID(which)
    except ValueError as exc:
        raise NotFound("Không có phiên bản mẫu này.") from exc


def _page(kind: str, refusal: Failure | None = None) -> str:
    bench = workshop.view_kind(kind, office_id=current_office_id(), deps=deps())
    return render_template(
        "assembler/template.html",
        bench=bench,
        catalogue=catalogue(bench.template.manifest.placeholders),
        errors=by_field(refusal.errors) if refusal else {},
        chosen=present.chosen(bench, {}),
        may_change=_may_change(),
        present=present,
    )


def _may_change() -> bool:
    return current_person().role in {Role.CLERK, Role.ADMIN}
