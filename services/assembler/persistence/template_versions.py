"""Templates of one office: what it uploaded and what it put in force."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kernel.errors import NotFound
from services.assembler.domain.findings import Finding, Severity
from services.assembler.domain.template_versions import Publication, TemplateVersion
from services.assembler.persistence.models import TemplatePublicationRow, TemplateVersionRow

# Two uploads at once want the same number; the loser takes the next one.
_ATTEMPTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTemplateVersion:
    """What is known of a version when it is uploaded."""

    kind: str
    file_name: str
    sha256: str
    docx: bytes
    uploaded_by: UUID
    uploaded_at: datetime
    findings: Sequence[Finding]


class TemplateVersions:
    """Versions and publications of one office; another office's cannot be reached from here."""

    def __init__(self, session: Session, *, office_id: UUID) -> None:
        self._session, self._office_id = session, office_id

    def add_once(self, new: NewTemplateVersion) -> TemplateVersion:
        """Return the version; the same file of the same kind gives the first one."""
        for _ in range(_ATTEMPTS):
            known = self._find(new.kind, new.sha256)
            if known is not None:
                return known
            try:
                with self._session.begin_nested():
                    row = self._row(new)
                    self._session.add(row)
                return version_of(row)
            except IntegrityError:
                continue
        raise RuntimeError("no free version number")

    def get(self, version_id: UUID) -> TemplateVersion:
        """Return the version; absent and foreign give the same NotFound."""
        return version_of(self._get_row(version_id))

    def content(self, version_id: UUID) -> bytes:
        """Return the .docx of the version."""
        return self._get_row(version_id).docx

    def content_by_hash(self, kind: str, sha256: str) -> bytes | None:
        """Return the .docx of the version of a kind that has this hash."""
        row = self._find_row(kind, sha256)
        return row.docx if row else None

    def of_kind(self, kind: str) -> tuple[TemplateVersion, ...]:
        """Return the versions of a kind, the newest first."""
        wanted = self._visible().where(TemplateVersionRow.kind == kind)
        rows = self._session.scalars(wanted.order_by(TemplateVersionRow.number.desc()))
        return tuple(map(version_of, rows))

    def publish(self, kind: str, publication: Publication) -> None:
        """Put a version, or the shipped template, in force from now on."""
        row = TemplatePublicationRow(
            office_id=self._office_id,
            kind=kind,
            version_id=publication.version_id,
            published_by=publication.published_by,
            published_at=publication.published_at,
        )
        self._session.add(row)
        self._session.flush()

    def publications(self, kind: str) -> tuple[Publication, ...]:
        """Return what was put in force, the newest first."""
        log = TemplatePublicationRow
        wanted = select(log).where(log.office_id == self._office_id, log.kind == kind)
        rows = self._session.scalars(wanted.order_by(log.id.desc()))
        return tuple(
            Publication(
                version_id=row.version_id,
                published_by=row.published_by,
                published_at=row.published_at,
            )
            for row in rows
        )

    def in_force(self, kind: str) -> UUID | None:
        """Return the version in force, None for the shipped template."""
        log = TemplatePublicationRow
        wanted = select(log.version_id).where(log.office_id == self._office_id, log.kind == kind)
        return self._session.scalar(wanted.order_by(log.id.desc()).limit(1))

    def _visible(self) -> Select[TemplateVersionRow]:
        return select(TemplateVersionRow).where(TemplateVersionRow.office_id == self._office_id)

    def _get_row(self, version_id: UUID) -> TemplateVersionRow:
        row = self._session.scalar(self._visible().where(TemplateVersionRow.id == version_id))
        if row is None:
            raise NotFound("Không có phiên bản mẫu này.")
        return row

    def _find(self, kind: str, sha256: str) -> TemplateVersion | None:
        row = self._find_row(kind, sha256)
        return version_of(row) if row else None

    def _find_row(self, kind: str, sha256: str) -> TemplateVersionRow | None:
        same = self._visible().where(
            TemplateVersionRow.kind == kind, TemplateVersionRow.sha256 == sha256
        )
        return self._session.scalar(same)

    def _row(self, new: NewTemplateVersion) -> TemplateVersionRow:
        values = {name: getattr(new, name) for name in NewTemplateVersion.__slots__}
        values["findings"] = [asdict(one) for one in new.findings]
        last = select(func.max(TemplateVersionRow.number)).where(
            TemplateVersionRow.office_id == self._office_id, TemplateVersionRow.kind == new.kind
        )
        number = (self._session.scalar(last) or 0) + 1
        return TemplateVersionRow(office_id=self._office_id, number=number, **values)


def version_of(row: TemplateVersionRow) -> TemplateVersion:
    """Return the row as the domain knows it."""
    return TemplateVersion(
        id=row.id,
        kind=row.kind,
        number=row.number,
        file_name=row.file_name,
        sha256=row.sha256,
        uploaded_by=row.uploaded_by,
        uploaded_at=row.uploaded_at,
        findings=tuple(
            Finding(**{**one, "severity": Severity(one["severity"])}) for one in row.findings
        ),
    )
