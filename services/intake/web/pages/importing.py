"""Lists of units and accounts from Excel: a template, a look at what was read, then the deed."""

from typing import Any
from uuid import uuid4

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import ROLE_LABELS, Role, current_person
from kernel.errors import InvalidInput, Located, NotFound
from kernel.problems import load
from services.intake.domain.sheets import Column
from services.intake.gateways.sheet_writing import write_sheet
from services.intake.use_cases import accounts, importing
from services.intake.web.accounts_schemas import AccountLinesSchema, UnitLinesSchema
from services.intake.web.context import deps, form_key, this_call

bp = Blueprint("importing", __name__, url_prefix="/import/<any(units, accounts):subject>")

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TITLES = {"units": "Nhập ngành từ Excel", "accounts": "Nhập tài khoản từ Excel"}
_PLACES = {"units": "units.show_units", "accounts": "accounts.show_accounts"}
_LINK_COLUMNS = (
    Column(code="display_name", title="Họ và tên"),
    Column(code="login_name", title="Tên đăng nhập"),
    Column(code="link", title="Liên kết đặt mật khẩu (dùng một lần, hạn 7 ngày)", max_length=600),
)


@bp.get("")
@access(Role.ADMIN)
def show_import(subject: str) -> ResponseReturnValue:
    """Ask for the file."""
    return _page(subject, error=None), 200


@bp.get("/template.xlsx")
@access(Role.ADMIN)
def download_template(subject: str) -> ResponseReturnValue:
    """Give the table to fill in."""
    title = "Ngành" if subject == "units" else "Tài khoản"
    name = "mau-nganh.xlsx" if subject == "units" else "mau-tai-khoan.xlsx"
    return _file(write_sheet(title, _columns(subject), [], is_template=True), name)


@bp.post("")
@access(Role.ADMIN)
def read_file(subject: str) -> ResponseReturnValue:
    """Show what the file says; nothing is stored."""
    file = request.files.get("file")
    data = file.read() if file else b""
    if not data:
        detail = "Hãy chọn tệp Excel (.xlsx)."
        raise InvalidInput(detail, errors=[Located("#/file", detail)])
    by = current_person()
    read: Any = (
        importing.read_units(data, by=by, deps=deps())
        if subject == "units"
        else importing.read_accounts(data, by=by, deps=deps())
    )
    schema = UnitLinesSchema() if subject == "units" else AccountLinesSchema()
    return render_template(
        "intake/import_preview.html",
        subject=subject,
        title=_TITLES[subject],
        lines=read,
        rows=schema.dumps({"rows": read}, ensure_ascii=False),
        role_labels=ROLE_LABELS,
        key=uuid4().hex,
    )


@bp.post("/confirm")
@access(Role.ADMIN)
def confirm(subject: str) -> ResponseReturnValue:
    """Store what was shown; accounts get their links, shown once."""
    call = this_call(form_key(), request.form.get("rows", ""))
    by = current_person()
    if subject == "units":
        units = load(UnitLinesSchema(), _sent(UnitLinesSchema()))["rows"]
        count = importing.import_units(units, call, by=by, deps=deps())
        flash(f"Đã thêm {count} ngành.", "success")
        return redirect(url_for("units.show_units"), 303)
    lines = load(AccountLinesSchema(), _sent(AccountLinesSchema()))["rows"]
    opened = importing.import_accounts(lines, call, by=by, deps=deps())
    if not opened:
        flash("Danh sách này đã nhập rồi; liên kết mời chỉ hiện một lần.", "warning")
        return redirect(url_for("accounts.show_accounts"), 303)
    return render_template("intake/import_links.html", opened=[_linked(it) for it in opened])


@bp.post("/links.xlsx")
@access(Role.ADMIN)
def download_links(subject: str) -> ResponseReturnValue:
    """Give back the links that the page holds as a table; the server keeps none of them."""
    if subject != "accounts":
        raise NotFound("Trang này không có.")
    names = ("display_name", "login_name", "link")
    told = zip(*(request.form.getlist(name)[: importing.LIMIT] for name in names), strict=False)
    rows = [{name: value[:600] for name, value in zip(names, it, strict=True)} for it in told]
    return _file(write_sheet("Liên kết mời", _LINK_COLUMNS, rows), "lien-ket-moi.xlsx")


@bp.errorhandler(InvalidInput)
def _again(error: InvalidInput) -> ResponseReturnValue:
    return _page(str((request.view_args or {})["subject"]), error=error), 422


def _sent(schema: Any) -> Any:
    try:
        return schema.opts.render_module.loads(request.form.get("rows", ""))
    except (ValueError, RecursionError) as exc:
        detail = "Biểu mẫu gửi lên không đầy đủ. Hãy chọn tệp lại từ đầu."
        raise InvalidInput(detail, errors=[Located("#/file", detail)]) from exc


def _columns(subject: str) -> tuple[Column, ...]:
    if subject == "units":
        return importing.UNIT_COLUMNS
    return importing.account_columns(accounts.roles_to_give(by=current_person(), deps=deps()))


def _linked(line: importing.InvitedLine) -> dict[str, str]:
    link = url_for("invitations.show_invitation", secret=line.secret, _external=True)
    return {"display_name": line.display_name, "login_name": line.login_name, "link": link}


def _page(subject: str, *, error: InvalidInput | None) -> str:
    return render_template(
        "intake/import.html",
        subject=subject,
        title=_TITLES[subject],
        back=url_for(_PLACES[subject]),
        columns=_columns(subject),
        error=error,
        errors={"file": error.detail} if error else {},
    )


def _file(data: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(data, mimetype=_XLSX, headers=headers)
