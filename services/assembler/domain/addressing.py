"""Who a document is addressed to (Kính gửi) and who receives it (Nơi nhận)."""

from dataclasses import replace
from typing import Any

from kernel.contracts.dossier import DossierOffice, DossierRecipient
from services.assembler.domain import wording
from services.assembler.domain.findings import Finding, warning
from services.assembler.domain.kinds import DocumentKind, is_addressed, records, submits
from vnadmin.recipients import Recipient, addressee_lines, recipient_lines
from vnadmin.text_folding import fold

_SEVERAL = "Quý cơ quan"


def recipients_of(office: DossierOffice, kind: DocumentKind) -> tuple[DossierRecipient, ...]:
    """Return the recipients as this document has them.

    A decision is addressed to nobody; what asks for something (tờ trình) goes first of all to the
    superior of the day, listed or not. Minutes stay with the council, whose members are no office,
    and on file.
    """
    if records(kind):
        return tuple(one for one in office.recipients if one.is_file_copy)
    if not is_addressed(kind):
        return tuple(replace(one, is_addressee=False) for one in office.recipients)
    if not submits(kind):
        return office.recipients
    superior = fold(wording.one_line(office.superior_name))
    is_superior = [fold(wording.one_line(one.label)) == superior for one in office.recipients]
    known = [one for one, is_it in zip(office.recipients, is_superior, strict=True) if is_it]
    others = [one for one, is_it in zip(office.recipients, is_superior, strict=True) if not is_it]
    first = known[0] if known else DossierRecipient(label=office.superior_name)
    return (replace(first, is_addressee=True), *others)


def addressees(office: DossierOffice, kind: DocumentKind) -> dict[str, Any]:
    """Return the addressees as lines, and the words for them in a sentence."""
    lines = addressee_lines(_printed(office, kind))
    single = lines[0] if len(lines) == 1 else ""
    return {
        "single": single,
        "lines": [] if single else list(lines),
        "called": single or (_SEVERAL if lines else ""),
    }


def recipients(office: DossierOffice, kind: DocumentKind) -> list[str]:
    """Return the lines of Nơi nhận; a document addressed to nobody names the addressees there."""
    return list(recipient_lines(_printed(office, kind)))


def check(office: DossierOffice, kind: DocumentKind) -> list[Finding]:
    """Warn of what ought to be addressed to someone and is not."""
    listed = recipients_of(office, kind)
    if not is_addressed(kind) or any(it.is_addressee for it in listed):
        return []
    return [
        warning(
            "addressee-missing",
            "Kính gửi",
            "Văn bản gửi cấp trên chưa có nơi kính gửi.",
            "Đánh dấu nơi nhận cấp trên là “Kính gửi” (Nghị định 30/2020, Phụ lục I, mục II.9).",
        )
    ]


def _printed(office: DossierOffice, kind: DocumentKind) -> list[Recipient]:
    return [
        Recipient(
            it.label,
            is_addressee=it.is_addressee and not it.is_file_copy,
            is_file_copy=it.is_file_copy,
        )
        for it in recipients_of(office, kind)
    ]
