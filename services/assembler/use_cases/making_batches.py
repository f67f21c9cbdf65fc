"""Making the documents of a batch on a worker: slice by slice, each committed, nothing twice."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from kernel.contracts.dossier import Dossier
from kernel.errors import Failure, UpstreamUnavailable
from services.assembler.domain.batches import (
    SLICE,
    BatchSubject,
    BatchTerms,
    ItemWork,
    Outcome,
)
from services.assembler.domain.findings import warning
from services.assembler.domain.jobs import MoreToDo, stored
from services.assembler.persistence.batch_work import BatchWork
from services.assembler.persistence.queue import JobQueue
from services.assembler.rendering.contract import check_context
from services.assembler.rendering.templates import Template
from services.assembler.use_cases.assembling import (
    blockers_of,
    composed,
    deposit_of,
    frozen_dossier,
    place_of,
)
from services.assembler.use_cases.collaborators import Deps
from services.assembler.use_cases.pinned_templates import pinned_template
from services.assembler.use_cases.planning_batches import certificate_items
from services.assembler.use_cases.running import CannotBeMade, Work, run_job

Making = Callable[[ItemWork], Outcome]


def make_batch(job_id: UUID, *, worker: str, deps: Deps) -> None:
    """Make what is not made yet of one batch; does nothing when another worker has it."""
    run_job(job_id, worker=worker, doing=_make_items, deps=deps)


def _make_items(work: Work, deps: Deps) -> None:
    dossier = frozen_dossier(work.job, deps)
    with deps.database.read() as session:
        terms = BatchWork(session, work.claim).terms()
    is_printed_only = terms.subject is BatchSubject.CERTIFICATES
    making = (_certificate if is_printed_only else _decision)(work, dossier, terms, deps)
    # What is handed to another service is committed at once.
    limit = SLICE if is_printed_only else 1
    turn_ends = deps.now() + deps.patience.turn
    while items := _take(work, limit, deps):
        _make_slice(work, items, making, turn_ends=turn_ends, deps=deps)
        if deps.now() >= turn_ends:
            raise MoreToDo
    _note_failures(work, deps)


def _note_failures(work: Work, deps: Deps) -> None:
    """Let the lists of jobs say that not everything went well."""
    with deps.database.begin() as session:
        failed = BatchWork(session, work.claim).tally().failed
        found = [warning("items-failed", "Các mục", f"{failed} mục lỗi.")] if failed else []
        JobQueue(session).note_findings(work.claim, found)


def _take(work: Work, limit: int, deps: Deps) -> Sequence[ItemWork]:
    with deps.database.begin() as session:
        is_given_up = BatchWork(session, work.claim).give_up(now=deps.now())
    if is_given_up:
        raise MoreToDo  # what it cost in attempts of the job is not held against the others
    with deps.database.begin() as session:
        return BatchWork(session, work.claim).take(limit=limit, now=deps.now())


def _make_slice(
    work: Work, items: Sequence[ItemWork], making: Making, *, turn_ends: datetime, deps: Deps
) -> None:
    """Make the items until the turn is over; what is made is kept, the rest is given back."""
    outcomes: list[Outcome] = []
    try:
        for item in items:
            outcomes.append(_outcome(item, making))
            if deps.now() >= turn_ends:
                break
    except UpstreamUnavailable:
        _keep(work, items, outcomes, deps)
        raise
    _keep(work, items, outcomes, deps)


def _outcome(item: ItemWork, making: Making) -> Outcome:
    try:
        return making(item)
    except UpstreamUnavailable:
        raise
    except Failure as exc:
        return Outcome(position=item.position, reason=exc.detail)


def _keep(work: Work, items: Sequence[ItemWork], outcomes: Sequence[Outcome], deps: Deps) -> None:
    ended = {outcome.position for outcome in outcomes}
    left = [item.position for item in items if item.position not in ended]
    with deps.database.begin() as session:
        batch = BatchWork(session, work.claim)
        batch.release(left)
        batch.keep(outcomes, now=deps.now())


def _certificate(work: Work, dossier: Dossier, terms: BatchTerms, deps: Deps) -> Making:
    contexts = _contexts(dossier, work, terms)
    template = _templates(work, deps)

    def make(item: ItemWork) -> Outcome:
        if item.key not in contexts:
            raise CannotBeMade("Không tìm thấy người được khen này trong hồ sơ đã chốt.")
        pinned, context = template(item.kind, item.template_sha256), contexts[item.key]
        check_context(pinned.manifest.placeholders, context)
        return Outcome(position=item.position, docx=deps.renderer.render(pinned.data, context))

    return make


def _contexts(dossier: Dossier, work: Work, terms: BatchTerms) -> dict[str, Mapping[str, Any]]:
    try:
        items = certificate_items(dossier, terms, stored(work.job.on))
    except (LookupError, ValueError) as exc:
        raise CannotBeMade(f"Không soạn được giấy khen từ hồ sơ này: {exc}") from exc
    return {item.key: item.context for item in items}


def _templates(work: Work, deps: Deps) -> Callable[[str, str], Template]:
    @cache
    def pinned(kind: str, sha256: str) -> Template:
        office_id = work.job.office_id
        return pinned_template(kind, sha256, office_id=office_id, deps=deps)

    return pinned


def _decision(work: Work, dossier: Dossier, terms: BatchTerms, deps: Deps) -> Making:
    job = work.job

    def make(item: ItemWork) -> Outcome:
        template = pinned_template(
            item.kind, item.template_sha256, office_id=job.office_id, deps=deps
        )
        composition = composed(dossier, template, stored(job.on))
        check_context(template.manifest.placeholders, composition.context)
        document = deps.renderer.render(template.data, composition.context)
        deposit = deposit_of(dossier, template, composition, document)
        key = item.deposit_key(job.id)
        receipt = deps.archive.deposit(key, deposit, document, office_id=job.office_id)
        return Outcome(
            position=item.position,
            docx=document,
            place=place_of(receipt),
            blockers=len(blockers_of(composition)),
        )

    return make
