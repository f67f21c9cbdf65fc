"""The one place where the parts of the assembler are chosen and joined."""

from datetime import timedelta
from functools import cache

from celery import Celery
from environs import Env
from flask import Flask

from kernel import api as kernel_api
from kernel import app as kernel_app
from kernel import clock, health
from kernel.auth.principal import Service
from kernel.auth.remote import RemoteCredentials
from kernel.celery import create_celery
from kernel.database import Database
from kernel.http_client import ServiceClient
from services.assembler import cli, tasks
from services.assembler.gateways.archive import ArchiveClient
from services.assembler.gateways.intake import IntakeClient
from services.assembler.gateways.messenger import CeleryMessenger
from services.assembler.rendering.docx import Renderer
from services.assembler.rendering.isolation import Isolation
from services.assembler.rendering.pdf.converter import Converter, choose_converter
from services.assembler.rendering.pdf.quick_view import QuickView
from services.assembler.rendering.preview import Preview
from services.assembler.rendering.templates import TemplateLibrary
from services.assembler.settings import NO_SOFFICE, AssemblerSettings
from services.assembler.use_cases import heartbeats
from services.assembler.use_cases.collaborators import Deps
from services.assembler.web import api, pages

_NAME = "services.assembler"


def create_app(settings: AssemblerSettings | None = None, deps: Deps | None = None) -> Flask:
    """Build the assembler's web side."""
    settings = settings or AssemblerSettings.from_env(Env())
    deps = deps or production_deps(settings)
    app = kernel_app.begin(_NAME, Service.ASSEMBLER, settings.kernel, credentials=deps.credentials)
    app.extensions["deps"] = deps
    for blueprint in pages.blueprints():
        app.register_blueprint(blueprint)
    kernel_api.init_app(app, api.blueprints(), title="thidua – soạn thảo")
    _init_health(app, deps)
    app.cli.add_command(cli.assembler_cli)
    return kernel_app.finish(app)


def create_worker(settings: AssemblerSettings) -> Celery:
    """Build the assembler's Celery side: workers and beat."""
    celery = create_celery(_NAME, broker_url=settings.broker_url)
    # Connections must not be shared between processes: made at first use, after the fork.
    tasks.register(celery, deps=cache(lambda: production_deps(settings, celery)))
    tasks.schedule(
        celery,
        reconcile_seconds=settings.reconcile_seconds,
        heartbeat_seconds=settings.heartbeat_seconds,
    )
    return celery


def production_deps(settings: AssemblerSettings, celery: Celery | None = None) -> Deps:
    """Return the real collaborators."""
    celery = celery or create_celery(_NAME, broker_url=settings.broker_url)
    return Deps(
        database=Database(settings.database_url),
        intake=IntakeClient(_client(settings, Service.INTAKE, settings.kernel.intake_url)),
        archive=ArchiveClient(_client(settings, Service.ARCHIVE, settings.kernel.archive_url)),
        templates=TemplateLibrary(settings.templates_dir),
        renderer=Renderer(settings.work_dir / "compiled"),
        isolation=Isolation(settings.work_dir),
        converter=production_converter(settings),
        preview=Preview(QuickView(settings.work_dir, settings.pdf_seconds)),
        messenger=CeleryMessenger(celery),
        credentials=RemoteCredentials(
            _client(settings, Service.INTAKE, settings.kernel.intake_url)
        ),
        patience=settings.patience(),
        reconcile_every=timedelta(seconds=settings.reconcile_seconds),
        heartbeat_limit=timedelta(seconds=settings.heartbeat_limit_seconds),
        now=clock.utc_now,
        today=clock.hanoi_today,
    )


def production_converter(settings: AssemblerSettings) -> Converter:
    """Return what makes PDFs of record here, as far as this machine can."""
    return choose_converter(
        "" if settings.soffice == NO_SOFFICE else settings.soffice,
        settings.work_dir,
        settings.pdf_seconds,
        python=settings.pdf_python,
        recycling=settings.recycling(),
    )


def _client(settings: AssemblerSettings, audience: Service, url: str) -> ServiceClient:
    key = settings.kernel.service_key
    return ServiceClient(url, caller=Service.ASSEMBLER, audience=audience, service_key=key)


def _init_health(app: Flask, deps: Deps) -> None:
    health.init_app(
        app,
        {
            "database": deps.database.is_reachable,
            "broker": deps.messenger.is_reachable,
            "templates": lambda: len(deps.templates.kinds()) > 0,
        },
        {
            "worker": lambda: heartbeats.is_worker_alive(deps=deps),
            "pdf": lambda: heartbeats.makes_sound_pdfs(deps=deps),
        },
    )
