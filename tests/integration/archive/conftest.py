"""An archive over a real database and a real directory."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from kernel.auth.principal import Role
from kernel.database import Database
from kernel.files import FileStore
from kernel.settings import KernelSettings
from services.archive.app import create_app
from services.archive.persistence import MIGRATIONS
from services.archive.settings import ArchiveSettings
from services.archive.use_cases.deps import Deps
from services.archive.use_cases.registers import load_registers_file
from tests.builders.archive import DISTRICT, PROFILE, a_person
from tests.builders.credentials import TrustedCookies
from tests.support.archive import TODAY, Clock, FakeConverter
from tests.support.pages import PageClient


@pytest.fixture
def converter() -> FakeConverter:
    return FakeConverter()


@pytest.fixture
def database_url(new_database: Callable[[Path], str]) -> str:
    return new_database(MIGRATIONS)


@pytest.fixture
def deps(database_url: str, tmp_path: Path, converter: FakeConverter) -> Iterator[Deps]:
    """An archive with the registers of one commune."""
    sessions = Database(database_url)
    made = Deps(
        sessions=sessions,
        files=FileStore(tmp_path / "files"),
        converter=converter,
        credentials=TrustedCookies(),
        now=Clock(),
        today=lambda: TODAY,
    )
    load_registers_file(PROFILE, deps=made)
    yield made
    sessions.dispose()


@pytest.fixture
def app(deps: Deps, database_url: str, tmp_path: Path, kernel_settings: KernelSettings) -> Flask:
    settings = ArchiveSettings(
        kernel=kernel_settings, database_url=database_url, files_dir=tmp_path / "files"
    )
    return create_app(settings, deps)


@pytest.fixture
def clerk(app: Flask) -> PageClient:
    return PageClient(app, a_person())


@pytest.fixture
def leader(app: Flask) -> PageClient:
    return PageClient(app, a_person(Role.LEADER))


@pytest.fixture
def superior(app: Flask) -> PageClient:
    return PageClient(
        app, a_person(Role.SUPERIOR, DISTRICT, name="Trần Văn Huyện", office_name="UBND huyện")
    )
