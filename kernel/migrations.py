"""Alembic, run from code: every service keeps its own migrations and its own history."""

from pathlib import Path

from alembic import command, context
from alembic.config import Config
from sqlalchemy import MetaData

from kernel.database import Database


def upgrade(url: str, migrations: Path) -> None:
    """Bring the database at `url` to the newest revision found in the folder `migrations`."""
    command.upgrade(_alembic(url, migrations), "head")


def _alembic(url: str, migrations: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def run_migrations(url: str, metadata: MetaData) -> None:
    """Body of every service's `migrations/env.py`; one transaction for the whole upgrade."""
    database = Database(url)
    try:
        with database.engine.connect() as connection:
            context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
            with context.begin_transaction():
                context.run_migrations()
    finally:
        database.dispose()
