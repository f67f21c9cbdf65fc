"""What operators do from the command line; the same use cases as everywhere."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from kernel.auth.principal import Role
from kernel.contracts.identity import office_id_for
from kernel.errors import Failure
from kernel.migrations import upgrade
from services.intake.persistence import MIGRATIONS
from services.intake.settings import IntakeSettings
from services.intake.use_cases import collecting_files, founding, loading
from services.intake.use_cases.deps import Deps

_DAY = click.DateTime(formats=["%Y-%m-%d"])


class _Group(AppGroup):
    """Says a failure in its own words and exits with 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except Failure as exc:
            places = "".join(f"\n  {it.pointer}: {it.detail}" for it in exc.errors)
            raise click.ClickException(exc.detail + places) from exc


def commands(settings: IntakeSettings) -> AppGroup:
    """Return the group `intake`."""
    group = _Group("intake", help="Tiếp nhận: đơn vị, tài khoản, kỳ báo cáo.")

    @group.command("migrate")
    def migrate() -> None:
        """Bring the database to the newest revision."""
        upgrade(settings.database_url, MIGRATIONS)
        click.echo("Cơ sở dữ liệu tiếp nhận đã ở phiên bản mới nhất.")

    for command in (load_office, create_account, set_password, open_period, collect_files):
        group.add_command(command)
    return group


@click.command("load-office")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--due-on", type=_DAY, help="Hạn nộp, ví dụ 2023-12-15.")
@with_appcontext
def load_office(file: Path, due_on: datetime | None) -> None:
    """Found the office that FILE describes, and open its period."""
    data = json.loads(file.read_text(encoding="utf-8"))
    loaded = loading.load_office_file(data, deps=_deps(), due_on=due_on.date() if due_on else None)
    click.echo(f"Đơn vị {loaded.office_id}, {len(loaded.unit_ids)} ngành, kỳ {loaded.period_id}.")


@click.command("create-account")
@click.argument("login_name")
@click.option("--office", required=True, help="Mã đơn vị.")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--name", required=True, help="Họ và tên.")
@click.option("--unit", default="", help="Mã ngành, với cán bộ ngành.")
@click.password_option(prompt="Mật khẩu", confirmation_prompt="Nhập lại mật khẩu")
@with_appcontext
def create_account(
    login_name: str, office: str, role: str, name: str, unit: str, password: str
) -> None:
    """Open an account; the password is asked for."""
    founding.create_account(
        founding.NewAccount(
            office_id=office_id_for(office),
            login_name=login_name,
            display_name=name,
            password=password,
            role=Role(role),
            unit_code=unit,
        ),
        deps=_deps(),
    )
    click.echo(f"Đã tạo tài khoản {login_name}.")


@click.command("set-password")
@click.argument("login_name")
@click.password_option(prompt="Mật khẩu mới", confirmation_prompt="Nhập lại mật khẩu")
@with_appcontext
def set_password(login_name: str, password: str) -> None:
    """Give an account a new password; it is asked for."""
    founding.set_password(login_name, password, deps=_deps())
    click.echo(f"Đã đổi mật khẩu của {login_name}.")


@click.command("open-period")
@click.argument("code")
@click.option("--office", required=True, help="Mã đơn vị.")
@click.option("--like", "model", required=True, help="Mã kỳ trước, lấy biểu mẫu của kỳ đó.")
@click.option("--title", required=True)
@click.option("--year", type=int, required=True)
@click.option("--due-on", type=_DAY, required=True, help="Hạn nộp, ví dụ 2024-12-15.")
@click.option("--needs-second", is_flag=True, help="Mỗi báo cáo cần hai người duyệt.")
@with_appcontext
def open_period(office: str, model: str, due_on: datetime, **asked: Any) -> None:
    """Open a period with the form of an earlier one."""
    founding.open_period_like(
        founding.NextPeriod(
            office_id=office_id_for(office),
            model_code=model,
            due_on=date(due_on.year, due_on.month, due_on.day),
            **asked,
        ),
        deps=_deps(),
    )
    click.echo(f"Đã mở kỳ {asked['code']}.")


@click.command("collect-files")
@click.option(
    "--removed-for-days",
    type=click.IntRange(min=1),
    default=30,
    show_default=True,
    help="Chỉ dọn tài liệu đã gỡ từ ngần ấy ngày trở lên.",
)
@with_appcontext
def collect_files(removed_for_days: int) -> None:
    """Delete files that were taken away long ago and that no report handed in names."""
    found = collecting_files.collect_files(removed_for_days=removed_for_days, deps=_deps())
    click.echo(
        f"Đã bỏ {found.rows} tài liệu đã gỡ, xóa {found.files} tệp; còn giữ {found.kept} tệp."
    )


def _deps() -> Deps:
    deps: Deps = current_app.extensions["deps"]
    return deps
