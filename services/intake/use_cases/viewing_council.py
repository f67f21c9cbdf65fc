"""Sessions of the council as they are looked at: votes so far or locked, and what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.contracts.dossier import CouncilResult
from services.intake.domain.candidates import Nominee
from services.intake.domain.council import (
    SessionFacts,
    SessionState,
    Votes,
    outcome,
)
from services.intake.domain.eligibility import QUORUM
from services.intake.domain.locking import Problem, problems_in
from services.intake.persistence.council_documents import facts_from
from services.intake.persistence.council_sessions import CouncilSessions, KeptVotes
from services.intake.persistence.models import CouncilSessionRow
from services.intake.persistence.periods import Periods
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.nominating import CandidateList, list_in, show_candidates
from services.intake.use_cases.outlines import PeriodOutline


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEvent:
    """The session was locked or opened again."""

    event: str
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOutline:
    """One session in a list."""

    id: UUID
    number: int
    state: SessionState
    held_on: date | None
    version: int
    is_carried: bool
    locked_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tallied:
    """One nominee with the votes on it: typed so far, or as they were locked."""

    id: UUID
    number: int
    result: CouncilResult | None
    nominee: Nominee | None
    votes: Votes
    version: int
    updated_by: str
    passed: bool | None

    @property
    def nomination(self) -> Any:
        """Return who it is, as locked or as on the list now."""
        if self.result is not None:
            return self.result.nomination
        return self.nominee.nomination if self.nominee else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSession:
    """All that is known of one session."""

    outline: SessionOutline
    period: PeriodOutline
    facts: SessionFacts
    tallied: tuple[Tallied, ...]
    problems: tuple[Problem, ...]
    events: tuple[SessionEvent, ...]
    candidates: CandidateList

    @property
    def is_draft(self) -> bool:
        """Say that it may still be changed."""
        return self.outline.state is SessionState.DRAFT

    @property
    def typed(self) -> int:
        """Return on how many nominees the votes are known."""
        return sum(not it.votes.is_blank for it in self.tallied)


def list_sessions(period_id: UUID, *, office_id: UUID, deps: Deps) -> tuple[SessionOutline, ...]:
    """Return the sessions of a period, the first one first."""
    with deps.database.read() as session:
        period = Periods(session, office_id=office_id).get(period_id)
        sessions = CouncilSessions(session, office_id=office_id)
        return tuple(_outline(row, sessions) for row in sessions.of_period(period.id))


def candidates_of(period_id: UUID, *, office_id: UUID, deps: Deps) -> CandidateList:
    """Return the list that the next session would have before it."""
    return show_candidates(period_id, office_id=office_id, deps=deps)


def show_session(session_id: UUID, *, office_id: UUID, deps: Deps) -> ShownSession:
    """Return the session with the votes so far, and what stands against locking it."""
    with deps.database.read() as session:
        return shown_in(session, session_id, office_id=office_id, today=deps.today())


def shown_in(session: Session, session_id: UUID, *, office_id: UUID, today: date) -> ShownSession:
    """Return the session as it stands in this transaction."""
    sessions = CouncilSessions(session, office_id=office_id)
    row = sessions.get(session_id)
    facts = facts_from(row.facts)
    listed = list_in(session, row.period_id, office_id=office_id, on=facts.held_on, today=today)
    kept = sessions.votes(row.id)
    is_locked = row.state == SessionState.LOCKED
    tallied = _locked(kept, listed) if is_locked else _open(kept, listed, facts)
    return ShownSession(
        outline=_outline(row, sessions),
        period=listed.period,
        facts=facts,
        tallied=tallied,
        problems=() if is_locked else _problems(facts, listed, tallied),
        events=tuple(
            SessionEvent(event=it.event, at=it.at, by=it.account_name, reason=it.reason)
            for it in sessions.events(row.id)
        ),
        candidates=listed,
    )


def _open(
    kept: Mapping[UUID, KeptVotes], listed: CandidateList, facts: SessionFacts
) -> tuple[Tallied, ...]:
    found = []
    for it in listed.agenda:
        mine = kept.get(it.id, KeptVotes(votes=Votes()))
        found.append(
            Tallied(
                id=it.id,
                number=it.lead.number,
                result=None,
                nominee=it,
                votes=mine.votes,
                version=mine.version,
                updated_by=mine.updated_by,
                passed=outcome(mine.votes, facts),
            )
        )
    return tuple(found)


def _locked(kept: Mapping[UUID, KeptVotes], listed: CandidateList) -> tuple[Tallied, ...]:
    numbers = {it.id: it.number for it in listed.candidates}
    return tuple(
        Tallied(
            id=key,
            number=numbers[key],
            result=it.result,
            nominee=None,
            votes=it.votes,
            version=it.version,
            updated_by=it.updated_by,
            passed=it.result.passed,
        )
        for key, it in sorted(kept.items(), key=lambda pair: numbers[pair[0]])
        if it.result is not None
    )


def _problems(
    facts: SessionFacts, listed: CandidateList, tallied: Sequence[Tallied]
) -> tuple[Problem, ...]:
    on_agenda = {it.id for it in tallied}
    return problems_in(
        facts,
        {it.id: (it.nomination, it.votes, it.passed) for it in tallied},
        findings=[
            it for it in listed.findings if on_agenda.intersection(it.nominees) or it.rule == QUORUM
        ],
        explained=listed.reasons.keys(),
        is_stale=listed.news.is_news,
    )


def _outline(row: CouncilSessionRow, sessions: CouncilSessions) -> SessionOutline:
    return SessionOutline(
        id=row.id,
        number=row.number,
        state=SessionState(row.state),
        held_on=facts_from(row.facts).held_on,
        version=row.version,
        is_carried=sessions.is_carried(row.id),
        locked_at=row.locked_at,
    )
