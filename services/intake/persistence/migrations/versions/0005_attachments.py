"""Files that go with reports."""

import sqlalchemy as sa
from alembic import op

from kernel.database import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(length=32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=200), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        _refers("office_id", "office"),
        _refers("submission_id", "submission"),
        _refers("added_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index("ix_attachment_submission_id", "attachment", ["submission_id"])
    op.create_index("ix_attachment_sha256", "attachment", ["sha256"])


def _refers(column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_attachment_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)
