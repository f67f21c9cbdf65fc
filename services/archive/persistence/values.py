"""Rows read into the values that leave this package."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from services.archive.domain.deliveries import Access, Delivery, Event
from services.archive.domain.documents import (
    Document,
    Issue,
    Origin,
    Rendition,
    RenditionState,
    Source,
    State,
    Summary,
    Version,
)
from services.archive.domain.registers import Register, RegisterYear
from services.archive.persistence.facts import facts_from_json
from services.archive.persistence.models import (
    DeliveryEventRow,
    DeliveryRow,
    DocumentRow,
    RegisterRow,
    RegisterYearRow,
    RenditionRow,
    VersionRow,
)

PENDING = Rendition(state=RenditionState.PENDING)


def summary(row: DocumentRow) -> Summary:
    """Return one line of a list."""
    return Summary(**_summary_fields(row))


def document(
    row: DocumentRow, versions: Sequence[VersionRow], renditions: Mapping[UUID, Rendition]
) -> Document:
    """Return the document with these versions, newest first."""
    return Document(
        **_summary_fields(row),
        versions=tuple(
            version(item, renditions.get(item.id, PENDING))
            for item in sorted(versions, key=lambda item: -item.ordinal)
        ),
    )


def _summary_fields(row: DocumentRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "office_id": row.office_id,
        "office_name": row.office_name,
        "facts": facts_from_json(row.facts),
        "state": State(row.state),
        "issue": _issue(row),
        "updated_at": row.updated_at,
    }


def printed_number(row: DocumentRow) -> str:
    """Return the number and symbol of an issued document, "" of a draft."""
    issue = _issue(row)
    return issue.text if issue else ""


def _issue(row: DocumentRow) -> Issue | None:
    known = (row.number, row.symbol, row.issued_on, row.issued_version_id, row.issued_at)
    number, symbol, issued_on, version_id, issued_at = known
    if not (number and symbol and issued_on and version_id and issued_at):
        return None
    return Issue(
        number=number,
        symbol=symbol,
        issued_on=issued_on,
        version_id=version_id,
        issued_at=issued_at,
        issued_by=row.issued_by,
        backdating_reason=row.backdating_reason,
    )


def version(row: VersionRow, rendition: Rendition) -> Version:
    """Return the version with its rendition."""
    return Version(
        id=row.id,
        ordinal=row.ordinal,
        origin=Origin(row.origin),
        sha256=row.sha256,
        size=row.size,
        author=row.author,
        created_at=row.created_at,
        source=Source(
            template=row.template,
            template_sha256=row.template_sha256,
            dossier_id=row.dossier_id,
            dossier_sha256=row.dossier_sha256,
        ),
        source_version_id=row.source_version_id,
        rendition=rendition,
        blockers=tuple(row.facts["blockers"]),
    )


def rendition(row: RenditionRow | None) -> Rendition:
    """Return the rendition; no row means that it is still awaited."""
    if row is None:
        return PENDING
    return Rendition(
        state=RenditionState(row.state),
        sha256=row.sha256,
        pages=row.pages,
        converter=row.converter,
        failure=row.failure,
        notice=row.notice,
        made_at=row.made_at,
    )


def delivery(row: DeliveryRow) -> Delivery:
    """Return the delivery."""
    return Delivery(
        id=row.id,
        recipient_office_id=row.recipient_office_id,
        recipient=row.recipient,
        version_id=row.version_id,
        sent_at=row.sent_at,
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        downloaded_at=row.downloaded_at,
        downloaded_by=row.downloaded_by,
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=row.acknowledged_by,
    )


def event(row: DeliveryEventRow, recipient: str) -> Event:
    """Return one line of the delivery log."""
    return Event(kind=Access(row.kind), recipient=recipient, person=row.person, at=row.at)


def register(row: RegisterRow) -> Register:
    """Return the register."""
    return Register(
        id=row.id,
        code=row.code,
        title=row.title,
        issuing_body=row.issuing_body,
        symbol=row.symbol,
        document_types=tuple(row.document_types),
    )


def register_year(row: RegisterRow, year: int, counter: RegisterYearRow | None) -> RegisterYear:
    """Return the year of a register; one that nothing was issued in yet begins at 1."""
    return RegisterYear(
        register=register(row),
        year=year,
        next_number=counter.next_number if counter else 1,
        last_issued_on=counter.last_issued_on if counter else None,
    )
