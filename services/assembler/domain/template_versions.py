"""Versions of a template (phiên bản mẫu): kept as uploaded, put in force one at a time."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.assembler.domain.findings import Finding, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateVersion:
    """One uploaded .docx of an office, with what its check found; it never changes."""

    id: UUID
    kind: str
    number: int
    file_name: str
    sha256: str
    uploaded_by: UUID
    uploaded_at: datetime
    findings: tuple[Finding, ...]

    @property
    def is_publishable(self) -> bool:
        """Tell whether nothing stands against making documents with it."""
        return all(one.severity is not Severity.ERROR for one in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One entry of the log of what was put in force; `version_id` None is the shipped template."""

    version_id: UUID | None
    published_by: UUID
    published_at: datetime
