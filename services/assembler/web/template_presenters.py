"""The template workshop in the words of its pages."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.assembler.domain.findings import Finding, Severity
from services.assembler.domain.template_versions import Publication, TemplateVersion
from services.assembler.use_cases.template_workshop import Bench
from services.assembler.web.presenters import Badge, FindingGroup, Option, finding_groups

SHIPPED = "shipped"
_SAMPLES = {"typical": "thường gặp", "longest": "dài nhất"}
_COUNTED = (
    (Severity.ERROR, "{} lỗi", "danger"),
    (Severity.WARNING, "{} chỗ cần xem lại", "warning"),
    (Severity.NOTICE, "{} lưu ý", "info"),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """Data to try a template with."""

    name: str
    label: str


def samples(bench: Bench) -> list[Sample]:
    """Return what a template can be tried with, the typical one first."""
    names = sorted(bench.template.samples, key=lambda name: (name not in _SAMPLES, name))
    order = [name for name in _SAMPLES if name in names]
    order += [name for name in names if name not in _SAMPLES]
    return [Sample(name, sample_label(name)) for name in order]


def sample_label(name: str) -> str:
    """Return what a sample is like."""
    return _SAMPLES.get(name, name)


def in_force_label(bench: Bench) -> str:
    """Return which template documents of this kind are made with."""
    return label(bench, bench.in_force)


def publication_label(bench: Bench, entry: Publication) -> str:
    """Return what an entry of the log put in force."""
    return label(bench, entry.version_id)


def label(bench: Bench, version_id: UUID | None) -> str:
    """Return the name of a template of this kind; None is the shipped one."""
    numbers = {one.id: one.number for one in bench.versions}
    return "Mẫu gốc" if version_id is None else f"Bản {numbers[version_id]} của cơ quan"


def groups(version: TemplateVersion) -> list[FindingGroup]:
    """Return what the check of a version found, the gravest first."""
    return finding_groups(version, "đưa vào dùng")


def counts(findings: Sequence[Finding]) -> list[Badge]:
    """Return how many findings there are of each severity."""
    by_severity = Counter(one.severity for one in findings)
    told = [
        Badge(text.format(by_severity[severity]), tone)
        for severity, text, tone in _COUNTED
        if by_severity[severity]
    ]
    return told or [Badge("Không có lỗi", "success")]


def state(bench: Bench) -> Badge:
    """Return how a kind stands: whose template is in force, and what waits to be put in force."""
    newest = bench.versions[0] if bench.versions else None
    if newest is None or newest.id == bench.in_force:
        return Badge("Không có bản chờ", "secondary")
    if any(entry.version_id == newest.id for entry in bench.publications):
        return Badge("Đang dùng bản cũ hơn", "info")
    if newest.is_publishable:
        return Badge(f"Bản {newest.number} chờ đưa vào dùng", "info")
    return Badge(f"Bản {newest.number} có lỗi", "danger")


def template_options(bench: Bench) -> list[Option]:
    """Return the templates of a kind to choose from, the newest first."""
    versions = [(str(it.id), f"Bản {it.number} – {it.file_name}") for it in bench.versions]
    return [*versions, (SHIPPED, "Mẫu gốc")]


def chosen(bench: Bench, form: Mapping[str, str]) -> dict[str, str]:
    """Return what a comparison is offered with: what is in force, and the newest beside it."""
    newest = str(bench.versions[0].id) if bench.versions else SHIPPED
    in_force = str(bench.in_force) if bench.in_force else SHIPPED
    old = SHIPPED if in_force == newest else in_force
    return {"old": form.get("old", old), "new": form.get("new", newest)}
