"""A draft arrives from the assembler."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.contracts.deposits import Deposit, DepositReceipt
from kernel.errors import Conflict, InvalidInput, Located
from services.archive.domain.documents import Facts, Origin
from services.archive.domain.drafts import check_draft
from services.archive.persistence.documents import Documents
from services.archive.persistence.facts import facts_to_json
from services.archive.persistence.models import DocumentRow, VersionRow
from services.archive.persistence.registers import Offices
from services.archive.persistence.versions import Versions
from services.archive.use_cases.deps import Deps
from services.archive.use_cases.keeping import keep_draft, refuse_issued
from services.archive.use_cases.pushing import push_outbox

ASSEMBLER_NAME = "Soạn thảo (tự động)"


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositDraft:
    """A draft with its bytes; `key` names the request, so that repeating it is harmless."""

    key: str
    deposit: Deposit
    data: bytes


def deposit_draft(command: DepositDraft, *, office_id: UUID, deps: Deps) -> DepositReceipt:
    """Keep the draft as the first or the next version of its document."""
    _check(command)
    deposit, facts, now = command.deposit, _facts(command.deposit), deps.now()
    with deps.sessions.begin() as session:
        document = _document(session, office_id, deposit, facts, now)
        # Asked under the document's lock: the same request may come twice at once.
        version = Versions(session, office_id=office_id).with_deposit_key(command.key)
        if version is None:
            refuse_issued(document)
            deps.files.put(command.data)
            new = _version(command, facts, now)
            version = keep_draft(session, document, new, command.data)
        elif version.sha256 != deposit.sha256:
            raise Conflict("Mã gửi này đã dùng cho một tệp khác; hãy gửi với mã mới.")
    push_outbox(deps=deps, version_id=version.id)
    return DepositReceipt(
        document_id=version.document_id,
        version_id=version.id,
        version=version.ordinal,
        sha256=version.sha256,
    )


def _check(command: DepositDraft) -> None:
    if hashlib.sha256(command.data).hexdigest() != command.deposit.sha256:
        reason = "Mã băm khai báo không khớp với tệp gửi kèm."
        raise InvalidInput(reason, errors=[Located("#/sha256", reason)])
    check_draft(command.data)


def _document(
    session: Session, office_id: UUID, deposit: Deposit, facts: Facts, now: datetime
) -> DocumentRow:
    return Documents(session, office_id=office_id).lock_or_create(
        deposit.document_key,
        facts,
        office_name=Offices(session).name_of(office_id) or deposit.issuing_body_name,
        now=now,
    )


def _facts(deposit: Deposit) -> Facts:
    return Facts(
        document_type=deposit.document_type,
        subject=deposit.subject,
        year=deposit.year,
        issuing_body=deposit.issuing_body,
        issuing_body_name=deposit.issuing_body_name,
        register_symbol=deposit.register_symbol,
        place=deposit.place,
        signer=deposit.signer,
        recipients=deposit.recipients,
        blockers=deposit.blockers,
    )


def _version(command: DepositDraft, facts: Facts, now: datetime) -> VersionRow:
    deposit = command.deposit
    return VersionRow(
        origin=Origin.ASSEMBLED.value,
        sha256=deposit.sha256,
        size=len(command.data),
        author_id=None,
        author=ASSEMBLER_NAME,
        created_at=now,
        facts=facts_to_json(facts),
        template=deposit.template,
        template_sha256=deposit.template_sha256,
        dossier_id=deposit.dossier_id,
        dossier_sha256=deposit.dossier_sha256,
        source_version_id=None,
        deposit_key=command.key,
    )
