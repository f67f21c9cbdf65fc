"""The tables that the migrations make are those that the code describes."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from services.intake.persistence.models import Base


def test_the_migrations_make_exactly_the_described_tables(world):
    with world.deps.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        differences = compare_metadata(context, Base.metadata)

    assert differences == []
