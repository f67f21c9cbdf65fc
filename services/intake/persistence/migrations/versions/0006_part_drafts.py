"""Parts of a draft get a version each, and a place beside them for what must not be lost."""

import sqlalchemy as sa
from alembic import op

from kernel.database import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_part_drafts()
    _create_set_asides()
    _create_typed_parts()


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)


def _create_part_drafts() -> None:
    op.create_table(
        "part_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("saved_by", sa.Uuid(), nullable=False),
        sa.Column("saved_by_name", sa.Text(), nullable=False),
        sa.Column("copied_from", sa.Text(), nullable=False),
        _refers("part_draft", "submission_id", "submission"),
        _refers("part_draft", "saved_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_part_draft")),
        sa.UniqueConstraint("submission_id", "part", name=op.f("uq_part_draft_submission_id_part")),
    )


def _create_set_asides() -> None:
    op.create_table(
        "set_aside_part",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(length=64), nullable=False),
        sa.Column("editor", sa.String(length=64), nullable=False),
        sa.Column("why", sa.String(length=16), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("seen_version", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("account_name", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        _refers("set_aside_part", "office_id", "office"),
        _refers("set_aside_part", "submission_id", "submission"),
        _refers("set_aside_part", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_set_aside_part")),
        sa.UniqueConstraint(
            "submission_id",
            "part",
            "editor",
            name=op.f("uq_set_aside_part_submission_id_part_editor"),
        ),
    )
    op.create_index(op.f("ix_set_aside_part_submission_id"), "set_aside_part", ["submission_id"])


def _create_typed_parts() -> None:
    op.create_table(
        "typed_part",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("period_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("account_name", sa.Text(), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("seen_version", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        _refers("typed_part", "office_id", "office"),
        _refers("typed_part", "period_id", "period"),
        _refers("typed_part", "unit_id", "unit"),
        _refers("typed_part", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_typed_part")),
        sa.UniqueConstraint(
            "period_id",
            "unit_id",
            "part",
            "account_id",
            name=op.f("uq_typed_part_period_id_unit_id_part_account_id"),
        ),
    )
