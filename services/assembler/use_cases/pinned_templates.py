"""The template that something was begun with, whatever is in force by now."""

from dataclasses import replace
from uuid import UUID

from services.assembler.persistence.template_versions import TemplateVersions
from services.assembler.rendering.templates import Template
from services.assembler.use_cases.collaborators import Deps
from services.assembler.use_cases.running import CannotBeMade


def pinned_template(kind: str, sha256: str, *, office_id: UUID, deps: Deps) -> Template:
    """Return the template of this kind with this hash, uploaded or shipped."""
    shipped = deps.templates.get(kind)
    if shipped.sha256 == sha256:
        return shipped
    with deps.database.read() as session:
        content = TemplateVersions(session, office_id=office_id).content_by_hash(kind, sha256)
    if content is None:
        raise CannotBeMade(
            f"Mẫu “{shipped.manifest.title}” đã được thay sau khi đợt này bắt đầu; bấm thử lại để "
            "làm theo mẫu mới."
        )
    return replace(shipped, data=content, sha256=sha256)
