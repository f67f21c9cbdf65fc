"""One PDF of all documents of a batch: asked for, made in parts that are kept, then joined."""

from collections.abc import Mapping
from uuid import UUID

from kernel.errors import Conflict
from services.assembler.domain.batches import FORGOTTEN, BatchSubject, digest_of
from services.assembler.domain.jobs import Job, JobSort, JobState, MoreToDo, Step, stored
from services.assembler.persistence.batch_pdfs import WHOLE, BatchPdfs, KeptPdf, PdfFacts
from services.assembler.persistence.batches import Batches
from services.assembler.persistence.jobs import Jobs, NewJob
from services.assembler.persistence.queue import JobQueue
from services.assembler.rendering.bundles import one_document, one_pdf
from services.assembler.rendering.pdf.converter import ConversionFailed
from services.assembler.use_cases.collaborators import Deps
from services.assembler.use_cases.running import CannotBeMade, Work, begin_step, run_job
from services.assembler.use_cases.waking import wake

# LibreOffice takes 0.1 s for each of 25 certificates, 0.45 s for each of 89: it makes a page style
# of every section, and its time grows with their square. Few at once are also soon done again.
PRINTED_AT_ONCE = 25
_CHANGED = "Các mục của đợt đã thay đổi; hãy yêu cầu bản PDF mới ở trang của đợt."
_JOIN = Step("Ghép thành một tệp", 95)


def request_print(batch_id: UUID, *, office_id: UUID, idempotency_key: str, deps: Deps) -> Job:
    """Return the one job that prints the batch as it is now; a failed one is queued again."""
    with deps.database.begin() as session:
        jobs = Jobs(session, office_id=office_id)
        new = _new_print(Batches(session, office_id=office_id), batch_id, deps)
        job, is_new = jobs.add_once(new)
        is_woken = is_new or _ask_again(job, jobs, idempotency_key, deps)
        job = jobs.get(job.id)
    if is_woken:
        wake(job.sort, job.id, deps=deps)
    return job


def print_batch(job_id: UUID, *, worker: str, deps: Deps) -> None:
    """Make the PDF of one print; does nothing when another worker has it."""
    run_job(job_id, worker=worker, doing=_make_pdf, deps=deps)


def _new_print(batches: Batches, batch_id: UUID, deps: Deps) -> NewJob:
    batch = batches.get(batch_id)
    if batch.terms.subject is not BatchSubject.CERTIFICATES:
        raise Conflict("Mỗi quyết định là một văn bản riêng, có bản PDF ở mục Lưu trữ.")
    if not batch.job.is_finished:
        raise Conflict("Đợt này chưa làm xong.")
    hashes = batches.hashes(batch_id)
    if not hashes:
        raise Conflict(FORGOTTEN if batch.tally.done else "Đợt này chưa có mục nào xong.")
    digest = digest_of(hashes.values())
    return NewJob(
        sort=JobSort.PRINT,
        # One for each state of the batch: what was made again is printed again.
        idempotency_key=f"print:{batch_id}:{digest[:32]}",
        created_at=deps.now(),
        title=f"{batch.job.title} – bản PDF",
        period_title=batch.job.period_title,
        version_sha256=digest,
        batch_id=batch_id,
    )


def _ask_again(job: Job, jobs: Jobs, key: str, deps: Deps) -> bool:
    if job.state is not JobState.FAILED or job.retry_key == key:
        return False
    return jobs.requeue(job.id, now=deps.now(), retry_key=key)


def _make_pdf(work: Work, deps: Deps) -> None:
    """Make one part, or join them: a turn is one conversion, which has a time limit of its own."""
    slices = _slices(work, deps)
    with deps.database.read() as session:
        made = set(BatchPdfs(session, work.job.id).parts())
    if WHOLE in made:
        return  # the last attempt was lost between its last write and its end
    done = sum(len(hashes) for part, hashes in enumerate(slices, 1) if part in made)
    total = sum(map(len, slices))
    for part, hashes in enumerate(slices, 1):
        if part not in made:
            begin_step(work, Step(f"Đã tạo PDF {done}/{total} mục", 90 * done // total), deps)
            _keep(work, part, _print(work, hashes, deps), deps)
            if len(slices) > 1:
                raise MoreToDo
    begin_step(work, _JOIN, deps)
    _join(work, len(slices), deps)


def _slices(work: Work, deps: Deps) -> list[dict[int, str]]:
    """Return the positions that are printed together, with the hashes of what they hold."""
    job = work.job
    with deps.database.read() as session:
        hashes = Batches(session, office_id=job.office_id).hashes(stored(job.batch_id))
    if not hashes or digest_of(hashes.values()) != job.version_sha256:
        raise CannotBeMade(_CHANGED)
    every = list(hashes.items())
    starts = range(0, len(every), PRINTED_AT_ONCE)
    return [dict(every[start : start + PRINTED_AT_ONCE]) for start in starts]


def _print(work: Work, hashes: Mapping[int, str], deps: Deps) -> KeptPdf:
    job = work.job
    with deps.database.read() as session:
        batches = Batches(session, office_id=job.office_id)
        span = batches.documents(stored(job.batch_id), first=min(hashes), last=max(hashes))
        found = {item.position: (item.sha256, docx) for item, docx in span}
    # Somebody may have had items made again since the print began.
    if {position: sha256 for position, (sha256, _) in found.items()} != hashes:
        raise CannotBeMade(_CHANGED)
    document = one_document(docx for _, docx in found.values())
    try:
        pdf = deps.converter.convert(document)
    except ConversionFailed as exc:
        raise CannotBeMade(exc.reason) from exc
    facts = PdfFacts(pages=pdf.pages, converter=pdf.converter, is_quick_view=pdf.is_quick_view)
    return KeptPdf(facts=facts, content=pdf.data)


def _keep(work: Work, part: int, pdf: KeptPdf, deps: Deps) -> None:
    with deps.database.begin() as session:
        # Whoever lost the job by now must not write; the one who has it makes the part itself.
        JobQueue(session).assert_held(work.claim)
        BatchPdfs(session, work.job.id).keep(part, pdf, now=deps.now())


def _join(work: Work, count: int, deps: Deps) -> None:
    with deps.database.read() as session:
        pdfs = BatchPdfs(session, work.job.id)
        parts = [stored(pdfs.get(part)) for part in range(1, count + 1)]
    facts = [part.facts for part in parts]
    whole = KeptPdf(
        facts=PdfFacts(
            pages=sum(one.pages for one in facts),
            converter=facts[0].converter,
            is_quick_view=any(one.is_quick_view for one in facts),
        ),
        content=parts[0].content if count == 1 else one_pdf([part.content for part in parts]),
    )
    with deps.database.begin() as session:
        JobQueue(session).assert_held(work.claim)
        pdfs = BatchPdfs(session, work.job.id)
        pdfs.keep(WHOLE, whole, now=deps.now())
        pdfs.drop_parts()
