"""Alembic, run from code: every service keeps its own migrations and its own history."""

from pathlib import Path
from typing import Any

from alembic import command, context
from alembic.config import Config
from sqlalchemy import MetaData
from sqlalchemy.engine import Connection

from kernel.database import Database


def upgrade(url: str, migrations: Path) -> None:
    """Bring the database at `url` to the newest revision found in the folder `migrations`."""
    command.upgrade(alembic_config(url, migrations), "head")


def alembic_config(url: str, migrations: Path) -> Config:
    """Return what Alembic needs to know to work on that database with those migrations."""
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def run_migrations(url: str, metadata: MetaData) -> None:
    """Body of every service's `migrations/env.py`; one transaction for the whole upgrade."""
    database = Database(url)
    try:
        with database.engine.connect() as connection:
            _let_sqlite_copy_tables(connection)
            context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
            with context.begin_transaction():
                context.run_migrations()
                _refuse_loose_keys(connection)
    finally:
        database.dispose()


def _let_sqlite_copy_tables(connection: Connection) -> None:
    # SQLite changes a table by copying it. While its keys are watched, dropping the old one counts
    # as deleting its rows; the switch works only outside of a transaction, hence on the driver.
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")


def _refuse_loose_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        loose = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if loose:
            raise RuntimeError(f"the migration left rows without their parents: {loose[:5]}")
