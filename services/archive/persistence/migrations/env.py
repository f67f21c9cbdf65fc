"""Alembic's entry: the kernel runs the migrations, on SQLite and PostgreSQL alike."""

from alembic import context

from kernel.migrations import run_migrations
from services.archive.persistence.models import Base

run_migrations(str(context.config.get_main_option("sqlalchemy.url")), Base.metadata)
