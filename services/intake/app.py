"""Intake's composition root: the one place where its parts are chosen and joined."""

from dataclasses import replace
from datetime import timedelta
from functools import cache

from celery import Celery
from environs import Env
from flask import Flask

from kernel import api as kernel_api
from kernel import app as kernel_app
from kernel import health
from kernel.auth.principal import Service
from kernel.celery import create_celery
from kernel.database import Database
from kernel.files import FileStore
from services.intake import cli, tasks
from services.intake.gateways.mail import SmtpMailer
from services.intake.gateways.passwords import Passwords
from services.intake.persistence.readiness import is_migrated
from services.intake.settings import IntakeSettings
from services.intake.use_cases import heartbeats
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
        {"worker": lambda: heartbeats.is_worker_alive(deps=deps)},
    )
    app.cli.add_command(cli.commands(settings))
    return kernel_app.finish(app)


def create_worker(settings: IntakeSettings) -> Celery:
    """Build intake's Celery side: a worker and beat of its own."""
    if not settings.broker_url:
        raise RuntimeError("a worker of intake needs INTAKE_BROKER_URL")
    celery = create_celery("services.intake", broker_url=settings.broker_url)
    return join_worker(celery, settings)


def join_worker(celery: Celery, settings: IntakeSettings) -> Celery:
    """Give a Celery app the tasks of intake beside those that it has."""
    # Connections must not be shared between processes: made at first use, after the fork.
    tasks.register(celery, deps=cache(lambda: worker_deps(settings)))
    tasks.schedule(
        celery,
        notify_seconds=settings.notify_seconds,
        heartbeat_seconds=settings.heartbeat_seconds,
    )
    return celery


def production_deps(settings: IntakeSettings) -> Deps:
    """Choose the collaborators of a real installation."""
    return Deps(
        database=Database(settings.database_url),
        passwords=Passwords(),
        session_lifetime=timedelta(hours=settings.kernel.session_hours),
        files=FileStore(settings.files_dir),
        attachment_limits=settings.attachment_limits,
        mail=settings.mail.route() if settings.mail else None,
        heartbeat_limit=timedelta(seconds=settings.heartbeat_limit_seconds),
    )


def worker_deps(settings: IntakeSettings) -> Deps:
    """Choose the collaborators of a worker: those of the pages, and what sends e-mails."""
    deps = production_deps(settings)
    if settings.mail is None:
        return deps
    mailer = SmtpMailer(settings.mail.server(), sender=settings.mail.sender)
    return replace(deps, mailer=mailer)
