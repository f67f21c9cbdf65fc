"""One PDF of all documents of a batch: asked for, made in parts that are kept, then joined."""

from collections.abc import Sequence
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
    slices = _slices(work, deps)
    if _is_whole(work, deps):
        return  # the last attempt was lost between its last write and its end
    turn_ends = deps.now() + deps.patience.turn
    with deps.database.read() as session:
        made = set(BatchPdfs(session, work.job.id).parts())
    total = sum(map(len, slices))
    done = 0
    for part, positions in enumerate(slices, 1):
        begin_step(work, Step(f"Đã tạo PDF {done}/{total} mục", 90 * done // total), deps)
        done += len(positions)
        if part in made:
            continue
        _keep(work, part, _print(work, positions, deps), deps)
        if deps.now() >= turn_ends:
            raise MoreToDo
    begin_step(work, _JOIN, deps)
    _join(work, len(slices), deps)


def _is_whole(work: Work, deps: Deps) -> bool:
    with deps.database.read() as session:
        return BatchPdfs(session, work.job.id).facts(WHOLE) is not None


def _slices(work: Work, deps: Deps) -> list[Sequence[int]]:
    """Return the positions that are printed together, after a look at what they hold."""
    job = work.job
    with deps.database.read() as session:
        hashes = Batches(session, office_id=job.office_id).hashes(stored(job.batch_id))
    if not hashes or digest_of(hashes.values()) != job.version_sha256:
        raise CannotBeMade("Các mục của đợt đã thay đổi; hãy yêu cầu bản PDF mới ở trang của đợt.")
    positions = list(hashes)
    starts = range(0, len(positions), PRINTED_AT_ONCE)
    return [positions[start : start + PRINTED_AT_ONCE] for start in starts]


def _print(work: Work, positions: Sequence[int], deps: Deps) -> KeptPdf:
    job = work.job
    with deps.database.read() as session:
        batches = Batches(session, office_id=job.office_id)
        span = batches.documents(stored(job.batch_id), first=positions[0], last=positions[-1])
        document = one_document([docx for _, docx in span])
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
