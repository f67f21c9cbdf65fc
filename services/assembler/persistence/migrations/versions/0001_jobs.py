"""Jobs and pulses."""

import sqlalchemy as sa
from alembic import op

from kernel.database import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "job",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("sort", sa.String(16), nullable=False),
        sa.Column("idempotency_key", sa.String(100), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        *_request(),
        *_protocol(),
        *_result(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint(
            "office_id", "idempotency_key", name=op.f("uq_job_office_id_idempotency_key")
        ),
        sa.UniqueConstraint("office_id", "version_id", name=op.f("uq_job_office_id_version_id")),
        sa.CheckConstraint("sort IN ('assemble', 'convert')", name=op.f("ck_job_sort")),
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'done', 'failed')", name=op.f("ck_job_state")
        ),
        sa.CheckConstraint("progress BETWEEN 0 AND 100", name=op.f("ck_job_progress")),
    )
    op.create_index(op.f("ix_job_state_wake_at"), "job", ["state", "wake_at"])
    op.create_index(op.f("ix_job_office_id_created_at"), "job", ["office_id", "created_at"])
    op.create_table(
        "pulse",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("beat_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_pulse")),
    )


def _request() -> tuple[sa.Column, ...]:
    return (
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("period_id", sa.Uuid(), nullable=True),
        sa.Column("period_title", sa.Text(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=True),
        sa.Column("dossier_sha256", sa.String(64), nullable=False),
        sa.Column("intended_on", sa.Date(), nullable=True),
        sa.Column("version_id", sa.Uuid(), nullable=True),
        sa.Column("version_sha256", sa.String(64), nullable=False),
    )


def _protocol() -> tuple[sa.Column, ...]:
    return (
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(100), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(200), nullable=False),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("not_before", UtcDateTime(), nullable=True),
        sa.Column("wake_at", UtcDateTime(), nullable=True),
        sa.Column("publications", sa.Integer(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("started_at", UtcDateTime(), nullable=True),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("retry_key", sa.String(100), nullable=True),
    )


def _result() -> tuple[sa.Column, ...]:
    return (
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("result_version_id", sa.Uuid(), nullable=True),
        sa.Column("result_version", sa.Integer(), nullable=True),
        sa.Column("result_sha256", sa.String(64), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("is_failure_told", sa.Boolean(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("pulse")
    op.drop_table("job")
