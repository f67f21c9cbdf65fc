"""Making a draft from a dossier: same dossier, template and day, same bytes, however often."""

import hashlib
from datetime import date
from uuid import UUID

from kernel.contracts.deposits import Deposit, DepositReceipt
from kernel.contracts.dossier import Dossier
from services.assembler.domain.addressing import recipients_of
from services.assembler.domain.composing import Composition, compose
from services.assembler.domain.findings import Severity
from services.assembler.domain.framing import issuing_body, signer_of
from services.assembler.domain.jobs import (
    CHECK_FIGURES,
    FETCH_DOSSIER,
    KEEP_DRAFT,
    WRITE_DOCUMENT,
    DraftPlace,
    Job,
    stored,
)
from services.assembler.persistence.queue import JobQueue
from services.assembler.rendering.contract import check_context
from services.assembler.rendering.templates import Template
from services.assembler.use_cases.collaborators import Deps
from services.assembler.use_cases.running import CannotBeMade, Work, begin_step, run_job
from services.assembler.use_cases.template_workshop import template_in_force


def assemble(job_id: UUID, *, worker: str, deps: Deps) -> None:
    """Make the document of one job; does nothing when another worker has it."""
    run_job(job_id, worker=worker, doing=_make_draft, deps=deps)


def _make_draft(work: Work, deps: Deps) -> DraftPlace:
    begin_step(work, FETCH_DOSSIER, deps)
    dossier = frozen_dossier(work.job, deps)
    template = template_in_force(work.job.kind, office_id=work.job.office_id, deps=deps)
    begin_step(work, CHECK_FIGURES, deps)
    composition = composed(dossier, template, stored(work.job.on))
    with deps.database.begin() as session:
        JobQueue(session).note_findings(work.claim, composition.findings)
    begin_step(work, WRITE_DOCUMENT, deps)
    check_context(template.manifest.placeholders, composition.context)
    document = deps.renderer.render(template.data, composition.context)
    begin_step(work, KEEP_DRAFT, deps)
    deposit = deposit_of(dossier, template, composition, document)
    receipt = deps.archive.deposit(work.job.id, deposit, document, office_id=work.job.office_id)
    return place_of(receipt)


def place_of(receipt: DepositReceipt) -> DraftPlace:
    """Return where the archive says that it keeps a draft."""
    return DraftPlace(
        document_id=receipt.document_id,
        version_id=receipt.version_id,
        version=receipt.version,
        sha256=receipt.sha256,
    )


def frozen_dossier(job: Job, deps: Deps) -> Dossier:
    """Return the dossier that was frozen when the job was asked for."""
    dossier = deps.intake.dossier(stored(job.dossier_id), office_id=job.office_id)
    if dossier.sha256 != job.dossier_sha256:
        raise CannotBeMade("Hồ sơ nhận được không khớp với hồ sơ đã chốt khi yêu cầu soạn.")
    return dossier


def composed(dossier: Dossier, template: Template, on: date) -> Composition:
    """Return what the template is filled with, drafted under the law of the day `on`."""
    try:
        return compose(dossier, on=on, kind=template.manifest)
    except (LookupError, ValueError) as exc:
        # The domain's own sentences: no such issuing body, no such placeholder, no such award.
        raise CannotBeMade(f"Không soạn được văn bản từ hồ sơ này: {exc}") from exc


def deposit_of(
    dossier: Dossier, template: Template, composition: Composition, document: bytes
) -> Deposit:
    """Return what the archive has to know of a draft."""
    manifest, content = template.manifest, dossier.content
    body = issuing_body(content.office, manifest.issuing_body)
    about = composition.context["document"]
    return Deposit(
        document_key=f"{content.period.code}:{template.kind}",
        document_type=manifest.document_type,
        subject=about["subject"],
        year=content.period.year,
        issuing_body=body.code,
        issuing_body_name=body.name,
        register_symbol=about["symbol"],
        place=content.office.place,
        signer=signer_of(content.office, manifest),
        recipients=recipients_of(content.office, manifest),
        template=template.kind,
        template_sha256=template.sha256,
        dossier_id=dossier.id,
        dossier_sha256=dossier.sha256,
        sha256=hashlib.sha256(document).hexdigest(),
        blockers=blockers_of(composition),
    )


def blockers_of(composition: Composition) -> tuple[str, ...]:
    """Return what forbids issuing, in one sentence each."""
    errors = [one for one in composition.findings if one.severity is Severity.ERROR]
    return tuple(f"{one.place}: {one.message}" for one in errors)
