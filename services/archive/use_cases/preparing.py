"""What a clerk sees before a document is issued: the choices, then exactly what will happen."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kernel.contracts.boxes import BOXES
from kernel.errors import Conflict, InvalidInput, Located
from services.archive.domain.actors import Actor
from services.archive.domain.dating import check_issue_date
from services.archive.domain.documents import Document, Facts, Version
from services.archive.domain.registers import RegisterYear
from services.archive.domain.stamping import stamped_texts
from services.archive.persistence.documents import Documents
from services.archive.persistence.facts import facts_from_json
from services.archive.persistence.registers import Registers
from services.archive.persistence.versions import Versions
from services.archive.use_cases.deps import Deps
from services.archive.use_cases.issuing import refuse_blocked, require_register


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueChoices:
    """What the clerk chooses from: versions and a day, with the next number of each year."""

    document: Document
    today: date
    series: tuple[RegisterYear, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueIntent:
    """What the clerk chose, not yet confirmed."""

    version_id: UUID
    issued_on: date
    backdating_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuePreview:
    """Exactly what issuing would do: which bytes, which texts in which boxes, sent to whom."""

    document: Document
    version: Version
    facts: Facts
    series: RegisterYear
    stamped: tuple[tuple[str, str], ...]
    intent: IssueIntent


def choices_for_issue(document_id: UUID, *, actor: Actor, deps: Deps) -> IssueChoices:
    """Return what can be chosen for a draft; an issued document has no such page."""
    with deps.sessions.read() as session:
        document = Documents(session, office_id=actor.office_id).get(document_id)
        _require_draft(document)
        registers = Registers(session, office_id=actor.office_id)
        register = require_register(registers, document.facts)
        today = deps.today()
        begun = {series.year for series in registers.years() if series.register == register}
        return IssueChoices(
            document=document,
            today=today,
            series=tuple(
                registers.year(register.id, year)
                for year in sorted(begun | {today.year}, reverse=True)
            ),
        )


def preview_issue(
    document_id: UUID, intent: IssueIntent, *, actor: Actor, deps: Deps
) -> IssuePreview:
    """Return what confirming would do, after the checks that issuing makes again."""
    with deps.sessions.read() as session:
        document = Documents(session, office_id=actor.office_id).get(document_id)
        _require_draft(document)
        version = _chosen(document, intent.version_id)
        row = Versions(session, office_id=actor.office_id).get(version.id)
        facts = facts_from_json(row.facts)
        refuse_blocked(facts)
        registers = Registers(session, office_id=actor.office_id)
        register = require_register(registers, facts)
        series = registers.year(register.id, intent.issued_on.year)
    check_issue_date(
        intent.issued_on,
        today=deps.today(),
        document_year=facts.year,
        last_issued_on=series.last_issued_on,
        backdating_reason=intent.backdating_reason,
    )
    texts = stamped_texts(series.next_number, register.symbol, facts.place, intent.issued_on)
    return IssuePreview(
        document=document,
        version=version,
        facts=facts,
        series=series,
        stamped=tuple((BOXES[tag], text) for tag, text in texts.items()),
        intent=intent,
    )


def _require_draft(document: Document) -> None:
    if document.issue is not None:
        raise Conflict(f"Văn bản này đã ban hành, số {document.issue.text}.")


def _chosen(document: Document, version_id: UUID) -> Version:
    for version in document.versions:
        if version.id == version_id:
            return version
    reason = "Phiên bản này không thuộc văn bản đang ban hành."
    raise InvalidInput(reason, errors=[Located("#/version_id", reason)])
