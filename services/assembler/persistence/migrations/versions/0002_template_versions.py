"""Templates that an office uploaded, and the log of what it put in force."""

import sqlalchemy as sa
from alembic import op

from kernel.database import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "template_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("docx", sa.LargeBinary(), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column("uploaded_at", UtcDateTime(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template_version")),
        sa.UniqueConstraint(
            "office_id", "kind", "number", name=op.f("uq_template_version_office_id_kind_number")
        ),
        sa.UniqueConstraint(
            "office_id", "kind", "sha256", name=op.f("uq_template_version_office_id_kind_sha256")
        ),
    )
    op.create_table(
        "template_publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=True),
        sa.Column("published_by", sa.Uuid(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template_publication")),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["template_version.id"],
            name=op.f("fk_template_publication_version_id_template_version"),
        ),
    )
    op.create_index(
        op.f("ix_template_publication_office_id_kind_id"),
        "template_publication",
        ["office_id", "kind", "id"],
    )


def downgrade() -> None:
    op.drop_table("template_publication")
    op.drop_table("template_version")
