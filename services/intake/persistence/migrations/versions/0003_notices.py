"""Notices, how accounts want them, e-mails to be sent, reminders, and what a worker does daily."""

import sqlalchemy as sa
from alembic import op

from kernel.database import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_notices()
    _create_preferences()
    _create_daily_runs()
    _create_mails()
    _create_reminders()


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)


def _create_notices() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("subject_kind", sa.String(length=32), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("dedupe_key", sa.String(length=200), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        _refers("notice", "office_id", "office"),
        _refers("notice", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint(
            "account_id", "dedupe_key", name=op.f("uq_notice_account_id_dedupe_key")
        ),
    )
    op.create_index("ix_notice_account_id_created_at", "notice", ["account_id", "created_at"])
    op.create_index("ix_notice_kind_created_at", "notice", ["kind", "created_at"])


def _create_preferences() -> None:
    op.create_table(
        "notice_preference",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("mode", sa.String(length=16), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        _refers("notice_preference", "account_id", "account"),
        _refers("notice_preference", "office_id", "office"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_notice_preference")),
    )
    op.create_index(op.f("ix_notice_preference_office_id"), "notice_preference", ["office_id"])


def _create_daily_runs() -> None:
    op.create_table(
        "daily_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("job", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        _refers("daily_run", "office_id", "office"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_daily_run")),
        sa.UniqueConstraint("office_id", "job", "day", name=op.f("uq_daily_run_office_id_job_day")),
    )
    op.create_table(
        "pulse",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("beat_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_pulse")),
    )


def _create_mails() -> None:
    op.create_table(
        "mail_outbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=True),
        sa.Column("dedupe_key", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(length=200), nullable=False),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("next_try_at", UtcDateTime(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        _refers("mail_outbox", "office_id", "office"),
        _refers("mail_outbox", "account_id", "account"),
        _refers("mail_outbox", "notice_id", "notice"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_outbox")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_mail_outbox_dedupe_key")),
    )
    op.create_index(op.f("ix_mail_outbox_notice_id"), "mail_outbox", ["notice_id"])
    op.create_index(op.f("ix_mail_outbox_state"), "mail_outbox", ["state"])
    op.create_index(
        "ix_mail_outbox_office_id_created_at", "mail_outbox", ["office_id", "created_at"]
    )


def _create_reminders() -> None:
    op.create_table(
        "reminder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("period_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sent_by", sa.Uuid(), nullable=True),
        sa.Column("sent_by_name", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        _refers("reminder", "office_id", "office"),
        _refers("reminder", "period_id", "period"),
        _refers("reminder", "unit_id", "unit"),
        _refers("reminder", "sent_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "period_id", "unit_id", "day", name=op.f("uq_reminder_period_id_unit_id_day")
        ),
    )
    op.create_table(
        "reminder_plan",
        sa.Column("period_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        _refers("reminder_plan", "period_id", "period"),
        _refers("reminder_plan", "office_id", "office"),
        _refers("reminder_plan", "changed_by", "account"),
        sa.PrimaryKeyConstraint("period_id", name=op.f("pk_reminder_plan")),
    )
    op.create_index(op.f("ix_reminder_plan_office_id"), "reminder_plan", ["office_id"])
