"""The table of e-mails to be sent."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from services.intake.persistence.models.declarative import Base


class MailRow(Base):
    """An e-mail (thư) and how far it is; whoever sends it holds it until `lease_until`."""

    __tablename__ = "mail_outbox"
    __table_args__ = (Index("ix_mail_outbox_office_id_created_at", "office_id", "created_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    notice_id: Mapped[UUID | None] = mapped_column(ForeignKey("notice.id"), index=True)
    dedupe_key: Mapped[str] = mapped_column(String(200), unique=True)
    address: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str]
    body: Mapped[str]
    state: Mapped[str] = mapped_column(String(16), index=True)
    reason: Mapped[str]
    attempts: Mapped[int]
    holder: Mapped[str] = mapped_column(String(200))
    lease_until: Mapped[datetime | None]
    next_try_at: Mapped[datetime]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
