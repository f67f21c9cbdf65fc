"""Alembic's entry into the migrations of intake."""

from alembic import context

from kernel.migrations import run_migrations
from services.intake.persistence.models import Base

run_migrations(context.config.get_main_option("sqlalchemy.url", ""), Base.metadata)
