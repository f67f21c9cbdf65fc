"""Candidates, and sessions of the council; results that were locked are guarded by triggers."""

import sqlalchemy as sa
from alembic import op

from kernel.database import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_IS_CARRIED = "EXISTS (SELECT 1 FROM dossier_session WHERE session_id = OLD.id)"

_VOTES_KEPT = """
CREATE TRIGGER council_vote_locked_no_{action} BEFORE {action} ON council_vote
WHEN (SELECT state FROM council_session WHERE id = {row}.session_id) = 'locked'
BEGIN SELECT RAISE(ABORT, 'votes of a locked council_session are kept'); END
"""


def upgrade() -> None:
    _create_candidates()
    _create_candidate_distinctions()
    _create_finding_reasons()
    _create_council_sessions()
    _create_council_votes()
    _create_council_events()
    _create_dossier_sessions()
    if op.get_bind().dialect.name == "sqlite":
        _guard_on_sqlite()
    else:
        _guard_on_postgresql()


def _create_candidates() -> None:
    op.create_table(
        "candidate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("period_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("nomination", sa.JSON(), nullable=False),
        sa.Column("previous", sa.JSON(), nullable=True),
        sa.Column("change", sa.String(length=16), nullable=False),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.Column("set_aside", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["candidate.id"], name=op.f("fk_candidate_merged_into_id_candidate")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_candidate_office_id_office")
        ),
        sa.ForeignKeyConstraint(
            ["period_id"], ["period.id"], name=op.f("fk_candidate_period_id_period")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_candidate_submission_id_submission")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_candidate_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate")),
        sa.UniqueConstraint("period_id", "number", name=op.f("uq_candidate_period_id_number")),
        sa.UniqueConstraint("submission_id", "key", name=op.f("uq_candidate_submission_id_key")),
    )


def _create_candidate_distinctions() -> None:
    op.create_table(
        "candidate_distinction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("period_id", sa.Uuid(), nullable=False),
        sa.Column("first_id", sa.Uuid(), nullable=False),
        sa.Column("second_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_candidate_distinction_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["first_id"], ["candidate.id"], name=op.f("fk_candidate_distinction_first_id_candidate")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_candidate_distinction_office_id_office")
        ),
        sa.ForeignKeyConstraint(
            ["period_id"], ["period.id"], name=op.f("fk_candidate_distinction_period_id_period")
        ),
        sa.ForeignKeyConstraint(
            ["second_id"],
            ["candidate.id"],
            name=op.f("fk_candidate_distinction_second_id_candidate"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate_distinction")),
        sa.UniqueConstraint(
            "first_id", "second_id", name=op.f("uq_candidate_distinction_first_id_second_id")
        ),
    )
    op.create_index(
        op.f("ix_candidate_distinction_period_id"), "candidate_distinction", ["period_id"]
    )


def _create_finding_reasons() -> None:
    op.create_table(
        "finding_reason",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("period_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("account_name", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_finding_reason_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_finding_reason_office_id_office")
        ),
        sa.ForeignKeyConstraint(
            ["period_id"], ["period.id"], name=op.f("fk_finding_reason_period_id_period")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_reason")),
        sa.UniqueConstraint("period_id", "key", name=op.f("uq_finding_reason_period_id_key")),
    )


def _create_council_sessions() -> None:
    op.create_table(
        "council_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("period_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("updated_by", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("locked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_council_session_office_id_office")
        ),
        sa.ForeignKeyConstraint(
            ["period_id"], ["period.id"], name=op.f("fk_council_session_period_id_period")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_session")),
        sa.UniqueConstraint(
            "period_id", "number", name=op.f("uq_council_session_period_id_number")
        ),
    )


def _create_council_votes() -> None:
    op.create_table(
        "council_vote",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("in_favour", sa.Integer(), nullable=True),
        sa.Column("against", sa.Integer(), nullable=True),
        sa.Column("not_voting", sa.Integer(), nullable=True),
        sa.Column("decided", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("updated_by", sa.Text(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidate.id"], name=op.f("fk_council_vote_candidate_id_candidate")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["council_session.id"],
            name=op.f("fk_council_vote_session_id_council_session"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_vote")),
        sa.UniqueConstraint(
            "session_id", "candidate_id", name=op.f("uq_council_vote_session_id_candidate_id")
        ),
    )


def _create_council_events() -> None:
    op.create_table(
        "council_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("event", sa.String(length=16), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("account_name", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_council_event_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_council_event_office_id_office")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["council_session.id"],
            name=op.f("fk_council_event_session_id_council_session"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_event")),
    )
    op.create_index(op.f("ix_council_event_session_id"), "council_event", ["session_id"])


def _create_dossier_sessions() -> None:
    op.create_table(
        "dossier_session",
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_dossier_session_dossier_id_dossier")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["council_session.id"],
            name=op.f("fk_dossier_session_session_id_council_session"),
        ),
        sa.PrimaryKeyConstraint("dossier_id", "session_id", name=op.f("pk_dossier_session")),
    )
    op.create_index(op.f("ix_dossier_session_session_id"), "dossier_session", ["session_id"])


def _guard_on_sqlite() -> None:
    for action in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER council_event_no_{action.lower()} BEFORE {action} ON council_event "
            "BEGIN SELECT RAISE(ABORT, 'council_event is written once'); END"
        )
    op.execute(
        "CREATE TRIGGER council_session_locked_no_delete BEFORE DELETE ON council_session "
        "WHEN OLD.state = 'locked' "
        "BEGIN SELECT RAISE(ABORT, 'a locked council_session is kept'); END"
    )
    op.execute(
        "CREATE TRIGGER council_session_locked_no_update BEFORE UPDATE ON council_session "
        f"WHEN OLD.state = 'locked' AND (NEW.state <> 'draft' OR {_IS_CARRIED}) "
        "BEGIN SELECT RAISE(ABORT, 'a locked council_session is kept'); END"
    )
    for action, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
        op.execute(_VOTES_KEPT.replace("{action}", action).replace("{row}", row))


def _guard_on_postgresql() -> None:
    _function("council_event_written_once", "RAISE EXCEPTION 'council_event is written once';")
    _trigger("council_event", "council_event_written_once", "UPDATE OR DELETE")
    _function(
        "council_session_kept",
        "IF OLD.state = 'locked' AND (TG_OP = 'DELETE' OR NEW.state <> 'draft' "
        f"OR {_IS_CARRIED}) THEN RAISE EXCEPTION 'a locked council_session is kept'; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;",
    )
    _trigger("council_session", "council_session_kept", "UPDATE OR DELETE")
    _function(
        "council_vote_kept",
        "IF EXISTS (SELECT 1 FROM council_session WHERE state = 'locked' AND id = "
        "CASE WHEN TG_OP = 'INSERT' THEN NEW.session_id ELSE OLD.session_id END) "
        "THEN RAISE EXCEPTION 'votes of a locked council_session are kept'; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;",
    )
    _trigger("council_vote", "council_vote_kept", "INSERT OR UPDATE OR DELETE")


def _function(name: str, body: str) -> None:
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
    )


def _trigger(table: str, function: str, actions: str) -> None:
    op.execute(
        f"CREATE TRIGGER {function} BEFORE {actions} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {function}()"
    )
