"""Telling the archive that a conversion failed; what it did not hear is told again."""

import logging

from kernel.contracts.renditions import RenditionOutcome
from kernel.errors import Failure, UpstreamUnavailable
from services.assembler.domain.jobs import Job, stored
from services.assembler.persistence.queue import JobQueue
from services.assembler.use_cases.collaborators import Deps

logger = logging.getLogger("thidua.assembler.jobs")


def tell_failure(job: Job, reason: str, *, deps: Deps) -> bool:
    """Hand the archive the reason why there is no PDF; False when it must be told later."""
    version_id = stored(job.version_id)
    outcome = RenditionOutcome(converter="", is_quick_view=False, pages=0, failure=reason)
    try:
        deps.archive.put_rendition(version_id, outcome, None, office_id=job.office_id)
    except UpstreamUnavailable:
        return False
    except Failure as exc:
        # Such as a version that is no more: telling it again would change nothing.
        logger.warning("failure not taken", extra={"job_id": str(job.id), "code": exc.code})
    with deps.database.begin() as session:
        JobQueue(session).note_told(job.id)
    return True
