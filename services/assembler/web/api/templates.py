"""Templates: the kinds of document, their placeholders, an office's own versions."""

from typing import Any
from uuid import UUID

from flask import url_for

from kernel.api import ApiBlueprint, IdempotencyKeySchema
from kernel.auth.access import access
from kernel.auth.principal import Role, current_office_id, current_person
from services.assembler.domain.template_versions import TemplateVersion
from services.assembler.use_cases import template_workshop as workshop
from services.assembler.use_cases.template_workshop import Bench
from services.assembler.web import deps
from services.assembler.web.template_schemas import (
    TemplateKindSchema,
    TemplateSchema,
    TemplateVersionSchema,
    UploadSchema,
)
from services.assembler.web.uploads import uploaded_template

bp = ApiBlueprint("templates_api", __name__, description="Mẫu văn bản")

_Created = tuple[dict[str, Any], int, dict[str, str]]


@bp.get("/templates")
@access(Role.CLERK, Role.LEADER, Role.ADMIN)
@bp.response(200, TemplateKindSchema(many=True))
def list_templates() -> list[dict[str, Any]]:
    """Return every kind of document that a template makes, with the version in force."""
    return [_kind_facts(_bench(template.kind)) for template in deps().templates.kinds()]


@bp.get("/templates/<kind>")
@access(Role.CLERK, Role.LEADER, Role.ADMIN)
@bp.response(200, TemplateSchema)
def show_template(kind: str) -> dict[str, Any]:
    """Return a kind with its placeholders and the office's versions, the newest first."""
    return _template_facts(kind)


@bp.post("/templates/<kind>/versions")
@access(Role.CLERK, Role.ADMIN)
@bp.arguments(UploadSchema, location="files")
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(201, TemplateVersionSchema)
def upload_version(files: dict[str, Any], headers: dict[str, str], kind: str) -> _Created:
    """Keep a .docx as a version and return what its check found; the same file, the same version.

    It is not in force until it is published.
    """
    version = workshop.upload(
        uploaded_template(kind, files.get("file")),
        office_id=current_office_id(),
        actor=current_person().account_id,
        deps=deps(),
    )
    location = url_for(".show_version", version_id=version.id)
    return _version_facts(version, _bench(kind)), 201, {"Location": location}


@bp.get("/templates/versions/<uuid:version_id>")
@access(Role.CLERK, Role.LEADER, Role.ADMIN)
@bp.response(200, TemplateVersionSchema)
def show_version(version_id: UUID) -> dict[str, Any]:
    """Return a version with everything that its check found."""
    version = workshop.view_version(version_id, office_id=current_office_id(), deps=deps())
    return _version_facts(version, _bench(version.kind))


@bp.post("/templates/versions/<uuid:version_id>/publish")
@access(Role.CLERK, Role.ADMIN)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(200, TemplateVersionSchema)
def publish_version(headers: dict[str, str], version_id: UUID) -> dict[str, Any]:
    """Put a version in force, or back in force; one with an error is refused."""
    version = workshop.publish(
        version_id,
        office_id=current_office_id(),
        actor=current_person().account_id,
        deps=deps(),
    )
    return _version_facts(version, _bench(version.kind))


@bp.post("/templates/<kind>/restore-shipped")
@access(Role.CLERK, Role.ADMIN)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(200, TemplateSchema)
def restore_shipped(headers: dict[str, str], kind: str) -> dict[str, Any]:
    """Put the template that came with the system back in force."""
    actor = current_person().account_id
    workshop.restore_shipped(kind, office_id=current_office_id(), actor=actor, deps=deps())
    return _template_facts(kind)


def _bench(kind: str) -> Bench:
    return workshop.view_kind(kind, office_id=current_office_id(), deps=deps())


def _template_facts(kind: str) -> dict[str, Any]:
    bench = _bench(kind)
    facts = _kind_facts(bench)
    facts["placeholders"] = bench.template.manifest.placeholders
    facts["versions"] = [_version_facts(one, bench) for one in bench.versions]
    return facts


def _kind_facts(bench: Bench) -> dict[str, Any]:
    return {
        "kind": bench.template.kind,
        "title": bench.template.manifest.title,
        "document_type": bench.template.manifest.document_type,
        "version_in_force": bench.in_force,
    }


def _version_facts(version: TemplateVersion, bench: Bench) -> dict[str, Any]:
    names = (
        "id", "kind", "number", "file_name", "sha256", "uploaded_at", "is_publishable", "findings",
    )  # fmt: skip
    facts: dict[str, Any] = {name: getattr(version, name) for name in names}
    return {**facts, "is_in_force": bench.in_force == version.id}
