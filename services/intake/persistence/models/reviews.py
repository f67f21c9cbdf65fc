"""Tables of the review: comments on the parts of a report."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from services.intake.persistence.models.declarative import Base


class CommentRow(Base):
    """A comment (ý kiến) on a part of a round, or an answer to one; it stays with its round.

    Only the first comment of a thread is open or resolved; an answer names it in `answers_id`.
    """

    __tablename__ = "submission_comment"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id"), index=True)
    answers_id: Mapped[UUID | None] = mapped_column(ForeignKey("submission_comment.id"))
    round: Mapped[int]
    part: Mapped[str] = mapped_column(String(32))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    author_name: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    resolved_by_name: Mapped[str | None]
