"""A clerk brings back a draft that was edited in Word."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kernel.errors import Conflict
from services.archive.domain.actors import Actor
from services.archive.domain.documents import Origin
from services.archive.domain.drafts import check_draft
from services.archive.persistence.documents import Documents
from services.archive.persistence.models import VersionRow
from services.archive.persistence.versions import Versions
from services.archive.use_cases.deps import Deps
from services.archive.use_cases.keeping import keep_draft, refuse_issued
from services.archive.use_cases.pushing import push_outbox


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadVersion:
    """An edited draft; `key` names the request."""

    document_id: UUID
    data: bytes
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadReceipt:
    """Which version the bytes are, and whether this request made it."""

    document_id: UUID
    version_id: UUID
    version: int
    sha256: str
    is_new: bool


def upload_version(command: UploadVersion, *, actor: Actor, deps: Deps) -> UploadReceipt:
    """Keep the edited draft as the next version; bytes already kept make no new one."""
    with deps.sessions.begin() as session:
        document = Documents(session, office_id=actor.office_id).lock(command.document_id)
        versions = Versions(session, office_id=actor.office_id)
        sha256 = hashlib.sha256(command.data).hexdigest()
        version = versions.with_content(document.id, sha256)
        if version is None:
            refuse_issued(document)
            if versions.with_deposit_key(_key(command)):
                raise Conflict("Mã yêu cầu này đã dùng cho một tệp khác. Hãy tải lại trang.")
            source = versions.latest(document.id)
            check_draft(command.data, last_version=source.ordinal)
            deps.files.put(command.data)
            new = _version(command, source, sha256, actor, deps.now())
            version = keep_draft(session, document, new, command.data)
    push_outbox(deps=deps, version_id=version.id)
    return UploadReceipt(
        document_id=version.document_id,
        version_id=version.id,
        version=version.ordinal,
        sha256=version.sha256,
        is_new=version.deposit_key == _key(command),
    )


def _key(command: UploadVersion) -> str:
    return f"upload:{command.key}"


def _version(
    command: UploadVersion, source: VersionRow, sha256: str, actor: Actor, now: datetime
) -> VersionRow:
    """Return the row; the facts and the origins are those of the version that was edited."""
    return VersionRow(
        origin=Origin.UPLOADED.value,
        sha256=sha256,
        size=len(command.data),
        author_id=actor.account_id,
        author=actor.name,
        created_at=now,
        # The checks spoke of other bytes; whoever edited these answers for them, by name.
        facts={**source.facts, "blockers": []},
        template=source.template,
        template_sha256=source.template_sha256,
        dossier_id=source.dossier_id,
        dossier_sha256=source.dossier_sha256,
        source_version_id=source.id,
        deposit_key=_key(command),
    )
