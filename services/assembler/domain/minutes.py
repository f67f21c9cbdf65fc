"""The minutes (biên bản) of the council's session: every nominee with the vote on him."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kernel.contracts.dossier import DossierContent, DossierOffice, Nomination
from services.assembler.domain import award_table, blanks, commendation, framing, wording
from services.assembler.domain.council_session import Attendee, CouncilSession
from services.assembler.domain.findings import Finding, error, warning
from vnadmin import amounts
from vnadmin.awards.authority import NoAuthority, authority_for
from vnadmin.awards.titles import Award, NomineeKind, all_awards
from vnadmin.text_folding import fold

_COMMUNE = "commune"
_ABOVE = "cấp có thẩm quyền"
_BLANK_PERSON = f"Ông (Bà) {blanks.LONG}, chức vụ: {blanks.LONG}"
_BLANK_PEOPLE = _BLANK_LINES = 3
_PERCENT_PLACES = 2
_PASSED = {True: "Đạt", False: "Không đạt", None: blanks.SHORT}


@dataclass(frozen=True, slots=True)
class Matter:
    """One award that the council considers; `decider` is empty where nobody gives it that day."""

    award: Award
    groups: tuple[commendation.Group, ...]
    decider: str
    is_ours: bool


def matters(content: DossierContent, on: date) -> list[Matter]:
    """Return the awards with nominations, highest first; those of Party and associations apart.

    Of several sessions it is the last that minutes record.
    """
    words = framing.unit_words(content.office)
    every = considered(content)
    found = []
    for award in all_awards(words):
        groups = commendation.groups(award.code, every, on)
        if groups and not award.is_counted_only:
            decider, is_ours = _decider(award, content.office, on)
            found.append(Matter(award, tuple(groups), decider, is_ours))
    return found


def considered(content: DossierContent) -> list[Nomination]:
    """Return whom the last session voted on; without one everyone who was proposed."""
    if not award_table.is_reviewed(content):
        return award_table.proposed(content.sectors)
    return [it.nomination for it in content.council[-1].results]


def view(
    content: DossierContent, found: Sequence[Matter], session: CouncilSession | None
) -> dict[str, Any]:
    """Return the part of the context that minutes read; what no session tells is a dotted blank."""
    held = session or CouncilSession()
    return {
        "begins": blanks.time_or_blank(held.begins_at),
        "ends": blanks.time_or_blank(held.ends_at),
        "place": blanks.text_or_blank(held.place, blanks.LINE[:-4]),
        "method": blanks.text_or_blank(held.method, blanks.LONG),
        "needed": blanks.SHORT if held.needed_percent is None else _number(held.needed_percent),
        "opinions": [wording.sentence(it) for it in held.opinions] or [blanks.LINE] * _BLANK_LINES,
        **_people(content.office, held),
        **_proposals(content, found),
        "awards": [_award(number, it, held) for number, it in enumerate(found, 1)],
        "total": _outcome([it for matter in found for it in _nominees(matter)], held),
        "conclusions": _conclusions(content.office, found, held),
    }


def check(found: Sequence[Matter]) -> list[Finding]:
    """Return what stands against holding the session."""
    if not found:
        return [
            error(
                "minutes-without-nominee",
                "Nội dung cuộc họp",
                "Không có đề nghị khen thưởng nào để Hội đồng xét.",
                "Duyệt báo cáo có danh sách đề nghị khen thưởng rồi soạn lại.",
            )
        ]
    return [
        warning(
            "authority-missing",
            "Kết luận",
            f"Ngày này không ai có thẩm quyền tặng: {matter.award.title}.",
            "Kiểm tra ngày dự kiến ban hành hoặc chuyển sang hình thức khen thưởng khác.",
        )
        for matter in found
        if not matter.decider
    ]


def _decider(award: Award, office: DossierOffice, on: date) -> tuple[str, bool]:
    try:
        authority = authority_for(award.code, on, framing.unit_words(office))
    except NoAuthority:
        return "", False
    if authority.level == _COMMUNE:
        return _head_of(office), True
    return authority.title, False


def _head_of(office: DossierOffice) -> str:
    return f"{wording.upper_first(framing.head_title(office.signer).lower())} {office.name}"


def _people(office: DossierOffice, held: CouncilSession) -> dict[str, Any]:
    is_known = held.members > 0
    count = amounts.padded_count
    return {
        "members": count(held.members) if is_known else blanks.SHORT,
        "present": count(len(held.present)) if is_known else blanks.SHORT,
        "absent": count(len(held.absent)) if is_known else blanks.SHORT,
        "present_lines": _listed(held.present) or [f"{_BLANK_PERSON};"] * _BLANK_PEOPLE,
        "absent_lines": _listed(held.absent) or ([] if is_known else [f"{blanks.LINE}."]),
        "guest_lines": _listed(held.guests) or ([] if is_known else [f"{blanks.LINE}."]),
        "chair": _person(held.chair) if held.chair else _chair(office),
        "chair_title": _chair_title(office).upper(),
        "secretary": _person(held.secretary) if held.secretary else _BLANK_PERSON,
        "secretary_name": held.secretary.name if held.secretary else blanks.LONG,
    }


def _listed(people: Sequence[Attendee]) -> list[str]:
    return wording.listed(_person(it) for it in people)


def _person(one: Attendee) -> str:
    told = ", ".join(wording.one_line(it) for it in (one.name, one.title) if it.strip())
    return f"{told} ({wording.one_line(one.reason)})" if one.reason.strip() else told


def _chair_title(office: DossierOffice) -> str:
    title = wording.upper_first(wording.one_line(office.signer.title).lower())
    return title if "hoi dong" in fold(title) else f"{title} Hội đồng"


def _chair(office: DossierOffice) -> str:
    """Return name and both offices of who takes the chair, in the letters of a sentence."""
    other = wording.one_line(office.signer.other_title)
    if fold(other).endswith(fold(office.name)):
        held = other[: len(other) - len(office.name)].strip().lower()
        other = f"{wording.upper_first(held)} {office.name}"
    return ", ".join(filter(None, (office.signer.name, _chair_title(office), other)))


def _proposals(content: DossierContent, found: Sequence[Matter]) -> dict[str, str]:
    units = _units(content, {matter.award.code for matter in found})
    counts = [_count(matter) for matter in found]
    return {
        "units": amounts.padded_count(len(units)),
        "proposals": award_table.told(award_table.total("", counts), times="lượt"),
    }


def _units(content: DossierContent, awards: set[str]) -> set[str]:
    if award_table.is_reviewed(content):
        return {unit for it in content.council[-1].results for unit in it.units}
    return {
        it.unit_code for it in content.sectors if any(n.award in awards for n in it.nominations)
    }


def _count(matter: Matter) -> award_table.AwardCount:
    by_kind = {group.kind: len(group.nominees) for group in matter.groups}
    every = {kind: by_kind.get(kind, 0) for kind in award_table.KINDS}
    return award_table.AwardCount(matter.award.title, every)


def _nominees(matter: Matter) -> list[Nomination]:
    return [it for group in matter.groups for it in group.nominees]


def _award(number: int, matter: Matter, held: CouncilSession) -> dict[str, Any]:
    return {
        "label": amounts.roman(number),
        "title": matter.award.title,
        "count_line": award_table.told(_count(matter)),
        "groups": [_group(n, group, held) for n, group in enumerate(matter.groups, 1)],
    }


def _group(number: int, group: commendation.Group, held: CouncilSession) -> dict[str, Any]:
    return {
        "label": amounts.list_letter(number),
        "title": wording.upper_first(group.kind.label),
        **_outcome(group.nominees, held),
        "rows": [_row(n, nominee, held) for n, nominee in enumerate(group.nominees, 1)],
    }


def _outcome(nominees: Sequence[Nomination], held: CouncilSession) -> dict[str, str]:
    """Return how many were proposed, and how many passed and failed where all are known."""
    passed = _passed(nominees, held)
    failed = None if passed is None else len(nominees) - passed
    return {
        "proposed": amounts.padded_count(len(nominees)),
        "passed": _count_or_blank(passed),
        "failed": _count_or_blank(failed),
    }


def _passed(nominees: Sequence[Nomination], held: CouncilSession) -> int | None:
    outcomes = [held.approves(it) for it in nominees]
    return None if None in outcomes else sum(map(bool, outcomes))


def _count_or_blank(number: int | None) -> str:
    return blanks.SHORT if number is None else amounts.padded_count(number)


def _row(number: int, nominee: Nomination, held: CouncilSession) -> dict[str, str]:
    vote, share = held.vote_on(nominee), held.percent_for(nominee)
    return {
        "number": str(number),
        "name": wording.one_line(nominee.name),
        "place": commendation.place_of(nominee),
        "present": _count_or_blank(len(held.present) if vote else None),
        "in_favour": _count_or_blank(vote.in_favour if vote else None),
        "against": _count_or_blank(vote.against if vote else None),
        "absent": _count_or_blank(len(held.absent) + vote.not_voting if vote else None),
        "percent": blanks.SHORT if share is None else amounts.format_percent(share),
        "outcome": _PASSED[held.approves(nominee)],
    }


def _conclusions(office: DossierOffice, found: Sequence[Matter], held: CouncilSession) -> list[str]:
    """Return one point an award: to whom the council proposes it, for how many who passed."""
    head = _head_of(office)
    points = []
    for matter in found:
        act, whom = commendation.act_of(matter.award), _whom(matter, held)
        if whom:
            through = "" if matter.is_ours else f" trình {matter.decider or _ABOVE}"
            points.append(f"đề nghị {head}{through} {act} cho {whom}")
    lettered = zip(map(amounts.list_letter, range(1, len(points) + 1)), points, strict=True)
    return wording.listed(f"{letter}) {wording.upper_first(it)}" for letter, it in lettered)


def _whom(matter: Matter, held: CouncilSession) -> str:
    counts: Mapping[NomineeKind, int | None] = {
        group.kind: _passed(group.nominees, held) for group in matter.groups
    }
    return wording.enumerated(
        [
            f"{_count_or_blank(number)} {kind.label}"
            for kind, number in counts.items()
            if number != 0
        ]
    )


def _number(value: Any) -> str:
    return amounts.format_number(value)
