"""Jobs (việc): what a queued piece of work is, how it moves, and when it is tried again."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, TypeVar
from uuid import UUID

from services.assembler.domain.findings import Finding, Severity

Value = TypeVar("Value")


class JobSort(StrEnum):
    """What a job makes: a draft, the PDF of a version, many documents, or one PDF of many."""

    ASSEMBLE = "assemble"
    CONVERT = "convert"
    BATCH = "batch"
    PRINT = "print"


class JobState(StrEnum):
    """Where a job stands; `done` and `failed` are final until somebody asks again."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Step(NamedTuple):
    """One step as the clerk reads it, and the share of the work behind it when it begins."""

    text: str
    progress: int


FETCH_DOSSIER = Step("Lấy hồ sơ", 5)
CHECK_FIGURES = Step("Đối chiếu số liệu", 30)
WRITE_DOCUMENT = Step("Soạn văn bản", 55)
KEEP_DRAFT = Step("Lưu dự thảo", 80)

FETCH_VERSION = Step("Lấy bản Word", 5)
MAKE_PDF = Step("Tạo bản PDF", 30)
KEEP_PDF = Step("Lưu bản PDF", 85)

STEPS = {
    JobSort.ASSEMBLE: (FETCH_DOSSIER, CHECK_FIGURES, WRITE_DOCUMENT, KEEP_DRAFT),
    JobSort.CONVERT: (FETCH_VERSION, MAKE_PDF, KEEP_PDF),
}

LOST = "Máy soạn thảo dừng giữa chừng nhiều lần liền."
TOO_SLOW = "Việc chạy quá 90 giây nên đã bị dừng. Hãy thử lại; nếu vẫn vậy, hãy báo quản trị."
UNEXPECTED = "Có lỗi ngoài dự kiến khi xử lý. Hãy thử lại; nếu vẫn vậy, hãy báo quản trị."
_REASON_LIMIT = 1_000


class LostClaim(Exception):
    """Somebody else holds the job by now: whatever this worker still wanted to write is void."""


class MoreToDo(Exception):
    """The turn of this job is over while its work is not: another task goes on with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to wait for whom; the defaults of the settings, shorter in tests.

    `turn` is how long one task works on a job of many items before others get theirs. The rest of
    the soft limit is for its last item, the slowest of which is the PDF of some hundred pages.
    """

    lease: timedelta
    republish: timedelta
    retry: timedelta
    max_attempts: int
    turn: timedelta = timedelta(seconds=30)

    def republish_after(self, publications: int) -> timedelta:
        """Return how long a wake-up call may stay unanswered; it doubles, so none pile up."""
        return self.republish * (1 << min(publications, 6))

    def retry_after(self, attempt: int) -> timedelta:
        """Return the pause after this attempt met a service that was away."""
        return self.retry * (1 << 2 * min(max(attempt - 1, 0), 3))


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The right of one worker to one job for one attempt; every write names it."""

    job_id: UUID
    worker: str
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPlace:
    """Where the archive keeps the draft that a job made."""

    document_id: UUID
    version_id: UUID
    version: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Việc soạn thảo or chuyển đổi, as it is at the moment of asking.

    `version_sha256` is that of what is converted. `batch_id` is set where a batch is printed.
    """

    id: UUID
    office_id: UUID
    sort: JobSort
    state: JobState
    progress: int
    step: str
    attempt: int
    created_at: datetime
    created_by: UUID | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    not_before: datetime | None = None
    reason: str = ""
    kind: str = ""
    title: str = ""
    period_id: UUID | None = None
    period_title: str = ""
    dossier_id: UUID | None = None
    dossier_sha256: str = ""
    on: date | None = None
    version_id: UUID | None = None
    version_sha256: str = ""
    batch_id: UUID | None = None
    result: DraftPlace | None = None
    findings: tuple[Finding, ...] = ()
    retry_key: str | None = None

    @property
    def is_finished(self) -> bool:
        """Tell whether nothing more will happen by itself."""
        return self.state in {JobState.DONE, JobState.FAILED}

    @property
    def blocks_issuing(self) -> bool:
        """Tell whether the draft must not be issued as it is (có lỗi chặn ban hành)."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def told(reason: str) -> str:
    """Return a reason cut to what a page can show."""
    return reason if len(reason) <= _REASON_LIMIT else f"{reason[: _REASON_LIMIT - 1]}…"


def stored(value: Value | None) -> Value:
    """Return what a job of its sort is never stored without."""
    if value is None:
        raise ValueError("a job without what its sort requires")
    return value
