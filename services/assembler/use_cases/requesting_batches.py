"""Asking for a batch, and for what failed in it once more."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kernel.errors import Conflict, InvalidInput, Located, NotFound
from services.assembler.domain.batches import Batch, BatchSubject, BatchTerms, ItemState
from services.assembler.domain.jobs import Job, JobSort
from services.assembler.persistence.batches import Batches
from services.assembler.persistence.jobs import Jobs, NewJob
from services.assembler.rendering.templates import Template
from services.assembler.use_cases.collaborators import Deps
from services.assembler.use_cases.planning_batches import plan
from services.assembler.use_cases.template_workshop import template_in_force
from services.assembler.use_cases.waking import wake

_DECISIONS = "Các quyết định khen thưởng của kỳ"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestBatch:
    """Make certificates of one kind, or all decisions, for a period.

    `on` is the day of the decision: its law counts. `kind` is that of the certificates.
    """

    subject: BatchSubject
    period_id: UUID
    on: date
    kind: str = ""
    decision_number: str = ""
    first_entry: int | None = None
    on_stock: bool = False


def request_batch(
    command: RequestBatch,
    *,
    office_id: UUID,
    requested_by: UUID,
    idempotency_key: str,
    deps: Deps,
) -> Batch:
    """Return the batch; the same key gives the same one, however often it is sent."""
    template = _template(command, deps)
    terms = _terms(command, template)
    with deps.database.read() as session:
        first = Jobs(session, office_id=office_id).find_by_key(idempotency_key)
    if first is not None:
        return _same(first, command, terms, office_id, deps)
    dossier = deps.intake.freeze_dossier(
        command.period_id, office_id=office_id, idempotency_key=idempotency_key
    )
    items = plan(dossier, terms, on=command.on, kind=command.kind, office_id=office_id, deps=deps)
    new = NewJob(
        sort=JobSort.BATCH,
        idempotency_key=idempotency_key,
        created_at=deps.now(),
        created_by=requested_by,
        kind=command.kind,
        title=f"{template.manifest.title} hàng loạt" if template else _DECISIONS,
        period_id=command.period_id,
        period_title=dossier.content.period.title,
        dossier_id=dossier.id,
        dossier_sha256=dossier.sha256,
        intended_on=command.on,
    )
    with deps.database.begin() as session:
        job, is_new = Jobs(session, office_id=office_id).add_once(new)
        if is_new:
            Batches(session, office_id=office_id).add(job.id, terms, items)
    if not is_new:
        return _same(job, command, terms, office_id, deps)
    wake(job.sort, job.id, deps=deps)
    return _batch(job.id, office_id, deps)


def retry_batch(batch_id: UUID, *, office_id: UUID, idempotency_key: str, deps: Deps) -> Batch:
    """Queue what is not done; a batch that is under way already is returned as it is.

    The dossier stays the frozen one, the template is the one in force now. Where that is another
    one, all certificates are made again: one file is made of documents of one template.
    """
    batch = _batch(batch_id, office_id, deps)
    if batch.job.retry_key == idempotency_key or not batch.job.is_finished:
        return batch
    if not batch.is_retryable:
        raise Conflict("Mọi mục của đợt này đã xong, không cần thử lại.")
    asked = _ask_again(batch, office_id=office_id, idempotency_key=idempotency_key, deps=deps)
    if asked:
        wake(batch.job.sort, batch.job.id, deps=deps)
    return _batch(batch_id, office_id, deps)


def _ask_again(batch: Batch, *, office_id: UUID, idempotency_key: str, deps: Deps) -> bool:
    job = batch.job
    with deps.database.read() as session:
        kinds = dict(Batches(session, office_id=office_id).kinds(job.id))
    in_force = {
        kind: template_in_force(kind, office_id=office_id, deps=deps).sha256
        for kind in kinds
        if kind
    }
    with deps.database.begin() as session:
        batches = Batches(session, office_id=office_id)
        if not Jobs(session, office_id=office_id).requeue(
            job.id, now=deps.now(), retry_key=idempotency_key, state=job.state
        ):
            return False
        asked = 0
        for kind, sha256 in in_force.items():
            states = {ItemState.FAILED, ItemState.QUEUED}
            if batch.terms.subject is BatchSubject.CERTIFICATES and sha256 != kinds[kind]:
                states.add(ItemState.DONE)
            asked += batches.ask_again(job.id, kind=kind, template_sha256=sha256, states=states)
        if not asked:
            raise Conflict("Các mục lỗi của đợt này chưa có mẫu; hãy lập đợt mới khi đã có mẫu.")
    return True


def _template(command: RequestBatch, deps: Deps) -> Template | None:
    """Return the template of certificates; decisions each have their own."""
    if command.subject is BatchSubject.DECISIONS:
        return None
    where = Located("#/kind", "Hãy chọn một loại giấy khen trong danh sách.")
    try:
        template = deps.templates.get(command.kind)
    except NotFound as exc:
        raise InvalidInput(exc.detail, errors=[where]) from exc
    if not template.manifest.is_per_awardee:
        raise InvalidInput(where.detail, errors=[where])
    return template


def _terms(command: RequestBatch, template: Template | None) -> BatchTerms:
    return BatchTerms(
        subject=command.subject,
        award=(template.manifest.award or "") if template else "",
        decision_number=command.decision_number,
        first_entry=command.first_entry,
        on_stock=command.on_stock,
    )


def _same(
    first: Job, command: RequestBatch, terms: BatchTerms, office_id: UUID, deps: Deps
) -> Batch:
    asked = (JobSort.BATCH, command.period_id, command.kind, command.on)
    if (first.sort, first.period_id, first.kind, first.on) == asked:
        batch = _batch(first.id, office_id, deps)
        if batch.terms == terms:
            return batch
    raise Conflict("Yêu cầu với mã này đã được gửi trước đó với nội dung khác.")


def _batch(batch_id: UUID, office_id: UUID, deps: Deps) -> Batch:
    with deps.database.read() as session:
        return Batches(session, office_id=office_id).get(batch_id)
