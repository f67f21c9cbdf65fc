"""The table of files that go with reports."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from services.intake.persistence.models.declarative import Base


class AttachmentRow(Base):
    """A file (tài liệu kèm theo) of a report; its bytes lie in the store under its hash.

    Taken away, it keeps its row: it can be brought back, and submitted rounds may name it.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        Index("ix_attachment_submission_id", "submission_id"),
        Index("ix_attachment_sha256", "sha256"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id"))
    part: Mapped[str] = mapped_column(String(32))
    note: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str] = mapped_column(String(200))
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))
    added_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
