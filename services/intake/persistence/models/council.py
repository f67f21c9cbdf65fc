"""Tables of candidates, and of the council's sessions with their votes."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.intake.persistence.models.declarative import Base


class CandidateRow(Base):
    """One proposal of one sector (đề nghị), as the last reading of accepted reports found it.

    A row is never deleted: what was withdrawn keeps what was decided about it. `merged_into_id` is
    the candidate that it is one with; its own words stay, so that it can be taken out again.
    """

    __tablename__ = "candidate"
    __table_args__ = (
        UniqueConstraint("submission_id", "key"),
        UniqueConstraint("period_id", "number"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    period_id: Mapped[UUID] = mapped_column(ForeignKey("period.id"))
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    number: Mapped[int]
    key: Mapped[str] = mapped_column(String(64))
    round: Mapped[int]
    nomination: Mapped[dict[str, Any]]
    previous: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    change: Mapped[str] = mapped_column(String(16))
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("candidate.id"))
    set_aside: Mapped[str]
    version: Mapped[int]
    read_at: Mapped[datetime]


class CandidateDistinctionRow(Base):
    """Two candidates of whom somebody said that they are not one (không phải trùng)."""

    __tablename__ = "candidate_distinction"
    __table_args__ = (UniqueConstraint("first_id", "second_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    period_id: Mapped[UUID] = mapped_column(ForeignKey("period.id"), index=True)
    first_id: Mapped[UUID] = mapped_column(ForeignKey("candidate.id"))
    second_id: Mapped[UUID] = mapped_column(ForeignKey("candidate.id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]


class FindingReasonRow(Base):
    """Why something that a finding asks about is to be so all the same (lý do)."""

    __tablename__ = "finding_reason"
    __table_args__ = (UniqueConstraint("period_id", "key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    period_id: Mapped[UUID] = mapped_column(ForeignKey("period.id"))
    key: Mapped[str] = mapped_column(String(400))
    reason: Mapped[str]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    account_name: Mapped[str]
    at: Mapped[datetime]


class CouncilSessionRow(Base):
    """A session (phiên họp) of the council; `version` guards every change of a draft.

    Once locked the database refuses to change it, or its votes: but for opening it again while no
    dossier carries it.
    """

    __tablename__ = "council_session"
    __table_args__ = (UniqueConstraint("period_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    period_id: Mapped[UUID] = mapped_column(ForeignKey("period.id"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))
    facts: Mapped[dict[str, Any]]
    version: Mapped[int]
    updated_at: Mapped[datetime]
    updated_by: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    locked_at: Mapped[datetime | None]


class CouncilVoteRow(Base):
    """The votes on one nominee in one session; `result` is written when the session is locked."""

    __tablename__ = "council_vote"
    __table_args__ = (UniqueConstraint("session_id", "candidate_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    session_id: Mapped[UUID] = mapped_column(ForeignKey("council_session.id"))
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidate.id"))
    in_favour: Mapped[int | None]
    against: Mapped[int | None]
    not_voting: Mapped[int | None]
    decided: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str]
    version: Mapped[int]
    updated_at: Mapped[datetime]
    updated_by: Mapped[str]
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class CouncilEventRow(Base):
    """A session was locked or opened again: by whom, when, why. Never changed."""

    __tablename__ = "council_event"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    session_id: Mapped[UUID] = mapped_column(ForeignKey("council_session.id"), index=True)
    event: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    account_name: Mapped[str]
    reason: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))


class DossierSessionRow(Base):
    """A dossier carries the results of a session, which can then never be opened again."""

    __tablename__ = "dossier_session"

    dossier_id: Mapped[UUID] = mapped_column(ForeignKey("dossier.id"), primary_key=True)
    session_id: Mapped[UUID] = mapped_column(
        ForeignKey("council_session.id"), primary_key=True, index=True
    )
