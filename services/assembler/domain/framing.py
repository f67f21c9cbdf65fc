"""The frame of a document: heading, addressees, legal bases, recipients, signature."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kernel.contracts.dossier import (
    DossierLegalBasis,
    DossierOffice,
    DossierRecipient,
    IssuingBody,
    Signer,
)
from services.assembler.domain import wording
from services.assembler.domain.findings import Finding, error, notice, warning
from services.assembler.domain.kinds import COUNCIL, DocumentKind, decides, is_addressed, records
from vnadmin import amounts, legal_basis, numbering, recipients, signing
from vnadmin.document_types import document_type_by_abbreviation
from vnadmin.text_folding import fold

# How many bold capitals half a page holds (issuer, signature), and a whole one.
_COLUMN = 26
_LINE = 48
_COMMITTEE = ["uy", "ban", "nhan", "dan"]
_COMMUNE_WORDS = ("xã", "phường", "thị trấn", "đặc khu")
_COUNCIL = "hoi dong thi dua"
_DEPUTY_MARK = "KT."


@dataclass(frozen=True, slots=True)
class Frame:
    """The parts of the context that every document has, and what is wrong with them."""

    context: dict[str, Any]
    findings: tuple[Finding, ...]


def commune_of(office: DossierOffice) -> str:
    """Return "xã Linh Thông": the administrative unit whose committee the office is."""
    words = wording.one_line(office.name).split()
    is_committee = [fold(word) for word in words[:4]] == _COMMITTEE
    return " ".join(words[4:]) if is_committee and len(words) > 4 else office.place


def unit_words(office: DossierOffice) -> dict[str, str]:
    """Return the word for the office's own level, as award titles use it."""
    commune = commune_of(office).lower()
    words = [word for word in _COMMUNE_WORDS if commune.startswith(f"{word} ")]
    return {"commune": words[0]} if words else {}


def issuing_body(office: DossierOffice, code: str) -> IssuingBody:
    """Return the body that issues the document."""
    for body in office.issuing_bodies:
        if body.code == code:
            return body
    raise LookupError(f"Cơ quan {office.name} không có nơi ban hành {code!r}")


def frame(office: DossierOffice, kind: DocumentKind, subject: str, on: date) -> Frame:
    """Return everything around the text of the document."""
    body = issuing_body(office, kind.issuing_body)
    bases, about_bases = _legal_basis(office, kind, on)
    signature, about_signer = _signature(office.signer, kind)
    context = {
        "office": _office(office),
        "issuer": _issuer(body),
        "document": _document(office.signer, body, kind, subject, on),
        "addressees": _addressees(office.recipients, kind),
        "recipients": _recipients(recipients_of(office.recipients, kind), kind),
        "legal_basis": bases,
        "signature": signature,
    }
    about_addressees = _check_addressees(office.recipients, kind)
    return Frame(context, (*about_bases, *about_signer, *about_addressees))


def recipients_of(
    listed: Sequence[DossierRecipient], kind: DocumentKind
) -> tuple[DossierRecipient, ...]:
    """Return the recipients as this document has them: a decision is addressed to nobody.

    Minutes stay with the council, whose members are no office, and on file.
    """
    if records(kind):
        return tuple(one for one in listed if one.is_file_copy)
    if is_addressed(kind):
        return tuple(listed)
    return tuple(replace(one, is_addressee=False) for one in listed)


def signer_of(signer: Signer, kind: DocumentKind) -> Signer:
    """Return who signs as this kind names him: a head signs by himself, on nobody's behalf."""
    is_deputy = signer.power.startswith(_DEPUTY_MARK)
    return signer if kind.signing == COUNCIL or is_deputy else replace(signer, power="")


def head_title(signer: Signer) -> str:
    """Return the title of the head, also when a deputy signs for him."""
    if signer.power.startswith(_DEPUTY_MARK):
        return signer.power.removeprefix(_DEPUTY_MARK).strip()
    return signer.title


def head_signature(signer: Signer) -> dict[str, Any]:
    """Return the signature of what the head signs, as a template has it; may raise InvalidSigner.

    A deputy signs for him (KT.), nobody on behalf of a collective.
    """
    block = _by_head(signer)
    return _view(list(block.power_lines), block.host_title, block.name)


def proposer_of(office: DossierOffice) -> str:
    """Return the body that proposes commendations: the council, in whatever words it is named."""
    for body in office.issuing_bodies:
        if fold(body.name).startswith(_COUNCIL):
            return body.name
    return f"Hội đồng Thi đua - Khen thưởng {commune_of(office)}"


def _office(office: DossierOffice) -> dict[str, Any]:
    return {
        "name": office.name,
        "short_name": office.short_name,
        "commune": commune_of(office),
        "place": office.place,
        "superior_name": office.superior_name,
        "council": proposer_of(office),
        "villages": amounts.padded_count(office.villages),
        "village_word": office.village_word,
    }


def _issuer(body: IssuingBody) -> dict[str, Any]:
    """Split the heading: the superior's lines are plain, the issuer's own lines are bold."""
    name = wording.one_line(body.name).upper()
    lines = [wording.one_line(line).upper() for line in body.header]
    starts = [i for i in range(len(lines)) if name.startswith(" ".join(lines[i:]))]
    start = min(starts, default=max(len(lines) - 1, 0))
    return {
        "name": body.name,
        "superior_lines": _cut(lines[:start]),
        "lines": _cut(lines[start:] or [name]),
    }


def _document(
    signer: Signer, body: IssuingBody, kind: DocumentKind, subject: str, on: date
) -> dict[str, Any]:
    type_name = document_type_by_abbreviation(kind.document_type).name
    holder = f"{wording.upper_first(head_title(signer).lower())} {body.name}"
    issued_by = body.name if kind.signing == COUNCIL else holder
    return {
        "type_name": type_name,
        "heading": type_name.upper(),
        "subject": subject,
        "symbol": numbering.symbol_for(kind.document_type, body.symbol),
        "year": on.year,
        "authority": "\n".join(wording.heading_lines(holder.upper(), _LINE)),
        "issued_by": issued_by,
    }


def _addressees(listed: Sequence[DossierRecipient], kind: DocumentKind) -> dict[str, Any]:
    lines = recipients.addressee_lines(_printed(listed)) if is_addressed(kind) else ()
    is_single = len(lines) == 1
    return {"single": lines[0] if is_single else "", "lines": [] if is_single else list(lines)}


def _recipients(listed: Sequence[DossierRecipient], kind: DocumentKind) -> list[str]:
    """Return the lines of Nơi nhận; a document addressed to nobody names the addressees there."""
    return list(recipients.recipient_lines(_printed(listed, plain=not is_addressed(kind))))


def _printed(
    listed: Sequence[DossierRecipient], *, plain: bool = False
) -> list[recipients.Recipient]:
    return [
        recipients.Recipient(
            it.label,
            is_addressee=it.is_addressee and not it.is_file_copy and not plain,
            is_file_copy=it.is_file_copy,
        )
        for it in listed
    ]


def _check_addressees(listed: Sequence[DossierRecipient], kind: DocumentKind) -> list[Finding]:
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


def _legal_basis(
    office: DossierOffice, kind: DocumentKind, on: date
) -> tuple[list[str], list[Finding]]:
    bases = [_basis(it) for it in office.legal_basis]
    valid = legal_basis.in_force(bases, on)
    proposal = proposer_of(office) if decides(kind) else None
    place = "Căn cứ ban hành"
    found = [
        notice(
            "legal-basis-not-in-force",
            place,
            f"Không viện dẫn, vì không có hiệu lực ngày {on:%d/%m/%Y}: {basis.text}.",
            "Thay bằng văn bản đang có hiệu lực.",
        )
        for basis in legal_basis.expired(bases, on)
    ]
    if not valid:
        found.append(warning("legal-basis-missing", place, "Không có căn cứ nào còn hiệu lực."))
    return list(legal_basis.cite_lines(valid, proposal)), found


def _basis(it: DossierLegalBasis) -> legal_basis.LegalBasis:
    return legal_basis.LegalBasis(it.text, it.valid_from, it.valid_to)


def _signature(signer: Signer, kind: DocumentKind) -> tuple[dict[str, Any], list[Finding]]:
    try:
        block = _block(signer, kind)
    except signing.InvalidSigner as exc:
        bare = _view([signer.title.upper()], None, wording.one_line(signer.name))
        return bare, [error("signer-invalid", "Chữ ký", str(exc))]
    return _view(list(block.power_lines), block.host_title, block.name), []


def _block(signer: Signer, kind: DocumentKind) -> signing.SignatureBlock:
    if kind.signing == COUNCIL:
        council = signer.power.removeprefix("TM.").strip()
        host = signer.other_title.strip() or None
        return signing.advisory_council(council, signer.title, signer.name, host_title=host)
    return _by_head(signer)


def _by_head(signer: Signer) -> signing.SignatureBlock:
    if signer.power.startswith(_DEPUTY_MARK):
        return signing.deputy(head_title(signer), signer.title, signer.name)
    return signing.head(signer.title, signer.name)


def _view(lines: list[str], host_title: str | None, name: str) -> dict[str, Any]:
    host_lines = [] if host_title is None else wording.heading_lines(host_title, _COLUMN)
    return {"lines": _cut(lines), "host_lines": host_lines, "name": name}


def _cut(lines: list[str]) -> list[str]:
    return [piece for line in lines for piece in wording.heading_lines(line, _COLUMN)]
