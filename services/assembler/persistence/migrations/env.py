"""Alembic's entry."""

from alembic import context

from kernel.migrations import run_migrations
from services.assembler.persistence.models import Base

run_migrations(context.config.get_main_option("sqlalchemy.url") or "", Base.metadata)
