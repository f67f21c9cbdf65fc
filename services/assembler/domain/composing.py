"""From a dossier to the context of a template: one vocabulary for every kind of document."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kernel.contracts.dossier import Dossier, DossierContent
from services.assembler.domain import (
    award_table,
    checking,
    commendation,
    enclosures,
    framing,
    minutes,
    proposals,
    report,
)
from services.assembler.domain.council_session import CouncilSession, session_of
from services.assembler.domain.findings import Finding, error, warning
from services.assembler.domain.kinds import DocumentKind, fill_subject, records, submits
from vnadmin.awards.authority import NoAuthority, authority_for
from vnadmin.awards.titles import award


@dataclass(frozen=True, slots=True)
class Composition:
    """What a template is filled with, and what the clerk has to know before it is.

    The context holds only what JSON holds, and no binary float: figures are texts as printed.
    """

    context: dict[str, Any]
    findings: tuple[Finding, ...]


def compose(
    dossier: Dossier, *, on: date, kind: DocumentKind, session: CouncilSession | None = None
) -> Composition:
    """Return the context of one document, drafted under the law of the day `on`.

    `commendation` is None where the kind grants no award, `minutes` where it records no session;
    every other key is always there. Minutes record the given `session`, else the last one whose
    results the dossier carries; without either they have dotted blanks.
    """
    content = dossier.content
    every = award_table.nominations(content)
    words = framing.unit_words(content.office)
    found = commendation.groups(kind.award, every, on) if kind.award else []
    asked = proposals.proposals(every, on, words, content.office.superior_name)
    named = proposals.nominee_words(asked) if submits(kind) else commendation.nominee_words(found)
    summary = _summary(content, named)
    heard = minutes.matters(content, on) if records(kind) else None
    framed = framing.frame(content.office, kind, fill_subject(kind.subject, summary), on)
    context = {
        **summary,
        **framed.context,
        **report.view(content, words),
        "commendation": commendation.view(award(kind.award, words), found) if kind.award else None,
        "proposals": proposals.view(asked, on),
        "enclosures": enclosures.view(content, on, words),
        "minutes": None if heard is None else minutes.view(content, heard, _held(content, session)),
    }
    findings = [*framed.findings, *checking.check_lists(content)]
    if heard is None:  # minutes are the paper of the vote itself
        findings += checking.check_review(content)
    if kind.award:
        findings += _check_award(kind.award, found, on)
    elif submits(kind):
        findings += proposals.check(every, on, asked)
    elif heard is not None:
        findings += minutes.check(heard)
    else:
        findings += checking.check_results(content)
    return Composition(context, tuple(findings))


def _held(content: DossierContent, session: CouncilSession | None) -> CouncilSession | None:
    if session is not None or not content.council:
        return session
    return session_of(content.council[-1])


def _summary(content: DossierContent, nominees: str) -> dict[str, Any]:
    """Return the few values that a subject may use too."""
    year = content.period.year
    return {
        "year": year,
        "next_year": year + 1,
        "commune": framing.commune_of(content.office),
        "nominees": nominees,
    }


def _check_award(code: str, found: Sequence[commendation.Group], on: date) -> list[Finding]:
    """Return what stands against granting this award on this day."""
    place = "Điều 1"
    findings = []
    if not found:
        findings.append(
            error(
                "decision-without-nominee",
                place,
                f"Không có đề nghị nào cho: {award(code).title}.",
                "Chọn hình thức khen thưởng khác hoặc bổ sung danh sách.",
            )
        )
    if found and not commendation.has_bonus(found):
        findings.append(
            warning(
                "bonus-unknown", "Điều 2", "Không có quy định mức tiền thưởng cho ngày ban hành."
            )
        )
    return [*findings, *_check_authority(code, on, place)]


def _check_authority(code: str, on: date, place: str) -> list[Finding]:
    try:
        authority = authority_for(code, on)
    except NoAuthority as exc:
        return [error("authority-missing", place, f"{exc}.")]
    if authority.level == proposals.COMMUNE:
        return []
    return [
        error(
            "authority-above",
            place,
            f"{award(code).title} do {authority.title} quyết định ({authority.article}).",
            "Lập Tờ trình đề nghị cấp trên khen thưởng.",
        )
    ]
