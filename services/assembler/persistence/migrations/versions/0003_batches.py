"""Jobs of many items: batches, their items, and the PDF of all."""

import sqlalchemy as sa
from alembic import op

from kernel.database import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_FORMER = "sort IN ('assemble', 'convert')"
_SORTS = "sort IN ('assemble', 'convert', 'batch', 'print')"


def upgrade() -> None:
    _change_job(_SORTS, add=True)
    op.create_table(
        "batch",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(16), nullable=False),
        sa.Column("award", sa.String(64), nullable=False),
        sa.Column("decision_number", sa.String(100), nullable=False),
        sa.Column("first_entry", sa.Integer(), nullable=True),
        sa.Column("on_stock", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_batch")),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_batch_job_id_job")),
    )
    _create_items()
    op.create_table(
        "batch_pdf",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("converter", sa.String(100), nullable=False),
        sa.Column("is_quick_view", sa.Boolean(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("job_id", "part", name=op.f("pk_batch_pdf")),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_batch_pdf_job_id_job")),
    )


def _create_items() -> None:
    op.create_table(
        "batch_item",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("template_sha256", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("warning", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("docx", sa.LargeBinary(), nullable=True),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("result_version_id", sa.Uuid(), nullable=True),
        sa.Column("result_version", sa.Integer(), nullable=True),
        sa.Column("blockers", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("job_id", "position", name=op.f("pk_batch_item")),
        sa.UniqueConstraint("job_id", "key", name=op.f("uq_batch_item_job_id_key")),
        sa.ForeignKeyConstraint(
            ["job_id"], ["batch.job_id"], name=op.f("fk_batch_item_job_id_batch")
        ),
        sa.CheckConstraint(
            "state IN ('queued', 'done', 'failed')", name=op.f("ck_batch_item_state")
        ),
    )
    op.create_index(
        op.f("ix_batch_item_job_id_state_position"), "batch_item", ["job_id", "state", "position"]
    )


def _change_job(sorts: str, *, add: bool) -> None:
    """Change the sorts of a job; SQLite copies the table for it, with all its constraints."""
    with op.batch_alter_table("job") as job:
        job.drop_constraint(op.f("ck_job_sort"), type_="check")
        job.create_check_constraint(op.f("ck_job_sort"), sorts)
        if add:
            job.add_column(sa.Column("batch_id", sa.Uuid(), nullable=True))
            job.create_index(op.f("ix_job_batch_id"), ["batch_id"])
        else:
            job.drop_index(op.f("ix_job_batch_id"))
            job.drop_column("batch_id")


def downgrade() -> None:
    for table in ("batch_pdf", "batch_item", "batch"):
        op.drop_table(table)
    op.execute("DELETE FROM job WHERE sort IN ('batch', 'print')")
    _change_job(_FORMER, add=False)
