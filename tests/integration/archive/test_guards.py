from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from services.archive.persistence.models import Base, DocumentRow
from services.archive.use_cases.deps import Deps
from tests.support.archive import deposited, issued, rows


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE version SET sha256 = 'x'",
        "UPDATE version SET size = 1 WHERE origin = 'issued'",
        "DELETE FROM version WHERE origin = 'issued'",
        "UPDATE document SET number = 2",
        "UPDATE document SET symbol = 'X'",
        "UPDATE document SET issued_on = '2020-01-01'",
        "UPDATE document SET issued_version_id = id",
        "UPDATE document SET state = 'draft'",
        "UPDATE document SET subject = 'x'",
        "DELETE FROM document",
        "UPDATE ledger SET entry = '{}'",
        "DELETE FROM ledger",
        "UPDATE delivery_event SET person = 'x'",
        "DELETE FROM delivery_event",
        "UPDATE recipient SET label = 'x'",
        "DELETE FROM recipient",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_issued(deps: Deps, statement: str):
    issued(deps)

    with pytest.raises(DatabaseError, match="is kept as it is"), deps.sessions.begin() as session:
        session.execute(text(statement))

    assert [row.number for row in rows(deps, DocumentRow)] == [1]


def test_a_draft_may_still_change(deps: Deps):
    deposited(deps)

    with deps.sessions.begin() as session:
        session.execute(text("UPDATE document SET subject = 'mới'"))
        session.execute(text("DELETE FROM recipient"))

    assert [row.subject for row in rows(deps, DocumentRow)] == ["mới"]


@pytest.mark.parametrize("table", ["version", "ledger", "delivery_event", "document"])
def test_no_table_of_what_was_issued_can_be_emptied(deps: Deps, table: str):
    issued(deps)
    is_sqlite = deps.sessions.engine.dialect.name == "sqlite"
    emptying = ("DELETE FROM {}", "TRUNCATE {} CASCADE")[not is_sqlite]
    statement = emptying.format(table)

    with pytest.raises(DatabaseError, match="is kept as it is"), deps.sessions.begin() as session:
        session.execute(text(statement))


def test_the_migrations_build_the_tables_that_the_models_describe(
    deps: Deps, new_database: Callable[[Path], str]
):
    with deps.sessions.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _: _is_ours(name, kind)}
        )
        differences = compare_metadata(context, Base.metadata)

    assert differences == []


def _is_ours(name: str | None, kind: str) -> bool:
    """Leave out the index of words, which each database builds in its own way."""
    return kind != "table" or not str(name).startswith("document_search")
