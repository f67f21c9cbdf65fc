"""The assembler over real databases."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kernel.database import Database
from kernel.settings import KernelSettings
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


@pytest.fixture(scope="session")
def module_kernel_settings() -> Callable[[str], KernelSettings]:
    """Return settings whose services answer at one address."""

    def make(url: str) -> KernelSettings:
        return KernelSettings(
            secret_key="test-secret-key-test-secret-key-test",
            service_key="test-service-key-test-service-key-te",
            intake_url=f"{url}/intake",
            assembler_url=f"{url}/assembler",
            archive_url=f"{url}/archive",
            secure_cookies=False,
            trusted_proxies=0,
            session_hours=1,
            log_level="WARNING",
        )

    return make
