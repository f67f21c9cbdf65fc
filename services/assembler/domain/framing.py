"""The frame of a document: heading, addressees, legal bases, recipients, signature."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kernel.contracts.dossier import (
    DossierLegalBasis,
    DossierOffice,
    IssuingBody,
    Signer,
)
from services.assembler.domain import addressing, wording
from services.assembler.domain.findings import Finding, error, notice, warning
from services.assembler.domain.kinds import (
    COMMITTEE,
    COUNCIL,
    HEAD,
    DocumentKind,
    decides,
    is_letter,
    submits,
)
from vnadmin import amounts, legal_basis, numbering, signing
from vnadmin.document_types import document_type_known_as
from vnadmin.text_folding import fold

# How many bold capitals half a page holds (issuer, signature), and a whole one.
_COLUMN = 26
_LINE = 48
_COMMITTEE = ["uy", "ban", "nhan", "dan"]
_COMMUNE_WORDS = ("xã", "phường", "thị trấn", "đặc khu")
_COUNCIL = "hoi dong thi dua"
_DEPUTY_MARK = "KT."
# Who drafts official letters where the office has not said it: its secretariat (văn phòng).
_USUAL_DRAFTER = "VP"


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
    signature, about_signer = _signature(office.signer, body, kind)
    context = {
        "office": _office(office),
        "issuer": _issuer(body),
        "document": _document(office.signer, body, kind, subject, on),
        "addressees": addressing.addressees(office, kind),
        "recipients": addressing.recipients(office, kind),
        "legal_basis": bases,
        "signature": signature,
    }
    about_text = (*_check_symbol(body, kind), *addressing.check(office, kind))
    return Frame(context, (*about_bases, *about_signer, *about_text))


def signer_of(office: DossierOffice, kind: DocumentKind) -> Signer:
    """Return who signs as this kind names him: a head signs by himself, on nobody's behalf."""
    signer, is_deputy = office.signer, office.signer.power.startswith(_DEPUTY_MARK)
    if kind.signing == COMMITTEE:
        body = signing.SigningPower.TM.line(_collective(issuing_body(office, kind.issuing_body)))
        return replace(signer, power=f"{body}, {signer.power}" if is_deputy else body)
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
    type_name = document_type_known_as(kind.document_type).name
    holder = f"{wording.upper_first(head_title(signer).lower())} {body.name}"
    decider = body.name if kind.signing == COMMITTEE else holder
    return {
        "type_name": type_name,
        "heading": type_name.upper(),
        "subject": subject,
        "symbol": _symbol(body, kind),
        "year": on.year,
        "authority": "\n".join(wording.heading_lines(decider.upper(), _LINE)),
        "issued_by": holder if kind.signing == HEAD else body.name,
    }


def _symbol(body: IssuingBody, kind: DocumentKind) -> str:
    if is_letter(kind):
        return numbering.letter_symbol(body.symbol, body.letter_unit or _USUAL_DRAFTER)
    return numbering.symbol_for(kind.document_type, body.symbol)


def _check_symbol(body: IssuingBody, kind: DocumentKind) -> list[Finding]:
    if not is_letter(kind) or body.letter_unit:
        return []
    return [
        warning(
            "letter-unit-missing",
            "Ký hiệu văn bản",
            f"{body.name} chưa khai báo đơn vị soạn thảo hoặc lĩnh vực trong ký hiệu công văn.",
            f"Đang dùng “{_symbol(body, kind)}”; báo quản trị bổ sung nếu chưa đúng.",
        )
    ]


def _legal_basis(
    office: DossierOffice, kind: DocumentKind, on: date
) -> tuple[list[str], list[Finding]]:
    bases = [_basis(it) for it in office.legal_basis]
    valid = legal_basis.in_force(bases, on)
    proposal = proposer_of(office) if _acts_on_a_proposal(kind) else None
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


def _acts_on_a_proposal(kind: DocumentKind) -> bool:
    """Tell whether the council proposed what the document says: it does not quote itself."""
    return decides(kind) or (submits(kind) and kind.signing == COMMITTEE)


def _basis(it: DossierLegalBasis) -> legal_basis.LegalBasis:
    return legal_basis.LegalBasis(it.text, it.valid_from, it.valid_to)


def _signature(
    signer: Signer, body: IssuingBody, kind: DocumentKind
) -> tuple[dict[str, Any], list[Finding]]:
    try:
        block = _block(signer, body, kind)
    except signing.InvalidSigner as exc:
        bare = _view([signer.title.upper()], None, wording.one_line(signer.name))
        return bare, [error("signer-invalid", "Chữ ký", str(exc))]
    return _view(list(block.power_lines), block.host_title, block.name), []


def _block(signer: Signer, body: IssuingBody, kind: DocumentKind) -> signing.SignatureBlock:
    if kind.signing == COUNCIL:
        council = signer.power.removeprefix("TM.").strip()
        host = signer.other_title.strip() or None
        return signing.advisory_council(council, signer.title, signer.name, host_title=host)
    return _by_head(signer, _collective(body) if kind.signing == COMMITTEE else None)


def _by_head(signer: Signer, whole: str | None = None) -> signing.SignatureBlock:
    """The head or a deputy for him, on behalf of the whole body where one is given."""
    if signer.power.startswith(_DEPUTY_MARK):
        head = head_title(signer)
        return signing.deputy(head, signer.title, signer.name, collective_body=whole)
    if whole is not None:
        return signing.collective(whole, signer.title, signer.name)
    return signing.head(signer.title, signer.name)


def _collective(body: IssuingBody) -> str:
    """Return the body as one signs on its behalf: a committee without the unit that it is of."""
    words = wording.one_line(body.name).split()
    is_committee = [fold(word) for word in words[:4]] == _COMMITTEE
    return " ".join(words[:4]) if is_committee else body.name


def _view(lines: list[str], host_title: str | None, name: str) -> dict[str, Any]:
    host_lines = [] if host_title is None else wording.heading_lines(host_title, _COLUMN)
    return {"lines": _cut(lines), "host_lines": host_lines, "name": name}


def _cut(lines: list[str]) -> list[str]:
    return [piece for line in lines for piece in wording.heading_lines(line, _COLUMN)]
