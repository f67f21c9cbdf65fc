"""The list of candidates of a period: read from accepted reports, merged, set aside, explained."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.auth.principal import Person
from kernel.errors import Conflict, InvalidInput, Located, NotFound
from services.intake.domain.candidates import (
    Candidate,
    Nominee,
    Proposed,
    Reading,
    check_merge,
    nominees,
    proposed_by,
    reread,
)
from services.intake.domain.council import SessionState, outcome
from services.intake.domain.duplicates import Pair, pairs
from services.intake.domain.eligibility import (
    Finding,
    findings,
    is_for_council,
    quorum_findings,
)
from services.intake.domain.receipts import Call
from services.intake.persistence.candidates import Candidates
from services.intake.persistence.council_documents import facts_from
from services.intake.persistence.council_sessions import CouncilSessions
from services.intake.persistence.documents import content_from, letterhead_from
from services.intake.persistence.offices import Offices
from services.intake.persistence.periods import Periods
from services.intake.persistence.submissions import Author, Submissions
from services.intake.use_cases.answered import answered
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.outlines import PeriodOutline, period_outline


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenReason:
    """Why something is to be so all the same, and who wrote it."""

    text: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateList:
    """All that is known of a period's candidates on one day; `news` is what reading would find."""

    period: PeriodOutline
    on: date
    words: Mapping[str, str]
    candidates: tuple[Candidate, ...]
    nominees: tuple[Nominee, ...]
    decided: Mapping[UUID, bool]
    news: Reading
    pairs: tuple[Pair, ...]
    told_apart: tuple[tuple[Candidate, Candidate], ...]
    findings: tuple[Finding, ...]
    reasons: Mapping[str, GivenReason]

    @property
    def agenda(self) -> tuple[Nominee, ...]:
        """Return whom the council still has to vote on."""
        return tuple(
            it
            for it in self.nominees
            if it.is_on_agenda and it.id not in self.decided and is_for_council(_award(it))
        )

    def nominee(self, nominee_id: UUID) -> Nominee:
        """Return one of them."""
        for it in self.nominees:
            if it.id == nominee_id:
                return it
        raise NotFound("Không có đề nghị này, hoặc đã gộp vào đề nghị khác.")

    def findings_of(self, nominee_id: UUID) -> tuple[Finding, ...]:
        """Return what stands against one of them, or should be known."""
        return tuple(it for it in self.findings if nominee_id in it.nominees)

    @property
    def unexplained(self) -> tuple[Finding, ...]:
        """Return the findings that still ask for a reason."""
        return tuple(it for it in self.findings if it.needs_reason and it.key not in self.reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of the list: whose call, on which candidates, why."""

    candidate_id: UUID
    call: Call
    other_id: UUID | None = None
    reason: str = ""


def show_candidates(
    period_id: UUID, *, office_id: UUID, deps: Deps, on: date | None = None
) -> CandidateList:
    """Return the list; the day of the last session, or today, says who decides on what."""
    with deps.database.read() as session:
        return list_in(session, period_id, office_id=office_id, on=on, today=deps.today())


def period_of(candidate_id: UUID, *, office_id: UUID, deps: Deps) -> UUID:
    """Return the period on whose list the candidate stands."""
    with deps.database.read() as session:
        return Candidates.of(session, candidate_id, office_id=office_id).period_id


def read_candidates(period_id: UUID, *, call: Call, by: Person, deps: Deps) -> dict[str, Any]:
    """Read the accepted reports again; what was decided about candidates stays."""
    at = deps.now()

    def work() -> dict[str, Any]:
        reading = _news(session, listed, period_id, by.office_id)
        listed.apply(reading, at=at)
        return {
            "new": len(reading.new) + len(reading.returned),
            "changed": len(reading.changed),
            "withdrawn": len(reading.withdrawn),
            "same": len(reading.same),
        }

    with deps.database.begin() as session:
        Periods(session, office_id=by.office_id).get(period_id)
        listed = Candidates(session, office_id=by.office_id, period_id=period_id)
        listed.hold()
        return answered(session, call, work, office_id=by.office_id, at=at)


def merge(change: Change, *, by: Person, deps: Deps) -> dict[str, Any]:
    """Make two candidates one; the first one's words stand for both."""

    def work(session: Session, listed: Candidates) -> None:
        known = {it.id: it for it in listed.all()}
        other = known.get(_other(change))
        if other is None:
            raise NotFound("Không có đề nghị này.")
        lead = known[change.candidate_id]
        check_merge(lead, other)
        _refuse_decided(session, listed, by, (lead.id, other.id))
        listed.merge(lead.id, other.id)

    return _change(change, work, by=by, deps=deps)


def unmerge(change: Change, *, by: Person, deps: Deps) -> dict[str, Any]:
    """Take a merged candidate out again: it says what it said before."""

    def work(session: Session, listed: Candidates) -> None:
        lead_id = next(it.merged_into for it in listed.all() if it.id == change.candidate_id)
        _refuse_decided(session, listed, by, (lead_id or change.candidate_id,))
        listed.unmerge(change.candidate_id)

    return _change(change, work, by=by, deps=deps)


def tell_apart(change: Change, *, by: Person, deps: Deps) -> dict[str, Any]:
    """Remember that two candidates are not one."""
    author = Author(account_id=by.account_id, name=by.name)

    def work(_session: Session, listed: Candidates) -> None:
        listed.tell_apart(change.candidate_id, _other(change), by=author, at=deps.now())

    return _change(change, work, by=by, deps=deps)


def forget_distinction(change: Change, *, by: Person, deps: Deps) -> dict[str, Any]:
    """Ask about two candidates again."""

    def work(_session: Session, listed: Candidates) -> None:
        listed.forget_distinction(change.candidate_id, _other(change))

    return _change(change, work, by=by, deps=deps)


def set_aside(change: Change, *, by: Person, deps: Deps) -> dict[str, Any]:
    """Keep a nominee from the agenda, with the reason."""

    def work(session: Session, listed: Candidates) -> None:
        _refuse_decided(session, listed, by, (change.candidate_id,))
        listed.set_aside(change.candidate_id, change.reason)

    return _change(change, work, by=by, deps=deps)


def take_up(change: Change, *, by: Person, deps: Deps) -> dict[str, Any]:
    """Put a nominee on the agenda again."""

    def work(_session: Session, listed: Candidates) -> None:
        listed.set_aside(change.candidate_id, "")

    return _change(change, work, by=by, deps=deps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A reason for what a finding asks about, found under the law of one day."""

    period_id: UUID
    key: str
    reason: str
    call: Call
    on: date | None = None


def explain(explanation: Explanation, *, by: Person, deps: Deps) -> dict[str, Any]:
    """Keep the written reason that a finding asks for."""
    at = deps.now()

    def work() -> dict[str, Any]:
        shown = list_in(
            session,
            explanation.period_id,
            office_id=by.office_id,
            on=explanation.on,
            today=deps.today(),
        )
        if explanation.key not in {it.key for it in shown.findings if it.needs_reason}:
            detail = "Lưu ý này không còn, hoặc số liệu đã thay đổi. Hãy tải lại trang."
            raise InvalidInput(detail, errors=[Located("#/key", detail)])
        author = Author(account_id=by.account_id, name=by.name)
        listed.give_reason(explanation.key, explanation.reason, by=author, at=at)
        return {"key": explanation.key}

    with deps.database.begin() as session:
        Periods(session, office_id=by.office_id).get(explanation.period_id)
        listed = Candidates(session, office_id=by.office_id, period_id=explanation.period_id)
        listed.hold()
        return answered(session, explanation.call, work, office_id=by.office_id, at=at)


def list_in(
    session: Session, period_id: UUID, *, office_id: UUID, on: date | None, today: date
) -> CandidateList:
    """Return the list as this transaction sees it."""
    period = Periods(session, office_id=office_id).get(period_id)
    listed = Candidates(session, office_id=office_id, period_id=period_id)
    candidates = listed.all()
    every = nominees(candidates)
    decided = decided_in(session, period_id, office_id)
    words = letterhead_from(Offices(session).get(office_id).letterhead).unit_words
    day = on or _day_of_last_session(session, period_id, office_id) or today
    apart = listed.told_apart()
    by_id = {it.id: it for it in candidates}
    found = pairs([it for it in every if it.id not in decided], apart)
    # Who was voted down is no longer counted: what is asked is whether the rest may have it.
    refused = _voted_down(session, period_id, office_id)
    counted = [it for it in every if decided.get(it.id, True) and it.id not in refused]
    return CandidateList(
        period=period_outline(period),
        on=day,
        words=words,
        candidates=candidates,
        nominees=every,
        decided=decided,
        news=_news(session, listed, period_id, office_id, candidates),
        pairs=found,
        told_apart=tuple((by_id[first], by_id[second]) for first, second in sorted(apart)),
        findings=(
            *findings(counted, on=day, words=words, pairs=found),
            *_of_drafts(session, period_id, office_id),
        ),
        reasons={
            key: GivenReason(text=row.reason, by=row.account_name)
            for key, row in listed.reasons().items()
        },
    )


def decided_in(session: Session, period_id: UUID, office_id: UUID) -> dict[UUID, bool]:
    """Return the outcome of everyone on whom a locked session has voted."""
    sessions = CouncilSessions(session, office_id=office_id)
    return {
        nominee_id: kept.result.passed
        for row in sessions.of_period(period_id)
        if row.state == SessionState.LOCKED
        for nominee_id, kept in sessions.votes(row.id).items()
        if kept.result is not None
    }


def _of_drafts(session: Session, period_id: UUID, office_id: UUID) -> list[Finding]:
    """Return what stands against the sessions that are not locked yet."""
    rows = CouncilSessions(session, office_id=office_id).of_period(period_id)
    return [
        finding
        for row in rows
        if row.state == SessionState.DRAFT
        for finding in quorum_findings(row.id, facts_from(row.facts))
    ]


def _voted_down(session: Session, period_id: UUID, office_id: UUID) -> set[UUID]:
    """Return whom the votes typed so far refuse."""
    sessions = CouncilSessions(session, office_id=office_id)
    return {
        nominee_id
        for row in sessions.of_period(period_id)
        if row.state == SessionState.DRAFT
        for nominee_id, kept in sessions.votes(row.id).items()
        if outcome(kept.votes, facts_from(row.facts)) is False
    }


def _news(
    session: Session,
    listed: Candidates,
    period_id: UUID,
    office_id: UUID,
    known: tuple[Candidate, ...] | None = None,
) -> Reading:
    proposed: list[Proposed] = []
    for submission, round_, unit in Submissions(session, office_id=office_id).accepted(period_id):
        proposed += proposed_by(
            content_from(round_.content).nominations,
            submission_id=submission.id,
            unit_id=unit.id,
            round_number=round_.number,
        )
    return reread(listed.all() if known is None else known, proposed)


def _change(
    change: Change,
    work: Callable[[Session, Candidates], None],
    *,
    by: Person,
    deps: Deps,
) -> dict[str, Any]:
    at = deps.now()

    def done() -> dict[str, Any]:
        work(session, listed)
        return {"period_id": str(listed.period_id), "candidate_id": str(change.candidate_id)}

    with deps.database.begin() as session:
        listed = Candidates.of(session, change.candidate_id, office_id=by.office_id)
        listed.hold()
        return answered(session, change.call, done, office_id=by.office_id, at=at)


def _refuse_decided(
    session: Session, listed: Candidates, by: Person, ids: tuple[UUID, ...]
) -> None:
    if not decided_in(session, listed.period_id, by.office_id).keys().isdisjoint(ids):
        raise Conflict("Hội đồng đã chốt kết quả của đề nghị này nên không thay đổi được nữa.")


def _other(change: Change) -> UUID:
    if change.other_id is None:
        raise NotFound("Không có đề nghị này.")
    return change.other_id


def _day_of_last_session(session: Session, period_id: UUID, office_id: UUID) -> date | None:
    rows = CouncilSessions(session, office_id=office_id).of_period(period_id)
    days = [facts_from(row.facts).held_on for row in rows]
    return next((day for day in reversed(days) if day is not None), None)


def _award(nominee: Nominee) -> str:
    return nominee.nomination.award
