"""Insert, or learn that another transaction was first."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Session


def try_insert(session: Session, row: DeclarativeBase) -> bool:
    """Insert the row; return False where its unique key is taken, with the session still usable.

    On PostgreSQL the insert waits for the transaction that holds the key, so that a False also
    says: what the other one wrote can now be read.
    """
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as exc:
        if not _is_duplicate(exc):
            raise
        return False
    return True


def _is_duplicate(error: IntegrityError) -> bool:
    # SQLSTATE 23505 on PostgreSQL; SQLite says it only in words.
    state = getattr(error.orig, "sqlstate", None)
    return state == "23505" or "UNIQUE constraint failed" in str(error.orig)
