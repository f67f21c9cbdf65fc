"""The tables of intake: typed rows without behaviour."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kernel.database import UtcDateTime, named_metadata


class Base(DeclarativeBase):
    """Every table of intake."""

    metadata = named_metadata()
    type_annotation_map = {
        datetime: UtcDateTime,
        dict[str, Any]: JSON,
        UUID: Uuid,
        str: Text,
    }


class OfficeRow(Base):
    """An office (đơn vị): one tenant, or the superior of one."""

    __tablename__ = "office"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str]
    short_name: Mapped[str]
    place: Mapped[str]
    level: Mapped[str] = mapped_column(String(16))
    letterhead: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class SuperiorRow(Base):
    """Which office stood above which, from which day to which."""

    __tablename__ = "superior_relation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    superior_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class UnitRow(Base):
    """A sector (ngành, đoàn thể) of an office."""

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("office_id", "code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    code: Mapped[str] = mapped_column(String(64))
    name: Mapped[str]
    position: Mapped[int]
    is_active: Mapped[bool]


class AccountRow(Base):
    """An account (tài khoản). The login name is unique over all offices."""

    __tablename__ = "account"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    login_name: Mapped[str] = mapped_column(String(200), unique=True)
    password_hash: Mapped[str]
    display_name: Mapped[str]
    role: Mapped[str] = mapped_column(String(32))
    is_active: Mapped[bool]
    created_at: Mapped[datetime]


class FailedSignInRow(Base):
    """Wrong tries in a row, by the hash of what was typed: real names and invented ones alike."""

    __tablename__ = "failed_sign_in"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(index=True)
    blocked_until: Mapped[datetime | None]


class PeriodRow(Base):
    """A period (kỳ báo cáo) with the form that it asks, pinned when it opened."""

    __tablename__ = "period"
    __table_args__ = (UniqueConstraint("office_id", "code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    code: Mapped[str] = mapped_column(String(64))
    title: Mapped[str]
    year: Mapped[int]
    status: Mapped[str] = mapped_column(String(16))
    due_on: Mapped[date]
    form: Mapped[dict[str, Any]]
    opened_at: Mapped[datetime]


class SubmissionRow(Base):
    """The submission (bài nộp) of one unit for one period; `version` guards every change."""

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("period_id", "unit_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    period_id: Mapped[UUID] = mapped_column(ForeignKey("period.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    state: Mapped[str] = mapped_column(String(16))
    round: Mapped[int]
    version: Mapped[int]
    updated_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]


class RoundRow(Base):
    """One round (lượt nộp): what the unit said that time. Submitted rounds stay as they were."""

    __tablename__ = "submission_round"
    __table_args__ = (UniqueConstraint("submission_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))
    content: Mapped[dict[str, Any]]
    sha256: Mapped[str] = mapped_column(String(64))
    saved_at: Mapped[datetime]
    saved_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    submitted_at: Mapped[datetime | None]


class MoveRow(Base):
    """One move of a submission: who, when, from, to, why. The database refuses to change it."""

    __tablename__ = "submission_move"
    __table_args__ = (UniqueConstraint("submission_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id"))
    number: Mapped[int]
    round: Mapped[int]
    at: Mapped[datetime]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    account_name: Mapped[str]
    from_state: Mapped[str] = mapped_column(String(16))
    to_state: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str]


class DossierRow(Base):
    """A frozen dossier (hồ sơ tổng hợp). The database refuses to change it."""

    __tablename__ = "dossier"
    __table_args__ = (UniqueConstraint("period_id", "sha256"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    period_id: Mapped[UUID] = mapped_column(ForeignKey("period.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[dict[str, Any]]
    frozen_at: Mapped[datetime]


class FreezeRow(Base):
    """One act of freezing: the same facts frozen again give the same dossier, and a new act."""

    __tablename__ = "dossier_freeze"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    dossier_id: Mapped[UUID] = mapped_column(ForeignKey("dossier.id"))
    period_id: Mapped[UUID] = mapped_column(ForeignKey("period.id"), index=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(80))


class AnsweredCallRow(Base):
    """A request that was carried out, with its answer, for the day it arrives again."""

    __tablename__ = "answered_call"
    __table_args__ = (UniqueConstraint("office_id", "actor", "key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    actor: Mapped[str] = mapped_column(String(80))
    key: Mapped[str] = mapped_column(String(100))
    fingerprint: Mapped[str] = mapped_column(String(64))
    answer: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    at: Mapped[datetime]
