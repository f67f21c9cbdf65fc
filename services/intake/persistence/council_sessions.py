"""Sessions of the council of one office, their votes and what happened to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from kernel.contracts.dossier import CouncilResult
from kernel.errors import Conflict, NotFound
from services.intake.domain.council import SessionFacts, SessionState, Votes
from services.intake.persistence.council_documents import facts_json, result_from, result_json
from services.intake.persistence.insertion import try_insert
from services.intake.persistence.models import (
    CouncilEventRow,
    CouncilSessionRow,
    CouncilVoteRow,
    DossierSessionRow,
)
from services.intake.persistence.submissions import Author

CHANGED = "Phiên họp vừa được thay đổi ở nơi khác. Hãy tải lại trang, xem lại rồi thử lại."


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptVotes:
    """Votes as they are kept, with the version that guards them and who typed them."""

    votes: Votes
    version: int = 0
    updated_by: str = ""
    result: CouncilResult | None = None


class CouncilSessions:
    """Another office's sessions cannot be reached from here."""

    def __init__(self, session: Session, *, office_id: UUID) -> None:
        self._session, self._office_id = session, office_id

    def open(
        self, period_id: UUID, facts: SessionFacts, *, by: Author, at: datetime
    ) -> CouncilSessionRow:
        """Begin the next session of the period."""
        while True:
            row = CouncilSessionRow(
                office_id=self._office_id,
                period_id=period_id,
                number=self._last_number(period_id) + 1,
                state=SessionState.DRAFT,
                facts=facts_json(facts),
                version=1,
                updated_at=at,
                updated_by=by.name,
                sha256="",
                locked_at=None,
            )
            if try_insert(self._session, row):  # else another writer took the number
                return row

    def get(self, session_id: UUID, *, to_change: bool = False) -> CouncilSessionRow:
        """Return the session; with `to_change` nobody else changes it until this one is done."""
        query = select(CouncilSessionRow).where(
            CouncilSessionRow.office_id == self._office_id, CouncilSessionRow.id == session_id
        )
        row = self._session.scalar(query.with_for_update() if to_change else query)
        if row is None:
            raise NotFound("Không có phiên họp này.")
        return row

    def get_draft(self, session_id: UUID, *, version: int | None = None) -> CouncilSessionRow:
        """Return a session that may be changed, as the one who asks has seen it; else Conflict."""
        row = self.get(session_id, to_change=True)
        if row.state != SessionState.DRAFT:
            raise Conflict("Phiên họp đã chốt kết quả nên không sửa được nữa.")
        if version not in {None, row.version}:
            raise Conflict(CHANGED)
        return row

    def of_period(self, period_id: UUID) -> Sequence[CouncilSessionRow]:
        """Return the sessions of a period, the first one first."""
        return self._session.scalars(
            select(CouncilSessionRow)
            .where(
                CouncilSessionRow.office_id == self._office_id,
                CouncilSessionRow.period_id == period_id,
            )
            .order_by(CouncilSessionRow.number)
        ).all()

    def hold_locked(self, period_id: UUID) -> Sequence[CouncilSessionRow]:
        """Return the locked sessions, none of which can be opened before this one is done."""
        return self._session.scalars(
            select(CouncilSessionRow)
            .where(
                CouncilSessionRow.office_id == self._office_id,
                CouncilSessionRow.period_id == period_id,
                CouncilSessionRow.state == SessionState.LOCKED,
            )
            .order_by(CouncilSessionRow.number)
            .with_for_update()
        ).all()

    def last_facts(self) -> CouncilSessionRow | None:
        """Return the newest session of the office: its members are mostly those of the next."""
        return self._session.scalar(
            select(CouncilSessionRow)
            .where(CouncilSessionRow.office_id == self._office_id)
            .order_by(CouncilSessionRow.updated_at.desc())
            .limit(1)
        )

    def save_facts(
        self, row: CouncilSessionRow, facts: SessionFacts, *, by: Author, at: datetime
    ) -> None:
        """Write the facts of a draft."""
        row.facts, row.version = facts_json(facts), row.version + 1
        row.updated_at, row.updated_by = at, by.name
        self._session.flush()

    def votes(self, session_id: UUID) -> Mapping[UUID, KeptVotes]:
        """Return the votes by nominee."""
        return {row.candidate_id: _kept(row) for row in self._vote_rows(session_id)}

    def save_votes(
        self, session_id: UUID, candidate_id: UUID, votes: Votes, *, by: Author, at: datetime
    ) -> None:
        """Write the votes on one nominee over what is kept."""
        row = self._session.scalar(
            select(CouncilVoteRow).where(
                CouncilVoteRow.session_id == session_id,
                CouncilVoteRow.candidate_id == candidate_id,
            )
        )
        if row is None:
            row = CouncilVoteRow(
                session_id=session_id, candidate_id=candidate_id, version=0, result=None
            )
            self._session.add(row)
        row.in_favour, row.against, row.not_voting = (
            votes.in_favour,
            votes.against,
            votes.not_voting,
        )
        row.decided, row.reason = votes.decided, votes.reason
        row.version, row.updated_at, row.updated_by = row.version + 1, at, by.name
        self._session.flush()

    def lock(
        self,
        row: CouncilSessionRow,
        results: Mapping[UUID, CouncilResult],
        *,
        sha256: str,
        by: Author,
        at: datetime,
    ) -> None:
        """Write the results beside the votes and close the session."""
        for vote in self._vote_rows(row.id):
            found = results.get(vote.candidate_id)
            vote.result = result_json(found) if found else None
        self._session.flush()
        row.state, row.sha256, row.locked_at = SessionState.LOCKED, sha256, at
        row.version, row.updated_at, row.updated_by = row.version + 1, at, by.name
        self._session.flush()
        self._record(row, "locked", by=by, at=at)

    def reopen(self, row: CouncilSessionRow, *, reason: str, by: Author, at: datetime) -> None:
        """Open a locked session again; refused once a dossier carries it."""
        if row.state != SessionState.LOCKED:
            raise Conflict("Phiên họp này chưa chốt kết quả.")
        if self.is_carried(row.id):
            raise Conflict(
                "Kết quả phiên họp đã vào hồ sơ tổng hợp nên không mở lại được. "
                "Hãy mở phiên họp bổ sung."
            )
        sha256 = row.sha256
        row.state, row.sha256, row.locked_at = SessionState.DRAFT, "", None
        row.version, row.updated_at, row.updated_by = row.version + 1, at, by.name
        self._session.flush()
        for vote in self._vote_rows(row.id):
            vote.result = None
        self._record(row, "reopened", by=by, at=at, reason=reason, sha256=sha256)

    def is_carried(self, session_id: UUID) -> bool:
        """Tell whether a dossier holds the results."""
        found = self._session.scalar(
            select(exists().where(DossierSessionRow.session_id == session_id))
        )
        return bool(found)

    def carry(self, dossier_id: UUID, session_ids: Sequence[UUID]) -> None:
        """Remember which dossier holds the results of which sessions."""
        for session_id in session_ids:
            try_insert(
                self._session, DossierSessionRow(dossier_id=dossier_id, session_id=session_id)
            )

    def events(self, session_id: UUID) -> Sequence[CouncilEventRow]:
        """Return what happened to the session, the first thing first."""
        return self._session.scalars(
            select(CouncilEventRow)
            .where(
                CouncilEventRow.office_id == self._office_id,
                CouncilEventRow.session_id == session_id,
            )
            .order_by(CouncilEventRow.at)
        ).all()

    def _record(
        self,
        row: CouncilSessionRow,
        event: str,
        *,
        by: Author,
        at: datetime,
        reason: str = "",
        sha256: str = "",
    ) -> None:
        self._session.add(
            CouncilEventRow(
                office_id=self._office_id,
                session_id=row.id,
                event=event,
                at=at,
                account_id=by.account_id,
                account_name=by.name,
                reason=reason,
                sha256=sha256 or row.sha256,
            )
        )
        self._session.flush()

    def _vote_rows(self, session_id: UUID) -> Sequence[CouncilVoteRow]:
        return self._session.scalars(
            select(CouncilVoteRow).where(CouncilVoteRow.session_id == session_id)
        ).all()

    def _last_number(self, period_id: UUID) -> int:
        number = self._session.scalar(
            select(func.max(CouncilSessionRow.number)).where(
                CouncilSessionRow.period_id == period_id
            )
        )
        return number or 0


def _kept(row: CouncilVoteRow) -> KeptVotes:
    return KeptVotes(
        votes=Votes(
            in_favour=row.in_favour,
            against=row.against,
            not_voting=row.not_voting,
            decided=row.decided,
            reason=row.reason,
        ),
        version=row.version,
        updated_by=row.updated_by,
        result=result_from(row.result) if row.result else None,
    )
