"""INSERT … ON CONFLICT DO NOTHING, which SQLite and PostgreSQL both know."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from services.archive.persistence.models import Base


def insert_unless_there(session: Session, table: type[Base], values: dict[str, Any]) -> None:
    """Insert a row; where a unique constraint says that it is there already, do nothing."""
    dialect = session.get_bind().dialect.name
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    session.execute(insert(table).values(values).on_conflict_do_nothing())
