"""Forms become editions of their own: a period and each submission name the one they ask.

What periods asked so far is carried over unchanged in meaning: one edition a period, pinned.
"""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from alembic import op

from kernel.database import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_editions()
    for table in ("period", "submission"):
        op.add_column(table, sa.Column("edition_id", sa.Uuid(), nullable=True))
    _carry_over()
    _require_editions()
    _forbid_changes_of_pinned()


def _create_editions() -> None:
    op.create_table(
        "form_edition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("form", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("based_on_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("pinned_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_form_edition_office_id_office")
        ),
        sa.ForeignKeyConstraint(
            ["based_on_id"],
            ["form_edition.id"],
            name=op.f("fk_form_edition_based_on_id_form_edition"),
        ),
        sa.ForeignKeyConstraint(
            ["updated_by"], ["account.id"], name=op.f("fk_form_edition_updated_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_edition")),
        sa.UniqueConstraint("office_id", "number", name=op.f("uq_form_edition_office_id_number")),
    )


def _carry_over() -> None:
    connection = op.get_bind()
    period = sa.table(
        "period",
        sa.column("id", sa.Uuid()),
        sa.column("office_id", sa.Uuid()),
        sa.column("title", sa.Text()),
        sa.column("form", sa.JSON()),
        sa.column("opened_at", UtcDateTime()),
        sa.column("edition_id", sa.Uuid()),
    )
    submission = sa.table(
        "submission", sa.column("period_id", sa.Uuid()), sa.column("edition_id", sa.Uuid())
    )
    numbers: dict[UUID, int] = {}
    for row in connection.execute(sa.select(period).order_by(period.c.opened_at)).all():
        numbers[row.office_id] = numbers.get(row.office_id, 0) + 1
        edition_id = _insert_edition(row, numbers[row.office_id])
        connection.execute(
            sa.update(period).where(period.c.id == row.id).values(edition_id=edition_id)
        )
        connection.execute(
            sa.update(submission)
            .where(submission.c.period_id == row.id)
            .values(edition_id=edition_id)
        )


def _insert_edition(period: Any, number: int) -> UUID:
    table = sa.table(
        "form_edition",
        sa.column("id", sa.Uuid()),
        sa.column("office_id", sa.Uuid()),
        sa.column("number", sa.Integer()),
        sa.column("title", sa.Text()),
        sa.column("form", sa.JSON()),
        sa.column("sha256", sa.String()),
        sa.column("version", sa.Integer()),
        sa.column("created_at", UtcDateTime()),
        sa.column("updated_at", UtcDateTime()),
        sa.column("pinned_at", UtcDateTime()),
    )
    form = _as_edition(period.form)
    text = json.dumps(form, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    edition_id = uuid4()
    op.get_bind().execute(
        sa.insert(table).values(
            id=edition_id,
            office_id=period.office_id,
            number=number,
            title=period.title,
            form=form,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            version=1,
            created_at=period.opened_at,
            updated_at=period.opened_at,
            pinned_at=period.opened_at or datetime.now(UTC),
        )
    )
    return edition_id


def _as_edition(form: dict[str, Any]) -> dict[str, Any]:
    """Give the form one open question a heading and a list of units for each indicator."""
    rules = {
        "plan": None,
        "better_when_lower": False,
        "within_base": False,
        "jump_bound": None,
    }
    return {
        **form,
        "prompts": [
            {
                "code": it["code"],
                "field": it["code"],
                "label": it["title"],
                "help": "",
                "max_length": 20_000,
                "unit_codes": [],
                "is_required": False,
            }
            for it in form["headings"]
        ],
        "indicators": [
            {
                **{key: value for key, value in it.items() if key != "unit_code"},
                "unit_codes": [it["unit_code"]],
                **rules,
            }
            for it in form["indicators"]
        ],
        "guides": [],
    }


def _require_editions() -> None:
    # SQLite cannot add a foreign key to a table: its tables are copied, with their keys off.
    for table in ("period", "submission"):
        with op.batch_alter_table(table) as batch:
            batch.alter_column("edition_id", existing_type=sa.Uuid(), nullable=False)
            batch.create_foreign_key(
                op.f(f"fk_{table}_edition_id_form_edition"), "form_edition", ["edition_id"], ["id"]
            )
            if table == "period":
                batch.drop_column("form")


def _forbid_changes_of_pinned() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for action in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER form_edition_no_{action.lower()} BEFORE {action} ON form_edition "
                "WHEN OLD.pinned_at IS NOT NULL "
                "BEGIN SELECT RAISE(ABORT, 'a pinned form_edition is written once'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION form_edition_written_once() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'a pinned form_edition is written once'; END $$"
    )
    op.execute(
        "CREATE TRIGGER form_edition_written_once BEFORE UPDATE OR DELETE ON form_edition "
        "FOR EACH ROW WHEN (OLD.pinned_at IS NOT NULL) "
        "EXECUTE FUNCTION form_edition_written_once()"
    )
