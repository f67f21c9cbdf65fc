"""Making a draft from a dossier: same dossier, template and day, same bytes, however often."""

import hashlib
from uuid import UUID

from kernel.contracts.deposits import Deposit
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
    stored,
)
from services.assembler.persistence.queue import JobQueue
from services.assembler.rendering.templates import Template
from services.assembler.use_cases.collaborators import Deps
from services.assembler.use_cases.running import CannotBeMade, Work, begin_step, run_job
from services.assembler.use_cases.template_workshop import template_in_force


def assemble(job_id: UUID, *, worker: str, deps: Deps) -> None:
    """Make the document of one job; does nothing when another worker has it."""
    run_job(job_id, worker=worker, doing=_make_draft, deps=deps)


def _make_draft(work: Work, deps: Deps) -> DraftPlace:
    begin_step(work, FETCH_DOSSIER, deps)
    dossier = _dossier(work, deps)
    template = template_in_force(work.job.kind, office_id=work.job.office_id, deps=deps)
    begin_step(work, CHECK_FIGURES, deps)
    composition = _composition(work, dossier, template)
    with deps.database.begin() as session:
        JobQueue(session).note_findings(work.claim, composition.findings)
    begin_step(work, WRITE_DOCUMENT, deps)
    document = deps.renderer.render(template.data, composition.context)
    begin_step(work, KEEP_DRAFT, deps)
    deposit = _deposit(dossier, template, composition, document)
    receipt = deps.archive.deposit(work.job.id, deposit, document, office_id=work.job.office_id)
    return DraftPlace(
        document_id=receipt.document_id,
        version_id=receipt.version_id,
        version=receipt.version,
        sha256=receipt.sha256,
    )


def _dossier(work: Work, deps: Deps) -> Dossier:
    job = work.job
    dossier = deps.intake.dossier(stored(job.dossier_id), office_id=job.office_id)
    if dossier.sha256 != job.dossier_sha256:
        raise CannotBeMade("Hồ sơ nhận được không khớp với hồ sơ đã chốt khi yêu cầu soạn.")
    return dossier


def _composition(work: Work, dossier: Dossier, template: Template) -> Composition:
    on = stored(work.job.on)
    try:
        return compose(dossier, on=on, kind=template.manifest)
    except (LookupError, ValueError) as exc:
        # The domain's own sentences: no such issuing body, no such placeholder, no such award.
        raise CannotBeMade(f"Không soạn được văn bản từ hồ sơ này: {exc}") from exc


def _deposit(
    dossier: Dossier, template: Template, composition: Composition, document: bytes
) -> Deposit:
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
        blockers=_blockers(composition),
    )


def _blockers(composition: Composition) -> tuple[str, ...]:
    """Return what forbids issuing, in one sentence each."""
    errors = [one for one in composition.findings if one.severity is Severity.ERROR]
    return tuple(f"{one.place}: {one.message}" for one in errors)
