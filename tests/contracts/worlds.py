"""The three services with something in them, for calls of every kind by everybody."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from kernel.auth.principal import Person, Role
from kernel.database import Database
from kernel.files import FileStore
from kernel.settings import KernelSettings
from services.archive.app import create_app as create_archive
from services.archive.persistence import MIGRATIONS as ARCHIVE
from services.archive.settings import ArchiveSettings
from services.archive.use_cases.deps import Deps as ArchiveDeps
from services.archive.use_cases.registers import load_registers_file
from services.assembler.app import create_app as create_assembler
from services.assembler.persistence import MIGRATIONS as ASSEMBLER
from services.intake.persistence import MIGRATIONS as INTAKE
from tests.builders.archive import COMMUNE, DISTRICT, PROFILE
from tests.builders.archive import a_person as an_archivist
from tests.builders.assembler import a_job, assembler_deps
from tests.builders.assembler import a_person as somebody
from tests.builders.batches import a_batch, a_library
from tests.builders.credentials import TrustedCookies
from tests.builders.intake import a_world, accepted, submitted
from tests.support.apps import assembler_settings
from tests.support.archive import TODAY, Clock, FakeConverter, deposited, issued


@dataclass
class Described:
    """A service to be asked, and its people."""

    app: Flask
    person: Callable[[Role], Person]
    ids: tuple[str, ...]


@contextmanager
def intake(database_url: str, kernel: KernelSettings, folder: Path) -> Iterator[Described]:
    """Yield intake with one report accepted and one waiting."""
    world = a_world(database_url, kernel)
    ids = (world.office.period_id, accepted(world), submitted(world, "tai-chinh"))

    def person(role: Role) -> Person:
        return world.person(role, "van-hoa" if role is Role.SECTOR_OFFICER else "")

    yield Described(world.app, person, tuple(map(str, ids)))
    world.deps.database.dispose()


@contextmanager
def assembler(database_url: str, kernel: KernelSettings, folder: Path) -> Iterator[Described]:
    """Yield the assembler with a job and a batch that wait."""
    database = Database(database_url)
    deps = assembler_deps(database, templates=a_library(folder / "templates"))
    settings = assembler_settings(folder=folder, kernel=kernel)
    ids = (a_job(deps).id, a_batch(deps).job.id)
    yield Described(create_assembler(settings, deps), somebody, tuple(map(str, ids)))
    database.dispose()


@contextmanager
def archive(database_url: str, kernel: KernelSettings, folder: Path) -> Iterator[Described]:
    """Yield the archive with a draft and an issued document."""
    database = Database(database_url)
    deps = ArchiveDeps(
        sessions=database,
        files=FileStore(folder / "files"),
        converter=FakeConverter(),
        credentials=TrustedCookies(),
        now=Clock(),
        today=lambda: TODAY,
    )
    load_registers_file(PROFILE, deps=deps)
    draft, sent = deposited(deps), issued(deps)
    ids = (draft.document_id, draft.version_id, sent.document_id, sent.version_id)
    settings = ArchiveSettings(kernel=kernel, database_url=database_url, files_dir=folder / "files")

    def person(role: Role) -> Person:
        return an_archivist(role, DISTRICT if role is Role.SUPERIOR else COMMUNE)

    yield Described(create_archive(settings, deps), person, tuple(map(str, ids)))
    database.dispose()


WORLDS = {
    "intake": (INTAKE, intake),
    "assembler": (ASSEMBLER, assembler),
    "archive": (ARCHIVE, archive),
}
