"""Intake's composition root: the one place where its parts are chosen and joined."""

from datetime import timedelta

from environs import Env
from flask import Flask

from kernel import api as kernel_api
from kernel import app as kernel_app
from kernel import health
from kernel.auth.principal import Service
from kernel.database import Database
from services.intake import cli
from services.intake.gateways.passwords import Passwords
from services.intake.persistence.readiness import is_migrated
from services.intake.settings import IntakeSettings
from services.intake.use_cases.deps import Deps
from services.intake.web import assets
from services.intake.web.api import dossiers as dossiers_api
from services.intake.web.api import introspection as introspection_api
from services.intake.web.api import periods as periods_api
from services.intake.web.api import submissions as submissions_api
from services.intake.web.credentials import OwnCredentials
from services.intake.web.pages import dossiers, home, periods, reporting, reviewing, signing_in


def create_app(settings: IntakeSettings | None = None, deps: Deps | None = None) -> Flask:
    """Build intake."""
    settings = settings or IntakeSettings.from_env(Env())
    deps = deps or production_deps(settings)
    app = kernel_app.begin(
        "services.intake", Service.INTAKE, settings.kernel, credentials=OwnCredentials(deps)
    )
    app.extensions["deps"] = deps
    for screen in (signing_in, home, reporting, periods, reviewing, dossiers, assets):
        app.register_blueprint(screen.bp)
    kernel_api.init_app(
        app,
        (periods_api.bp, submissions_api.bp, dossiers_api.bp, introspection_api.bp),
        title="thidua – Tiếp nhận",
    )
    health.init_app(
        app,
        {
            "database": deps.database.is_reachable,
            "migrations": lambda: is_migrated(deps.database),
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
    )
