"""Certificates (giấy khen): one for each awardee, printed to be handed over with the decision."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from kernel.contracts.dossier import Dossier, DossierOffice, Nomination
from services.assembler.domain import award_table, blanks, commendation, framing, wording
from services.assembler.domain.sheet_sizes import fitting
from vnadmin import numbering
from vnadmin.awards.authority import authority_for
from vnadmin.awards.titles import AwardKind, NomineeKind, award

_COMMUNE = "commune"
_DECISION_TYPE = "QĐ"
_SALUTATIONS = {
    NomineeKind.COLLECTIVE: "Tập thể",
    NomineeKind.HOUSEHOLD: "Hộ gia đình",
    NomineeKind.INDIVIDUAL: "Ông (Bà)",
}
# A name that says itself who it is needs no word before it.
_SELF_EVIDENT = {
    NomineeKind.COLLECTIVE: ("tập thể",),
    NomineeKind.HOUSEHOLD: ("hộ", "gia đình"),
    NomineeKind.INDIVIDUAL: ("ông", "bà"),
}


_TOO_LONG = "Tên, đơn vị và thành tích dài, có thể không vừa một trang; hãy rút gọn thành tích."


class NoCertificate(ValueError):
    """The award is not one for which this office hands over a giấy khen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedDecision:
    """Quyết định khen thưởng that the certificates go with; what is not known stays blank.

    `number` is number and symbol as printed, "12/QĐ-UBND".
    """

    number: str = ""
    issued_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateItem:
    """One awardee's certificate, ready to be rendered."""

    key: str
    """Stands for this awardee in every run on the same dossier and award: "individual-0007"."""
    label: str
    """Who it is, for people: "Nguyễn Thị Mẫu, Hội viên, xóm số 1"."""
    context: dict[str, Any]
    """What the template commendation_certificate is filled with."""
    warning: str = ""
    """Why the clerk should look at this one before it is printed; mostly empty."""


def certificates(
    dossier: Dossier,
    *,
    award_code: str,
    on: date,
    decision: IssuedDecision | None = None,
    first_entry: int | None = None,
    on_stock: bool = False,
) -> tuple[CertificateItem, ...]:
    """Return one item an awardee, in the order of the list that the decision annexes.

    `on` is the day whose law says that the commune gives this award. Number and date of the
    decision are printed where they are known, else as dotted blanks. `first_entry` is the number
    of the first certificate in the register of commendations (sổ khen thưởng); the others follow
    it. With `on_stock` only the variable texts are printed, for paper that has the rest already.

    Raises NoCertificate, UnknownAward, NoAuthority (LookupError) or InvalidSigner (ValueError),
    each with a sentence for the clerk. An award without nominations gives no item.
    """
    content = dossier.content
    _check(award_code, on)
    shared = _shared(content.office, decision or IssuedDecision(), on_stock=on_stock)
    found = commendation.groups(award_code, award_table.nominations(content), on)
    awardees = [
        (f"{group.kind}-{number:04d}", group.kind, nominee)
        for group in found
        for number, nominee in enumerate(group.nominees, 1)
    ]
    year = content.period.year
    return tuple(
        _item(key, kind, nominee, {"year": year, **shared}, _entry(first_entry, place))
        for place, (key, kind, nominee) in enumerate(awardees)
    )


def _check(award_code: str, on: date) -> None:
    known = award(award_code)
    if known.kind is AwardKind.EMULATION_TITLE or known.is_counted_only:
        raise NoCertificate(f"Không in giấy khen cho: {known.title}.")
    authority = authority_for(award_code, on)
    if authority.level != _COMMUNE:
        raise NoCertificate(f"{known.title} do {authority.title} tặng, không in tại đây.")


def _shared(office: DossierOffice, decision: IssuedDecision, *, on_stock: bool) -> dict[str, Any]:
    """Return what all certificates of one decision have in common."""
    holder = f"{framing.head_title(office.signer)} {office.name}"
    return {
        "commune": framing.commune_of(office),
        "office": {"name": office.name, "place": office.place},
        "document": {"authority": wording.one_line(holder).upper()},
        "signature": framing.head_signature(office.signer),
        "decision": {
            "number": wording.one_line(decision.number) or _blank_number(office),
            "date": blanks.date_or_blank(decision.issued_on),
        },
        "is_on_stock": on_stock,
    }


def _blank_number(office: DossierOffice) -> str:
    symbols = [body.symbol for body in office.issuing_bodies if body.name == office.name]
    if not symbols:
        return blanks.SHORT
    return f"{blanks.SHORT}/{numbering.symbol_for(_DECISION_TYPE, symbols[0])}"


def _entry(first: int | None, place: int) -> str:
    return blanks.SHORT if first is None else f"{first + place:02d}"


def _item(
    key: str, kind: NomineeKind, nominee: Nomination, shared: dict[str, Any], entry: str
) -> CertificateItem:
    name, place = wording.one_line(nominee.name), commendation.place_of(nominee)
    achievement = _achievement(nominee.achievement, shared["year"])
    size = fitting(name, place, achievement)
    awardee = {
        "salutation": _salutation(kind, name),
        "name": wording.upper_first(name),
        "place": place,
        "achievement": achievement,
        "size": size.code,
        "entry": entry,
    }
    label = ", ".join(filter(None, (name, place)))
    warning = "" if size.holds(name, place, achievement) else _TOO_LONG
    return CertificateItem(
        key=key, label=label, context=shared | {"awardee": awardee}, warning=warning
    )


def _salutation(kind: NomineeKind, name: str) -> str:
    is_evident = name.lower().startswith(tuple(f"{word} " for word in _SELF_EVIDENT[kind]))
    return "" if is_evident else _SALUTATIONS[kind]


def _achievement(text: str, year: int) -> str:
    """Return what was achieved as the certificate tells it: "Đã có thành tích …", without a dot."""
    told = wording.upper_first(wording.one_line(text).rstrip(" ;,."))
    if not told:
        return f"Đã có thành tích xuất sắc trong phong trào thi đua yêu nước năm {year}"
    if told.startswith("Thành tích "):
        return f"Đã có {wording.lower_first(told)}"
    return f"Đã {wording.lower_first(told)}" if told.startswith("Có ") else told
