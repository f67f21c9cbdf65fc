"""The template workshop (xưởng mẫu): upload, check, put in force, go back to an earlier one."""

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from uuid import UUID

from kernel.errors import Conflict, InvalidInput, Located
from services.assembler.domain.findings import Finding, Severity
from services.assembler.domain.template_versions import Publication, TemplateVersion
from services.assembler.persistence.template_versions import NewTemplateVersion, TemplateVersions
from services.assembler.rendering.comparing import Comparison
from services.assembler.rendering.context import RenderingFailed
from services.assembler.rendering.refusals import is_refusal
from services.assembler.rendering.templates import Template
from services.assembler.use_cases.collaborators import Deps

# Each check is a process of its own; a small server has two cores.
_AT_ONCE = 2


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What the check of a template in force finds today."""

    bench: Bench
    findings: Sequence[Finding]


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
    findings = _check(deps.templates.get(command.kind), command.docx, deps)
    refused = [one for one in findings if is_refusal(one)]
    if refused:
        errors = [Located("#/file", f"{one.message} {one.suggestion}".strip()) for one in refused]
        raise InvalidInput(errors[0].detail, errors=errors)
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
    """Put the version in force, or back in force; an error found in it forbids that.

    It is checked again, with a document made of each sample: the kind may ask for other data now
    than it did on the day of the upload.
    """
    version, content = content_of(version_id, office_id=office_id, deps=deps)
    if not version.is_publishable:
        raise Conflict("Phiên bản này còn lỗi; hãy sửa trong Word rồi tải lên bản mới.")
    findings = _check(deps.templates.get(version.kind), content, deps)
    errors = [one for one in findings if one.severity is Severity.ERROR]
    if errors:
        reason = f"{errors[0].place}: {errors[0].message}"
        raise Conflict(f"Kiểm tra lại thì phiên bản này có lỗi nên không đưa vào dùng. {reason}")
    with deps.database.begin() as session:
        kept = TemplateVersions(session, office_id=office_id)
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


def check_in_force(*, office_id: UUID, deps: Deps) -> list[Checked]:
    """Return what is wrong today with the template in force of every kind."""
    used = [
        template_in_force(kind.kind, office_id=office_id, deps=deps)
        for kind in deps.templates.kinds()
    ]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = list(pool.map(lambda template: _check(template, template.data, deps), used))
    return [
        Checked(bench=view_kind(it.kind, office_id=office_id, deps=deps), findings=findings)
        for it, findings in zip(used, found, strict=True)
    ]


def compare(
    kind: str, old: UUID | None, new: UUID | None, *, office_id: UUID, deps: Deps
) -> Comparison:
    """Return how two templates of a kind differ; None is the shipped one."""
    before, after = (content_of_kind(kind, it, office_id=office_id, deps=deps) for it in (old, new))
    return deps.isolation.compare(before, after)


def changes(
    version: TemplateVersion, in_force: UUID | None, *, office_id: UUID, deps: Deps
) -> Comparison | None:
    """Return what putting the version in force changes; None where that cannot be told in time."""
    try:
        return compare(version.kind, in_force, version.id, office_id=office_id, deps=deps)
    except RenderingFailed:
        return None


def content_of_kind(kind: str, version_id: UUID | None, *, office_id: UUID, deps: Deps) -> bytes:
    """Return a template of this kind; None is the shipped one."""
    shipped = deps.templates.get(kind)
    if version_id is None:
        return shipped.data
    version, content = content_of(version_id, office_id=office_id, deps=deps)
    if version.kind != kind:
        raise InvalidInput("Hai bản đem so sánh phải của cùng một loại văn bản.")
    return content


def _check(kind: Template, docx: bytes, deps: Deps) -> tuple[Finding, ...]:
    return tuple(deps.isolation.check(docx, kind.manifest, samples=kind.samples))


def _put_in_force(
    kept: TemplateVersions, kind: str, version_id: UUID | None, actor: UUID, deps: Deps
) -> None:
    """Add to the log, unless it is in force already: a second click changes nothing."""
    if kept.in_force(kind) == version_id:
        return
    entry = Publication(version_id=version_id, published_by=actor, published_at=deps.now())
    kept.publish(kind, entry)
