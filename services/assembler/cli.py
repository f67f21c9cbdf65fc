"""Commands for operators: the same use cases."""

from uuid import UUID, uuid4

import click
from flask import current_app
from flask.cli import AppGroup

from kernel.contracts.identity import office_id_for
from kernel.migrations import upgrade
from services.assembler.persistence import MIGRATIONS
from services.assembler.use_cases import reconciling, requesting, watching
from services.assembler.use_cases.collaborators import Deps

_NOT_SOUND = 2

assembler_cli = AppGroup("assembler", help="Soạn thảo.")
jobs_cli = AppGroup("jobs", help="Việc soạn thảo và tạo PDF của một cơ quan.")
assembler_cli.add_command(jobs_cli)

_office = click.option("--office", required=True, help="code of the office")


@assembler_cli.command("migrate")
def migrate() -> None:
    """Bring the database to its newest form."""
    url = _deps().database.engine.url.render_as_string(hide_password=False)
    upgrade(url, MIGRATIONS)
    click.echo("migrated")


@assembler_cli.command("reconcile")
def reconcile() -> None:
    """Wake, fail and deliver once what was lost, without waiting for beat."""
    click.echo(str(reconciling.reconcile(deps=_deps(), is_forced=True)))


@assembler_cli.command("pdf")
def pdf() -> None:
    """Say how PDFs are made on this machine, and with which fonts; exit 2 if not as they must."""
    condition = _deps().converter.condition()
    click.echo("\n".join(condition.lines()))
    raise SystemExit(0 if condition.is_sound else _NOT_SOUND)


@jobs_cli.command("list")
@_office
@click.option("--before", type=click.UUID, help="only jobs older than this one")
def list_jobs(office: str, before: UUID | None) -> None:
    """Print jobs, the newest first."""
    page = watching.list_jobs(office_id=office_id_for(office), before=before, deps=_deps())
    for job in page.jobs:
        click.echo(f"{job.id} {job.sort} {job.state} {job.attempt} {job.created_at:%F %T}Z")
    if page.next_before:
        click.echo(f"more: --before {page.next_before}")


@jobs_cli.command("retry")
@_office
@click.argument("job_id", type=click.UUID)
def retry(office: str, job_id: UUID) -> None:
    """Queue a failed job again."""
    job = requesting.retry_job(
        job_id,
        office_id=office_id_for(office),
        idempotency_key=uuid4().hex,
        deps=_deps(),
    )
    click.echo(f"{job.id} {job.state}")


def _deps() -> Deps:
    deps: Deps = current_app.extensions["deps"]
    return deps
