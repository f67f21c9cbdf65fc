"""Fresh databases for tests: real SQLite files and a real PostgreSQL, migrated once and copied."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from kernel.migrations import upgrade


class SqliteDatabases:
    """A migrated file per set of migrations, copied for each test."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._templates = folder, dict[Path, Path]()

    def new(self, migrations: Path) -> str:
        """Return the address of a fresh, migrated database."""
        if migrations not in self._templates:
            template = self._folder / f"template-{uuid4().hex}.sqlite3"
            upgrade(f"sqlite:///{template}", migrations)
            self._templates[migrations] = template
        fresh = self._folder / f"{uuid4().hex}.sqlite3"
        shutil.copy(self._templates[migrations], fresh)
        return f"sqlite:///{fresh}"


class PostgresDatabases:
    """A migrated template database per set of migrations, cloned for each test."""

    def __init__(self, start_server: Callable[[], Any]) -> None:
        self._start_server, self._templates = start_server, dict[Path, str]()

    def new(self, migrations: Path) -> str:
        """Return the address of a fresh, migrated database."""
        server = self._start_server()
        if migrations not in self._templates:
            template = f"template_{uuid4().hex}"
            self._run(server, f'CREATE DATABASE "{template}"')
            upgrade(self._url(server, template), migrations)
            self._templates[migrations] = template
        name = f"test_{uuid4().hex}"
        self._run(server, f'CREATE DATABASE "{name}" TEMPLATE "{self._templates[migrations]}"')
        return self._url(server, name)

    def _url(self, server: str, database: str) -> str:
        url = make_url(server).set(drivername="postgresql+psycopg", database=database)
        return url.render_as_string(hide_password=False)

    def _run(self, server: str, statement: str) -> None:
        engine = create_engine(self._url(server, "postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()
