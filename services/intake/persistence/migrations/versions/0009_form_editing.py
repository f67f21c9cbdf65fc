"""Drafts of forms keep what they were, reports may move to another edition, periods have events."""

import sqlalchemy as sa
from alembic import op

from kernel.database import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_revisions()
    _create_edition_moves()
    _create_period_events()
    for table in ("edition_move", "period_event"):
        _write_once(table)


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)


def _create_revisions() -> None:
    op.create_table(
        "form_revision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("form", sa.JSON(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("saved_by", sa.Uuid(), nullable=True),
        _refers("form_revision", "office_id", "office"),
        _refers("form_revision", "edition_id", "form_edition"),
        _refers("form_revision", "saved_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_revision")),
        sa.UniqueConstraint(
            "edition_id", "version", name=op.f("uq_form_revision_edition_id_version")
        ),
    )


def _create_edition_moves() -> None:
    op.create_table(
        "edition_move",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("last_round", sa.Integer(), nullable=False),
        sa.Column("from_edition_id", sa.Uuid(), nullable=False),
        sa.Column("to_edition_id", sa.Uuid(), nullable=False),
        sa.Column("displaced", sa.JSON(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("account_name", sa.Text(), nullable=False),
        _refers("edition_move", "office_id", "office"),
        _refers("edition_move", "submission_id", "submission"),
        _refers("edition_move", "from_edition_id", "form_edition"),
        _refers("edition_move", "to_edition_id", "form_edition"),
        _refers("edition_move", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_move")),
        sa.UniqueConstraint(
            "submission_id", "number", name=op.f("uq_edition_move_submission_id_number")
        ),
    )


def _create_period_events() -> None:
    op.create_table(
        "period_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("period_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("from_value", sa.Text(), nullable=False),
        sa.Column("to_value", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("account_name", sa.Text(), nullable=False),
        _refers("period_event", "office_id", "office"),
        _refers("period_event", "period_id", "period"),
        _refers("period_event", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period_event")),
        sa.UniqueConstraint("period_id", "number", name=op.f("uq_period_event_period_id_number")),
    )


def _write_once(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for action in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is written once'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_written_once() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is written once'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_written_once BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_written_once()"
    )
