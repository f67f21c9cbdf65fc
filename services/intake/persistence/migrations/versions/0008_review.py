"""Comments on the parts of a report, and periods in which two persons accept each report."""

import sqlalchemy as sa
from alembic import op

from kernel.database import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "period",
        sa.Column("needs_second", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "submission_comment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("answers_id", sa.Uuid(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=32), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("resolved_at", UtcDateTime(), nullable=True),
        sa.Column("resolved_by", sa.Uuid(), nullable=True),
        sa.Column("resolved_by_name", sa.Text(), nullable=True),
        _refers("office_id", "office"),
        _refers("submission_id", "submission"),
        _refers("answers_id", "submission_comment"),
        _refers("author_id", "account"),
        _refers("resolved_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_comment")),
    )
    op.create_index(
        op.f("ix_submission_comment_submission_id"), "submission_comment", ["submission_id"]
    )


def _refers(column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_submission_comment_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)
