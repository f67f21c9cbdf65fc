"""The council (Hội đồng): candidates, sessions with their votes, results that are locked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from client.operations import Area, Operation

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Nomination:
    """Who is proposed for what, in the words of a sector."""

    kind: str
    name: str
    award: str
    title: str
    unit: str
    achievement: str
    occasion: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One proposal of one sector (đề nghị) and what was decided about it."""

    id: UUID
    number: int
    unit_id: UUID
    unit_name: str
    round: int
    nomination: Nomination
    change: str
    previous: Nomination | None
    merged_into: UUID | None
    set_aside: str


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What reading the accepted reports has found."""

    new: int
    changed: int
    withdrawn: int
    same: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two candidates that are one (trùng), or may be."""

    first_id: UUID
    second_id: UUID
    name: str
    is_certain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What stands against nominees, with its article; a warning needs a written reason."""

    key: str
    rule: str
    severity: str
    message: str
    article: str
    mark: str
    nominees: tuple[UUID, ...]
    needs_reason: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedCandidate:
    """Which candidate was changed."""

    period_id: UUID
    candidate_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedFinding:
    """Which finding was explained."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOutline:
    """One session (phiên họp)."""

    id: UUID
    number: int
    state: str
    held_on: date | None
    version: int
    is_carried: bool
    locked_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """One nominee with the votes on it; `passed` is None where that is not known."""

    nominee_id: UUID
    nomination: Nomination
    version: int
    in_favour: int | None
    against: int | None
    not_voting: int | None
    decided: str
    reason: str
    passed: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One thing that stands against locking."""

    pointer: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session with all its votes; its facts are told in the reference of the API."""

    outline: SessionOutline
    facts: Any
    tallied: tuple[Tally, ...]
    problems: tuple[Obstacle, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedSession:
    """A session after a change."""

    id: UUID
    state: str
    version: int
    sha256: str


CANDIDATES = Operation("GET", "/periods/{period_id}/candidates", Candidate, is_paged=True)
READ = Operation("POST", "/periods/{period_id}/candidates/read", News)
DUPLICATES = Operation("GET", "/periods/{period_id}/duplicates", tuple[Pair, ...])
FINDINGS = Operation("GET", "/periods/{period_id}/findings", tuple[Finding, ...])
EXPLAIN = Operation("POST", "/periods/{period_id}/findings/reasons", ExplainedFinding)
MERGE = Operation("POST", "/candidates/{candidate_id}/merge", ChangedCandidate)
UNMERGE = Operation("POST", "/candidates/{candidate_id}/unmerge", ChangedCandidate)
TELL_APART = Operation("POST", "/candidates/{candidate_id}/tell-apart", ChangedCandidate)
ASK_AGAIN = Operation("POST", "/candidates/{candidate_id}/ask-again", ChangedCandidate)
SET_ASIDE = Operation("POST", "/candidates/{candidate_id}/set-aside", ChangedCandidate)
TAKE_UP = Operation("POST", "/candidates/{candidate_id}/take-up", ChangedCandidate)
SESSIONS = Operation("GET", "/periods/{period_id}/council-sessions", tuple[SessionOutline, ...])
OPEN = Operation("POST", "/periods/{period_id}/council-sessions", ChangedSession)
SESSION = Operation("GET", "/council-sessions/{session_id}", Session)
SAVE_FACTS = Operation("PUT", "/council-sessions/{session_id}", ChangedSession)
SAVE_VOTES = Operation("PUT", "/council-sessions/{session_id}/votes", ChangedSession)
LOCK = Operation("POST", "/council-sessions/{session_id}/lock", ChangedSession)
REOPEN = Operation("POST", "/council-sessions/{session_id}/reopen", ChangedSession)


class Council(Area):
    """What an office does between accepting reports and freezing the dossier."""

    service: ClassVar[str] = "intake"

    def candidates(self, period_id: UUID, *, award: str = "") -> Iterator[Candidate]:
        """Yield the candidates in the order in which they came."""
        return self.pages(CANDIDATES, at={"period_id": period_id}, query={"award": award})

    def read(self, period_id: UUID, *, key: str | None = None) -> News:
        """Read the accepted reports again; decisions that were taken stay."""
        return self.call(READ, at={"period_id": period_id}, key=key)

    def duplicates(self, period_id: UUID) -> tuple[Pair, ...]:
        """Return the pairs that are one, or may be."""
        return self.call(DUPLICATES, at={"period_id": period_id})

    def findings(self, period_id: UUID, *, on: date | None = None) -> tuple[Finding, ...]:
        """Return what stands against candidates under the law of a day."""
        return self.call(FINDINGS, at={"period_id": period_id}, query={"on": on})

    def merge(self, lead_id: UUID, other_id: UUID, *, key: str | None = None) -> ChangedCandidate:
        """Make two candidates one; the first one's words stand for both."""
        body = {"other_id": str(other_id)}
        return self.call(MERGE, at={"candidate_id": lead_id}, json=body, key=key)

    def unmerge(self, candidate_id: UUID, *, key: str | None = None) -> ChangedCandidate:
        """Take a merged candidate out again."""
        return self.call(UNMERGE, at={"candidate_id": candidate_id}, key=key)

    def sessions(self, period_id: UUID) -> tuple[SessionOutline, ...]:
        """Return the sessions of a period, the first one first."""
        return self.call(SESSIONS, at={"period_id": period_id})

    def open(self, period_id: UUID, *, key: str | None = None) -> ChangedSession:
        """Begin a session, with the members of the last one."""
        return self.call(OPEN, at={"period_id": period_id}, key=key)

    def session(self, session_id: UUID) -> Session:
        """Return a session with its votes, and what stands against locking it."""
        return self.call(SESSION, at={"session_id": session_id})

    def save_facts(
        self, session_id: UUID, version: int, facts: Json, *, key: str | None = None
    ) -> ChangedSession:
        """Write time, place, members and opinions over the version that was seen."""
        body = {"version": version, "facts": facts}
        return self.call(SAVE_FACTS, at={"session_id": session_id}, json=body, key=key)

    def save_votes(
        self, session_id: UUID, votes: Sequence[Json], *, key: str | None = None
    ) -> ChangedSession:
        """Write the votes on some nominees: all of them, or none."""
        body = {"votes": list(votes)}
        return self.call(SAVE_VOTES, at={"session_id": session_id}, json=body, key=key)

    def lock(self, session_id: UUID, version: int, *, key: str | None = None) -> ChangedSession:
        """Close the results; refused with all that is missing."""
        body = {"version": version}
        return self.call(LOCK, at={"session_id": session_id}, json=body, key=key)

    def reopen(self, session_id: UUID, reason: str, *, key: str | None = None) -> ChangedSession:
        """Open a locked session again, as long as no dossier carries it."""
        return self.call(REOPEN, at={"session_id": session_id}, json={"reason": reason}, key=key)
