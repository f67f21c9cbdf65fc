"""What the database itself refuses to change, and the index of words."""

from alembic import op

revision = "0002"
down_revision = "0001"

ADDED_ONLY = ("version", "ledger", "delivery_event")
ISSUED = (
    "id, office_id, office_name, document_key, document_type, subject, year, facts, state, "
    "register_id, number, symbol, issue_year, issued_on, issued_version_id, issued_at, "
    "issued_by_id, issued_by, backdating_reason, issue_key"
)
OF_ISSUED = "EXISTS (SELECT 1 FROM document WHERE id = {row}.document_id AND state = 'issued')"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
        # One virtual table: full-text search comes with SQLite.
        op.execute(
            "CREATE VIRTUAL TABLE document_search USING fts5(document_id UNINDEXED, words, "
            "tokenize = 'unicode61 remove_diacritics 0')"
        )
    else:
        _guard_postgresql()
        op.execute("CREATE TABLE document_search (document_id uuid PRIMARY KEY, words text)")
        op.execute(
            "CREATE INDEX ix_document_search_words ON document_search "
            "USING gin (to_tsvector('simple'::regconfig, words))"
        )


def _guard_sqlite() -> None:
    for table in ADDED_ONLY:
        _sqlite_trigger(table, "UPDATE", "1")
        _sqlite_trigger(table, "DELETE", "1")
    _sqlite_trigger("document", f"UPDATE OF {ISSUED}", "OLD.state = 'issued'")
    _sqlite_trigger("document", "DELETE", "OLD.state = 'issued'")
    for event, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
        _sqlite_trigger("recipient", event, OF_ISSUED.format(row=row))


def _sqlite_trigger(table: str, event: str, condition: str) -> None:
    op.execute(
        f"CREATE TRIGGER keep_{table}_{event.split()[0].lower()} BEFORE {event} ON {table} "
        f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{table} is kept as it is'); END"
    )


def _guard_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION '% is kept as it is', TG_TABLE_NAME USING ERRCODE = '23001'; END $$"
    )
    op.execute(
        "CREATE FUNCTION refuse_change_of_issued() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "DECLARE changed record; BEGIN "
        "changed := CASE WHEN TG_OP = 'INSERT' THEN NEW ELSE OLD END; "
        f"IF {OF_ISSUED.format(row='changed')} THEN "
        "RAISE EXCEPTION '% is kept as it is', TG_TABLE_NAME USING ERRCODE = '23001'; END IF; "
        "RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END; END $$"
    )
    for table in ADDED_ONLY:
        _postgresql_trigger(table, "UPDATE OR DELETE", "FOR EACH ROW EXECUTE FUNCTION")
    for table in (*ADDED_ONLY, "document"):
        _postgresql_trigger(table, "TRUNCATE", "FOR EACH STATEMENT EXECUTE FUNCTION")
    for event in (f"UPDATE OF {ISSUED}", "DELETE"):
        _postgresql_trigger(
            "document", event, "FOR EACH ROW WHEN (OLD.state = 'issued') EXECUTE FUNCTION"
        )
    op.execute(
        "CREATE TRIGGER keep_recipient BEFORE INSERT OR UPDATE OR DELETE ON recipient "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_issued()"
    )


def _postgresql_trigger(table: str, event: str, action: str) -> None:
    name = f"keep_{table}_{event.split()[0].lower()}"
    op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} {action} refuse_change()")
