"""Jobs, templates and findings in the words of pages and API."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from kernel.app import PREFIXES
from kernel.auth.principal import Service
from services.assembler.domain.findings import Finding, Severity
from services.assembler.domain.jobs import STEPS, DraftPlace, Job, JobSort, JobState
from services.assembler.domain.template_versions import TemplateVersion
from services.assembler.use_cases.watching import Desk

Option = tuple[str, str]


class Badge(NamedTuple):
    """A state as a word and a tone."""

    text: str
    tone: str


_BADGES = {
    JobState.QUEUED: Badge("Đang chờ", "secondary"),
    JobState.RUNNING: Badge("Đang làm", "primary"),
    JobState.DONE: Badge("Xong", "success"),
    JobState.FAILED: Badge("Không xong", "danger"),
}
_PASSED = Badge("Xong", "success")
_MARKS = {
    JobState.QUEUED: Badge("Chờ thử lại", "warning"),
    JobState.RUNNING: Badge("Đang làm", "primary"),
    JobState.DONE: _PASSED,
    JobState.FAILED: Badge("Dừng ở đây", "danger"),
}
_WAITING_AGAIN = Badge("Chờ thử lại", "warning")
_BLOCKED = Badge("Xong, có lỗi phải sửa", "warning")
_PARTLY = Badge("Xong, có mục lỗi", "warning")

_GROUPS = (
    (Severity.ERROR, "Lỗi chặn {step}", "danger"),
    (Severity.WARNING, "Cần xem lại", "warning"),
    (Severity.NOTICE, "Lưu ý", "info"),
)


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings of one severity, under a heading."""

    title: str
    tone: str
    findings: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of a job: "done", "now" or "later"."""

    text: str
    status: str
    mark: Badge | None


def job_facts(job: Job) -> dict[str, Any]:
    """Return a job as the API shows it."""
    names = (
        "id", "sort", "state", "progress", "step", "attempt", "reason", "kind", "title",
        "period_id", "on", "dossier_id", "dossier_sha256", "version_id", "findings",
        "blocks_issuing", "created_at", "started_at", "finished_at",
    )  # fmt: skip
    facts = {name: getattr(job, name) for name in names}
    facts |= {"document_id": None, "version": None, "sha256": job.version_sha256}
    if job.result is not None:
        made = ("document_id", "version_id", "version", "sha256")
        facts |= {name: getattr(job.result, name) for name in made}
    return facts


def badge(job: Job) -> Badge:
    """Return the state of a job as the clerk reads it."""
    if job.state is JobState.QUEUED and job.reason:
        return _WAITING_AGAIN
    if job.state is JobState.DONE and job.blocks_issuing:
        return _BLOCKED
    if job.state is JobState.DONE and job.sort is JobSort.BATCH and job.findings:
        return _PARTLY
    return _BADGES[job.state]


def name(job: Job) -> str:
    """Return what a job makes."""
    if job.sort is JobSort.CONVERT:
        return "Tạo bản PDF"
    return job.title


def steps(job: Job) -> list[StepLine]:
    """Return the steps of a job with where it stands."""
    texts = [step.text for step in STEPS[job.sort]]
    at = texts.index(job.step) if job.step in texts else -1
    if job.state is JobState.DONE:
        at = len(texts)
    marks = (_PASSED, _MARKS[job.state], None)
    statuses = ("done", "now", "later")
    places = [0 if n < at else 1 if n == at else 2 for n in range(len(texts))]
    return [
        StepLine(text, statuses[place], marks[place])
        for text, place in zip(texts, places, strict=True)
    ]


def finding_groups(checked: Job | TemplateVersion, step: str = "ban hành") -> list[FindingGroup]:
    """Return the findings by severity, the gravest first; empty groups are left out.

    `step` is what an error forbids, in Vietnamese.
    """
    groups = (
        FindingGroup(
            title.format(step=step),
            tone,
            [it for it in checked.findings if it.severity is severity],
        )
        for severity, title, tone in _GROUPS
    )
    return [group for group in groups if group.findings]


def draft_path(draft: DraftPlace) -> str:
    """Return where the archive shows a draft."""
    return f"{PREFIXES[Service.ARCHIVE]}/documents/{draft.document_id}"


def period_options(desk: Desk, form: Mapping[str, str]) -> list[Option]:
    """Return the periods to choose from; without intake, the one that was chosen before."""
    if desk.periods is None:
        chosen = form.get("period_id", "")
        return [(chosen, "Kỳ đã chọn")] if chosen else []
    return [
        # What tells periods apart comes first: a phone shows the beginning of an option only.
        (
            str(period.id),
            f"{period.code}: đã duyệt {period.accepted}/{period.total} ngành – {period.title}",
        )
        for period in desk.periods
    ]


def kind_options(desk: Desk) -> list[Option]:
    """Return the kinds of document to choose from."""
    return [(template.kind, template.manifest.title) for template in desk.templates]
