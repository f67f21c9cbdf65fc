"""What a reader must know of a PDF that was made with the wrong fonts."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("rendition", sa.Column("notice", sa.Text(), nullable=False, server_default=""))
