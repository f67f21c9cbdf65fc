"""Facts as the JSON of a column, and back."""

from typing import Any
from uuid import UUID

from kernel.contracts.dossier import DossierRecipient, Signer
from services.archive.domain.documents import Facts


def facts_to_json(facts: Facts) -> dict[str, Any]:
    """Return what the column holds."""
    return {
        "document_type": facts.document_type,
        "subject": facts.subject,
        "year": facts.year,
        "issuing_body": facts.issuing_body,
        "issuing_body_name": facts.issuing_body_name,
        "register_symbol": facts.register_symbol,
        "place": facts.place,
        "signer": {
            "name": facts.signer.name,
            "power": facts.signer.power,
            "title": facts.signer.title,
            "other_title": facts.signer.other_title,
        },
        "recipients": [
            {
                "label": recipient.label,
                "office_id": str(recipient.office_id) if recipient.office_id else None,
                "is_addressee": recipient.is_addressee,
                "is_file_copy": recipient.is_file_copy,
            }
            for recipient in facts.recipients
        ],
        "blockers": list(facts.blockers),
    }


def facts_from_json(stored: dict[str, Any]) -> Facts:
    """Return the facts that the column holds."""
    recipients = tuple(
        DossierRecipient(**{**item, "office_id": UUID(item["office_id"])})
        if item["office_id"]
        else DossierRecipient(**item)
        for item in stored["recipients"]
    )
    signer, blockers = Signer(**stored["signer"]), tuple(stored["blockers"])
    return Facts(**{**stored, "signer": signer, "recipients": recipients, "blockers": blockers})
