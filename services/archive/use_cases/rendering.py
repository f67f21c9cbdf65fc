"""The PDF of a version comes back, fails, or is asked for again."""

from dataclasses import dataclass
from uuid import UUID

from kernel.contracts.renditions import RenditionOutcome
from kernel.errors import Conflict, InvalidInput, Located
from services.archive.domain.actors import Actor
from services.archive.domain.documents import Rendition, RenditionState
from services.archive.domain.renditions import replaces, state_of
from services.archive.persistence.outbox import Outbox
from services.archive.persistence.versions import Versions
from services.archive.use_cases.deps import Deps
from services.archive.use_cases.pushing import push_outbox

_PDF_MAGIC = b"%PDF-"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRendition:
    """How the conversion of a version ended, with the PDF if there is one."""

    version_id: UUID
    outcome: RenditionOutcome
    data: bytes | None


def record_rendition(command: RecordRendition, *, office_id: UUID, deps: Deps) -> Rendition:
    """Keep the outcome unless a better one is kept already; return the one that stands."""
    state = _checked_state(command)
    with deps.sessions.begin() as session:
        versions = Versions(session, office_id=office_id)
        kept = versions.lock_rendition(command.version_id)
        if not replaces(command.outcome, kept):
            return kept
        rendition = Rendition(
            state=state,
            sha256=deps.files.put(command.data) if command.data else None,
            pages=command.outcome.pages,
            converter=command.outcome.converter,
            failure=command.outcome.failure,
            notice=command.outcome.notice,
            made_at=deps.now(),
        )
        versions.put_rendition(command.version_id, rendition)
        return rendition


def retry_rendition(version_id: UUID, *, actor: Actor, deps: Deps) -> UUID:
    """Ask for the PDF again; return the document that the version belongs to."""
    with deps.sessions.begin() as session:
        versions = Versions(session, office_id=actor.office_id)
        version = versions.get(version_id)
        if versions.lock_rendition(version_id).is_final:
            raise Conflict("Phiên bản này đã có PDF chuẩn; không cần tạo lại.")
        versions.forget_failure(version_id)
        Outbox(session).ask_for_conversion(version, now=deps.now())
    push_outbox(deps=deps, version_id=version_id)
    return version.document_id


def _checked_state(command: RecordRendition) -> RenditionState:
    state = state_of(command.outcome)
    is_pdf = command.data is not None and command.data.startswith(_PDF_MAGIC)
    if state is RenditionState.FAILED and command.data is not None:
        raise _invalid("Kết quả lỗi không được kèm tệp PDF.")
    if state is not RenditionState.FAILED and not is_pdf:
        raise _invalid("Thiếu tệp PDF, hoặc tệp gửi lên không phải PDF.")
    return state


def _invalid(reason: str) -> InvalidInput:
    return InvalidInput(reason, errors=[Located("#/file", reason)])
