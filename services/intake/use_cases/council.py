"""Sessions of the council: opened, filled in by several hands, locked, carried into the dossier."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.auth.principal import Person
from kernel.contracts.dossier import CouncilResult
from kernel.errors import Conflict, InvalidInput, Located
from services.intake.domain.council import (
    Member,
    MemberRole,
    SessionFacts,
    SessionState,
    Votes,
    completed,
    errors_in_facts,
    errors_in_votes,
)
from services.intake.domain.receipts import Call, sha256_of
from services.intake.persistence.candidates import Candidates
from services.intake.persistence.council_documents import facts_from, facts_json, result_json
from services.intake.persistence.council_sessions import CouncilSessions, KeptVotes
from services.intake.persistence.documents import letterhead_from
from services.intake.persistence.models import CouncilSessionRow
from services.intake.persistence.offices import Offices
from services.intake.persistence.periods import Periods
from services.intake.persistence.submissions import Author
from services.intake.use_cases.answered import answered
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.nominating import CandidateList, list_in
from services.intake.use_cases.viewing_council import ShownSession, shown_in
from vnadmin.awards.council_rules import NoCouncilRules, council_rules

_METHOD = "Bỏ phiếu kín"


class VotesChanged(Conflict):
    """Somebody else has typed other votes on the same nominees meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveFacts:
    """The facts of a session as somebody typed them over the version that he saw."""

    session_id: UUID
    version: int
    facts: SessionFacts
    call: Call
    root: str = "#"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteEntry:
    """The votes on one nominee over the version that was seen; 0 where there were none."""

    nominee_id: UUID
    votes: Votes
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a session: locking it, or opening it again with a reason."""

    session_id: UUID
    call: Call
    version: int | None = None
    reason: str = ""


def open_session(period_id: UUID, *, call: Call, by: Person, deps: Deps) -> dict[str, Any]:
    """Begin a session, with the members of the last one where there was one."""
    at = deps.now()

    def work() -> dict[str, Any]:
        sessions = CouncilSessions(session, office_id=by.office_id)
        if any(it.state == SessionState.DRAFT for it in sessions.of_period(period_id)):
            raise Conflict("Còn một phiên họp chưa chốt kết quả. Hãy chốt phiên đó trước.")
        facts = _first_facts(session, sessions, by, today=deps.today())
        row = sessions.open(period_id, facts, by=_author(by), at=at)
        return _told(row)

    with deps.database.begin() as session:
        Periods(session, office_id=by.office_id).get(period_id)
        Candidates(session, office_id=by.office_id, period_id=period_id).hold()
        return answered(session, call, work, office_id=by.office_id, at=at)


def save_facts(command: SaveFacts, *, by: Person, deps: Deps) -> dict[str, Any]:
    """Write time, place, members and opinions of a draft."""
    at = deps.now()
    errors = [
        Located(command.root + it.pointer.removeprefix("#"), it.detail)
        for it in errors_in_facts(command.facts)
    ]
    if errors:
        raise InvalidInput(f"Có {len(errors)} chỗ cần sửa.", errors=errors)

    def work() -> dict[str, Any]:
        sessions = CouncilSessions(session, office_id=by.office_id)
        row = sessions.get_draft(command.session_id, version=command.version)
        sessions.save_facts(row, command.facts, by=_author(by), at=at)
        return _told(row)

    with deps.database.begin() as session:
        return answered(session, command.call, work, office_id=by.office_id, at=at)


def save_votes(
    session_id: UUID, entries: Sequence[VoteEntry], *, call: Call, by: Person, deps: Deps
) -> dict[str, Any]:
    """Write the votes of some nominees: all of them, or with any wrong or overtaken one, none."""
    at = deps.now()

    def work() -> dict[str, Any]:
        sessions = CouncilSessions(session, office_id=by.office_id)
        row = sessions.get_draft(session_id)
        listed = list_in(
            session, row.period_id, office_id=by.office_id, on=None, today=deps.today()
        )
        present = len(facts_from(row.facts).present)
        whole = [_completed(it, present) for it in entries]
        _check_entries(whole, listed, present)
        _refuse_overtaken(whole, sessions.votes(session_id))
        for it in whole:
            sessions.save_votes(session_id, it.nominee_id, it.votes, by=_author(by), at=at)
        return _told(row)

    with deps.database.begin() as session:
        return answered(session, call, work, office_id=by.office_id, at=at)


def lock_session(step: Step, *, by: Person, deps: Deps) -> dict[str, Any]:
    """Close the results; refused as long as anything is missing, wrong or unexplained."""
    at = deps.now()

    def work() -> dict[str, Any]:
        sessions = CouncilSessions(session, office_id=by.office_id)
        row = sessions.get_draft(step.session_id, version=step.version)
        Candidates(session, office_id=by.office_id, period_id=row.period_id).hold()
        shown = shown_in(session, row.id, office_id=by.office_id, today=deps.today())
        if shown.problems:
            errors = [Located(it.pointer, it.message) for it in shown.problems]
            raise InvalidInput(f"Chưa chốt được: còn {len(errors)} việc phải làm.", errors=errors)
        results = _results(session, shown, by.office_id)
        document = {
            "facts": facts_json(shown.facts),
            "results": {str(key): result_json(it) for key, it in results.items()},
        }
        sessions.lock(row, results, sha256=sha256_of(document), by=_author(by), at=at)
        return _told(row)

    with deps.database.begin() as session:
        return answered(session, step.call, work, office_id=by.office_id, at=at)


def reopen_session(step: Step, *, by: Person, deps: Deps) -> dict[str, Any]:
    """Open a locked session again, with the reason; refused once a dossier carries it."""
    at = deps.now()

    def work() -> dict[str, Any]:
        sessions = CouncilSessions(session, office_id=by.office_id)
        row = sessions.get(step.session_id, to_change=True)
        later = [it for it in sessions.of_period(row.period_id) if it.number > row.number]
        if later:
            raise Conflict("Đã có phiên họp sau phiên này nên không mở lại được.")
        sessions.reopen(row, reason=step.reason, by=_author(by), at=at)
        return _told(row)

    with deps.database.begin() as session:
        return answered(session, step.call, work, office_id=by.office_id, at=at)


def _results(session: Session, shown: ShownSession, office_id: UUID) -> dict[UUID, CouncilResult]:
    listed = Candidates(session, office_id=office_id, period_id=shown.period.id)
    codes = listed.unit_codes()
    results = {}
    for it in shown.tallied:
        if it.nominee is None or it.passed is None:
            continue
        units = (codes[member.unit_id] for member in it.nominee.living)
        results[it.id] = CouncilResult(
            nomination=it.nomination,
            in_favour=it.votes.in_favour or 0,
            against=it.votes.against or 0,
            not_voting=it.votes.not_voting or 0,
            passed=it.passed,
            reason=it.votes.reason if it.votes.decided else "",
            units=tuple(dict.fromkeys(units)),
        )
    return results


def _completed(entry: VoteEntry, present: int) -> VoteEntry:
    return VoteEntry(
        nominee_id=entry.nominee_id,
        votes=completed(entry.votes, present),
        version=entry.version,
    )


def _check_entries(entries: Sequence[VoteEntry], listed: CandidateList, present: int) -> None:
    on_agenda = {it.id for it in listed.agenda}
    errors: list[Located] = []
    for place, it in enumerate(entries):
        here = f"#/votes/{place}"
        if it.nominee_id not in on_agenda:
            errors.append(
                Located(f"{here}/nominee_id", "Đề nghị này không còn trong danh sách bình xét.")
            )
        errors += errors_in_votes(it.votes, present, here)
    if errors:
        raise InvalidInput(f"Có {len(errors)} chỗ cần sửa.", errors=errors)


def _refuse_overtaken(entries: Sequence[VoteEntry], kept: Mapping[UUID, KeptVotes]) -> None:
    errors = []
    for place, it in enumerate(entries):
        now = kept.get(it.nominee_id)
        if now is None or now.version == it.version or now.votes == it.votes:
            continue
        figures = "/".join(
            "–" if figure is None else str(figure)
            for figure in (now.votes.in_favour, now.votes.against, now.votes.not_voting)
        )
        errors.append(
            Located(
                f"#/votes/{place}/in_favour",
                f"{now.updated_by} vừa ghi {figures}. Lưu lại lần nữa nếu số của bạn mới đúng.",
            )
        )
    if errors:
        raise VotesChanged("Phiếu vừa được người khác ghi khác đi.", errors=errors)


def _first_facts(
    session: Session, sessions: CouncilSessions, by: Person, *, today: date
) -> SessionFacts:
    last = sessions.last_facts()
    office = Offices(session).get(by.office_id)
    if last is not None:
        known = facts_from(last.facts)
        members = tuple(Member(name=it.name, title=it.title, role=it.role) for it in known.members)
        return SessionFacts(
            place=known.place,
            method=known.method,
            needed_percent=known.needed_percent,
            members=members,
        )
    signer = letterhead_from(office.letterhead).signer
    chair = (Member(name=signer.name, role=MemberRole.CHAIR.value),) if signer else ()
    try:
        needed = council_rules(today).needed_percent
    except NoCouncilRules:
        needed = None
    return SessionFacts(
        place=f"Phòng họp {office.short_name}",
        method=_METHOD,
        needed_percent=needed,
        members=chair,
    )


def _told(row: CouncilSessionRow) -> dict[str, Any]:
    return {"id": str(row.id), "state": row.state, "version": row.version, "sha256": row.sha256}


def _author(by: Person) -> Author:
    return Author(account_id=by.account_id, name=by.name)
