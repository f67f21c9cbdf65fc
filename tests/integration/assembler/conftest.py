"""The assembler over real databases."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kernel.database import Database
from services.assembler.persistence import MIGRATIONS
from services.assembler.use_cases.collaborators import Deps
from tests.builders.assembler import assembler_deps


@pytest.fixture
def database(new_database: Callable[[Path], str]) -> Iterator[Database]:
    database = Database(new_database(MIGRATIONS))
    yield database
    database.dispose()


@pytest.fixture
def deps(database: Database) -> Deps:
    return assembler_deps(database)
