"""The archive's composition root: the one place where its parts are chosen and joined."""

from environs import Env
from flask import Flask

from kernel import api as kernel_api
from kernel import app as kernel_app
from kernel import health
from kernel.auth.principal import Service
from kernel.auth.remote import RemoteCredentials
from kernel.database import Database
from kernel.files import FileStore
from kernel.http_client import ServiceClient
from services.archive import cli
from services.archive.gateways.assembler import AssemblerConverter
from services.archive.settings import ArchiveSettings
from services.archive.use_cases.deps import Deps
from services.archive.web import api, pages


def create_app(settings: ArchiveSettings | None = None, deps: Deps | None = None) -> Flask:
    """Build the archive."""
    settings = settings or ArchiveSettings.from_env(Env())
    deps = deps or production_deps(settings)
    app = kernel_app.begin(
        "services.archive", Service.ARCHIVE, settings.kernel, credentials=deps.credentials
    )
    app.extensions["deps"] = deps
    app.extensions["archive_database_url"] = settings.database_url
    pages.init_app(app)
    kernel_api.init_app(app, api.BLUEPRINTS, title="thidua – Lưu trữ")
    health.init_app(app, {"database": deps.sessions.is_reachable, "files": deps.files.is_writable})
    app.cli.add_command(cli.archive_cli)
    return kernel_app.finish(app)


def production_deps(settings: ArchiveSettings) -> Deps:
    """Return the real collaborators."""
    assembler = _client(settings, Service.ASSEMBLER, settings.kernel.assembler_url)
    intake = _client(settings, Service.INTAKE, settings.kernel.intake_url)
    return Deps(
        sessions=Database(settings.database_url),
        files=FileStore(settings.files_dir),
        converter=AssemblerConverter(assembler),
        credentials=RemoteCredentials(intake),
    )


def _client(settings: ArchiveSettings, audience: Service, url: str) -> ServiceClient:
    key = settings.kernel.service_key
    return ServiceClient(url, caller=Service.ARCHIVE, audience=audience, service_key=key)
