"""Locked sessions as the dossier carries them: results by award and by who decides on it."""

from collections.abc import Mapping
from typing import TypeVar

from sqlalchemy.orm import Session

from kernel.contracts.dossier import (
    CouncilGroup,
    CouncilGuest,
    CouncilMember,
    CouncilRecord,
    CouncilResult,
)
from services.intake.domain.council import SessionFacts, SessionState
from services.intake.domain.eligibility import decider_of
from services.intake.domain.ordering import in_award_order
from services.intake.persistence.council_documents import facts_from
from services.intake.persistence.council_sessions import CouncilSessions
from services.intake.persistence.documents import letterhead_from
from services.intake.persistence.models import CouncilSessionRow, PeriodRow
from services.intake.persistence.offices import Offices

T = TypeVar("T")


def council_records(session: Session, period: PeriodRow) -> tuple[CouncilRecord, ...]:
    """Return the locked sessions of the period, the first one first."""
    sessions = CouncilSessions(session, office_id=period.office_id)
    words = letterhead_from(Offices(session).get(period.office_id).letterhead).unit_words
    return tuple(
        _record(row, [it.result for it in sessions.votes(row.id).values() if it.result], words)
        for row in sessions.of_period(period.id)
        if row.state == SessionState.LOCKED
    )


def groups_of(
    results: list[CouncilResult], facts: SessionFacts, words: Mapping[str, str]
) -> tuple[CouncilGroup, ...]:
    """Return the results award by award, highest first, with who decides on the day."""
    groups = []
    for code, mine in in_award_order(results, lambda it: it.nomination):
        decider = decider_of(code, facts.held_on, words) if facts.held_on else None
        groups.append(
            CouncilGroup(
                award=code,
                authority=decider.level if decider else "",
                authority_title=decider.title if decider else "",
                article=decider.article if decider else "",
                results=tuple(mine),
            )
        )
    return tuple(groups)


def _record(
    row: CouncilSessionRow, results: list[CouncilResult], words: Mapping[str, str]
) -> CouncilRecord:
    facts = facts_from(row.facts)
    return CouncilRecord(
        session_id=row.id,
        number=row.number,
        sha256=row.sha256,
        held_on=_stated(facts.held_on),
        begins=_stated(facts.begins),
        ends=_stated(facts.ends),
        place=facts.place,
        method=facts.method,
        needed_percent=_stated(facts.needed_percent),
        members=tuple(
            CouncilMember(
                name=it.name,
                title=it.title,
                role=it.role,
                is_present=it.is_present,
                reason=it.reason,
            )
            for it in facts.members
        ),
        guests=tuple(CouncilGuest(name=it.name, title=it.title) for it in facts.guests),
        opinions=facts.opinions,
        groups=groups_of(results, facts, words),
    )


def _stated(fact: T | None) -> T:
    """Return what no session is locked without."""
    if fact is None:
        raise RuntimeError("a council session was locked with gaps")
    return fact
