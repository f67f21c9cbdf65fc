"""Tables of accounts and of the wrong tries to get into them."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from services.intake.persistence.models.base import Base


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
