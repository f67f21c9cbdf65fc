"""Making the PDF of a version; the .docx itself is never touched, whatever happens here."""

import hashlib
from uuid import UUID

from kernel.contracts.renditions import RenditionOutcome
from services.assembler.domain.jobs import FETCH_VERSION, KEEP_PDF, MAKE_PDF, stored
from services.assembler.rendering.pdf.converter import ConversionFailed, Pdf
from services.assembler.use_cases.collaborators import Deps
from services.assembler.use_cases.running import CannotBeMade, Work, begin_step, run_job


def convert(job_id: UUID, *, worker: str, deps: Deps) -> None:
    """Make the PDF of one job; does nothing when another worker has it."""
    run_job(job_id, worker=worker, doing=_make_pdf, deps=deps)


def _make_pdf(work: Work, deps: Deps) -> None:
    job = work.job
    version_id = stored(job.version_id)
    begin_step(work, FETCH_VERSION, deps)
    document = deps.archive.version_content(version_id, office_id=job.office_id)
    if hashlib.sha256(document).hexdigest() != job.version_sha256:
        raise CannotBeMade("Bản Word nhận được không khớp mã băm của phiên bản.")
    begin_step(work, MAKE_PDF, deps)
    pdf = _pdf(document, deps)
    begin_step(work, KEEP_PDF, deps)
    outcome = RenditionOutcome(
        converter=pdf.converter,
        is_quick_view=pdf.is_quick_view,
        pages=pdf.pages,
        notice=pdf.notice,
    )
    deps.archive.put_rendition(version_id, outcome, pdf.data, office_id=job.office_id)


def _pdf(document: bytes, deps: Deps) -> Pdf:
    try:
        return deps.converter.convert(document, archival=True)
    except ConversionFailed as exc:
        raise CannotBeMade(exc.reason) from exc
