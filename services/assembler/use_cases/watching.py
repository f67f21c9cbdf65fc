"""Looking at jobs, and at what a new one may be made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kernel.errors import UpstreamUnavailable
from services.assembler.domain.jobs import Job, JobSort
from services.assembler.domain.periods import OpenPeriod
from services.assembler.persistence.jobs import Jobs
from services.assembler.rendering.templates import Template
from services.assembler.use_cases.collaborators import Deps

_RECENT = 8
_PAGE = 25
_MADE_AT_THE_DESK = (JobSort.ASSEMBLE, JobSort.BATCH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Bàn soạn thảo: what can be made and what was made lately.

    `templates` make one document of a dossier, `certificates` one for each awardee. `periods` is
    None while intake does not answer: the rest of the desk works without it.
    """

    periods: Sequence[OpenPeriod] | None
    templates: Sequence[Template]
    certificates: Sequence[Template]
    recent: Sequence[Job]
    today: date


@dataclass(frozen=True, slots=True)
class JobPage:
    """Some jobs, and the key of the page after them."""

    jobs: Sequence[Job]
    next_before: UUID | None


def view_desk(*, office_id: UUID, deps: Deps) -> Desk:
    """Return the desk of an office."""
    with deps.database.read() as session:
        recent = Jobs(session, office_id=office_id).newest(limit=_RECENT, sorts=_MADE_AT_THE_DESK)
    kinds = deps.templates.kinds()
    return Desk(
        periods=_periods(office_id, deps),
        templates=[it for it in kinds if not it.manifest.is_per_awardee],
        certificates=[it for it in kinds if it.manifest.is_per_awardee],
        recent=recent,
        today=deps.today(),
    )


def view_job(job_id: UUID, *, office_id: UUID, deps: Deps) -> Job:
    """Return one job; absent and foreign give the same NotFound."""
    with deps.database.read() as session:
        return Jobs(session, office_id=office_id).get(job_id)


def list_jobs(*, office_id: UUID, before: UUID | None, deps: Deps) -> JobPage:
    """Return a page of jobs, the newest first."""
    with deps.database.read() as session:
        jobs = Jobs(session, office_id=office_id).newest(limit=_PAGE + 1, before=before)
    shown = jobs[:_PAGE]
    return JobPage(shown, shown[-1].id if len(jobs) > _PAGE else None)


def _periods(office_id: UUID, deps: Deps) -> Sequence[OpenPeriod] | None:
    try:
        return deps.intake.periods(office_id=office_id)
    except UpstreamUnavailable:
        return None
