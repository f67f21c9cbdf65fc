"""The template workshop (xưởng mẫu): upload, check, put in force, go back to an earlier one."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from kernel.errors import Conflict, InvalidInput, Located
from services.assembler.domain.template_versions import Publication, TemplateVersion
from services.assembler.persistence.template_versions import NewTemplateVersion, TemplateVersions
from services.assembler.rendering import docx
from services.assembler.rendering.checking import check_template, refusals
from services.assembler.rendering.pdf.converter import ConversionFailed
from services.assembler.rendering.templates import Template
from services.assembler.use_cases.collaborators import Deps


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A .docx that is to become a version of this kind of document."""

    kind: str
    file_name: str
    docx: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """One kind of document in the workshop; `in_force` None means the shipped template."""

    template: Template
    versions: Sequence[TemplateVersion]
    publications: Sequence[Publication]
    in_force: UUID | None


def view_kind(kind: str, *, office_id: UUID, deps: Deps) -> Bench:
    """Return the versions of a kind and the log of what was in force."""
    template = deps.templates.get(kind)
    with deps.database.read() as session:
        kept = TemplateVersions(session, office_id=office_id)
        log = kept.publications(kind)
        return Bench(
            template=template,
            versions=kept.of_kind(kind),
            publications=log,
            in_force=log[0].version_id if log else None,
        )


def view_version(version_id: UUID, *, office_id: UUID, deps: Deps) -> TemplateVersion:
    """Return one version; absent and foreign give the same NotFound."""
    with deps.database.read() as session:
        return TemplateVersions(session, office_id=office_id).get(version_id)


def upload(command: Upload, *, office_id: UUID, actor: UUID, deps: Deps) -> TemplateVersion:
    """Check the file and keep it as a version that is not in force yet.

    The same file gives the version that it became the first time. What is no inert Word document
    is refused with the reason, and nothing is kept.
    """
    template = deps.templates.get(command.kind)
    refused = refusals(command.docx)
    if refused:
        errors = [Located("#/file", f"{one.message} {one.suggestion}".strip()) for one in refused]
        raise InvalidInput(errors[0].detail, errors=errors)
    findings = check_template(command.docx, template.manifest, samples=template.samples)
    new = NewTemplateVersion(
        kind=command.kind,
        file_name=command.file_name,
        sha256=hashlib.sha256(command.docx).hexdigest(),
        docx=command.docx,
        uploaded_by=actor,
        uploaded_at=deps.now(),
        findings=findings,
    )
    with deps.database.begin() as session:
        return TemplateVersions(session, office_id=office_id).add_once(new)


def publish(version_id: UUID, *, office_id: UUID, actor: UUID, deps: Deps) -> TemplateVersion:
    """Put the version in force, or back in force; an error found in it forbids that."""
    with deps.database.begin() as session:
        kept = TemplateVersions(session, office_id=office_id)
        version = kept.get(version_id)
        if not version.is_publishable:
            raise Conflict("Phiên bản này còn lỗi; hãy sửa trong Word rồi tải lên bản mới.")
        _put_in_force(kept, version.kind, version.id, actor, deps)
    return version


def restore_shipped(kind: str, *, office_id: UUID, actor: UUID, deps: Deps) -> None:
    """Put the template that came with the installation back in force."""
    deps.templates.get(kind)
    with deps.database.begin() as session:
        _put_in_force(TemplateVersions(session, office_id=office_id), kind, None, actor, deps)


def template_in_force(kind: str, *, office_id: UUID, deps: Deps) -> Template:
    """Return the template that documents of this kind are made with now."""
    shipped = deps.templates.get(kind)
    with deps.database.read() as session:
        kept = TemplateVersions(session, office_id=office_id)
        version_id = kept.in_force(kind)
        if version_id is None:
            return shipped
        version, content = kept.get(version_id), kept.content(version_id)
    return replace(shipped, data=content, sha256=version.sha256)


def content_of(version_id: UUID, *, office_id: UUID, deps: Deps) -> tuple[TemplateVersion, bytes]:
    """Return the version and its .docx."""
    with deps.database.read() as session:
        kept = TemplateVersions(session, office_id=office_id)
        return kept.get(version_id), kept.content(version_id)


def specimen(version_id: UUID, sample: str, *, office_id: UUID, deps: Deps) -> bytes:
    """Return the .docx that this version makes of a sample ("typical", "longest")."""
    version, content = content_of(version_id, office_id=office_id, deps=deps)
    samples: Mapping[str, Mapping[str, Any]] = deps.templates.get(version.kind).samples
    if sample not in samples:
        raise InvalidInput(f"Mẫu này không có dữ liệu thử “{sample}”.")
    return docx.render(content, samples[sample])


def preview_pages(version_id: UUID, sample: str, *, office_id: UUID, deps: Deps) -> int:
    """Return how many pages the version makes of a sample; raises InvalidInput if it cannot."""
    made = specimen(version_id, sample, office_id=office_id, deps=deps)
    with _shown_as_refusal():
        return deps.preview.page_count(made)


def preview_page(
    version_id: UUID, sample: str, number: int, *, office_id: UUID, deps: Deps
) -> bytes:
    """Return one page, counted from 1, as a PNG."""
    made = specimen(version_id, sample, office_id=office_id, deps=deps)
    with _shown_as_refusal():
        return deps.preview.page(made, number)


def preview_pdf(version_id: UUID, sample: str, *, office_id: UUID, deps: Deps) -> bytes:
    """Return the quick view (bản xem nhanh) as a PDF."""
    made = specimen(version_id, sample, office_id=office_id, deps=deps)
    with _shown_as_refusal():
        return deps.preview.pdf(made)


@contextmanager
def _shown_as_refusal() -> Iterator[None]:
    try:
        yield
    except ConversionFailed as exc:
        raise InvalidInput(exc.reason) from exc


def _put_in_force(
    kept: TemplateVersions, kind: str, version_id: UUID | None, actor: UUID, deps: Deps
) -> None:
    """Add to the log, unless it is in force already: a second click changes nothing."""
    if kept.in_force(kind) == version_id:
        return
    entry = Publication(version_id=version_id, published_by=actor, published_at=deps.now())
    kept.publish(kind, entry)
