"""Whether the database is at the revision that this code was written for."""

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from kernel.database import Database
from services.intake.persistence import MIGRATIONS


def is_migrated(database: Database) -> bool:
    """Compare the revision of the database with the newest one in the folder."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    newest = ScriptDirectory.from_config(config).get_current_head()
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest
