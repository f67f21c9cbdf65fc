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
from services.intake.web.api import accounts as accounts_api
from services.intake.web.api import dossiers as dossiers_api
from services.intake.web.api import imports as imports_api
from services.intake.web.api import introspection as introspection_api
from services.intake.web.api import own_account as own_account_api
from services.intake.web.api import periods as periods_api
from services.intake.web.api import submissions as submissions_api
from services.intake.web.api import units as units_api
from services.intake.web.credentials import OwnCredentials
from services.intake.web.pages import (
    accounts,
    dossiers,
    home,
    importing,
    invitations,
    own_account,
    periods,
    reporting,
    reviewing,
    signing_in,
    superiors,
    units,
)

_SCREENS = (
    signing_in,
    home,
    reporting,
    periods,
    reviewing,
    dossiers,
    accounts,
    invitations,
    own_account,
    units,
    superiors,
    importing,
)
_APIS = (
    periods_api,
    submissions_api,
    dossiers_api,
    accounts_api,
    own_account_api,
    units_api,
    imports_api,
    introspection_api,
)


def create_app(settings: IntakeSettings | None = None, deps: Deps | None = None) -> Flask:
    """Build intake."""
    settings = settings or IntakeSettings.from_env(Env())
    deps = deps or production_deps(settings)
    app = kernel_app.begin(
        "services.intake", Service.INTAKE, settings.kernel, credentials=OwnCredentials(deps)
    )
    app.extensions["deps"] = deps
    for screen in (*_SCREENS, assets):
        app.register_blueprint(screen.bp)
    kernel_api.init_app(
        app,
        tuple(api.bp for api in _APIS),
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
