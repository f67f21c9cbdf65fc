"""Intake's composition root: the one place where its parts are chosen and joined."""

from datetime import timedelta

from environs import Env
from flask import Flask

from kernel import api as kernel_api
from kernel import app as kernel_app
from kernel import health
from kernel.auth.principal import Service
from kernel.database import Database
from kernel.files import FileStore
from services.intake import cli
from services.intake.gateways.passwords import Passwords
from services.intake.persistence.readiness import is_migrated
from services.intake.settings import IntakeSettings
from services.intake.use_cases.deps import Deps
from services.intake.web.credentials import OwnCredentials
from services.intake.web.screens import APIS, PAGES
from services.intake.web.uploads import UploadRequest


def create_app(settings: IntakeSettings | None = None, deps: Deps | None = None) -> Flask:
    """Build intake."""
    settings = settings or IntakeSettings.from_env(Env())
    deps = deps or production_deps(settings)
    app = kernel_app.begin(
        "services.intake", Service.INTAKE, settings.kernel, credentials=OwnCredentials(deps)
    )
    app.extensions["deps"] = deps
    app.request_class = UploadRequest
    for page in PAGES:
        app.register_blueprint(page)
    kernel_api.init_app(app, APIS, title="thidua – Tiếp nhận")
    health.init_app(
        app,
        {
            "database": deps.database.is_reachable,
            "migrations": lambda: is_migrated(deps.database),
            "files": deps.files.is_writable,
        },
    )
    app.cli.add_command(cli.commands(settings))
    return kernel_app.finish(app)


def production_deps(settings: IntakeSettings) -> Deps:
    """Choose the collaborators of a real installation."""
    return Deps(
        database=Database(settings.database_url),
        passwords=Passwords(),
        session_lifetime=timedelta(hours=settings.kernel.session_hours),
        files=FileStore(settings.files_dir),
        attachment_limits=settings.attachment_limits,
    )
