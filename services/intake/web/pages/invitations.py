"""The page behind an invitation: its owner sets his own password."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import public
from kernel.errors import InvalidInput, Located
from kernel.problems import load
from kernel.web.forms import by_field
from services.intake.use_cases import invitations
from services.intake.web.accounts_schemas import NewPasswordSchema
from services.intake.web.context import deps

bp = Blueprint("invitations", __name__, url_prefix="/invitations/<secret>")


@bp.get("")
@public
def show_invitation(secret: str) -> ResponseReturnValue:
    """Show whose password will be set."""
    return _page(secret, errors={}), 200


@bp.post("", endpoint="accept_invitation")
@public
def accept_invitation(secret: str) -> ResponseReturnValue:
    """Set the password; the link is spent."""
    typed = load(NewPasswordSchema(), request.form.to_dict())
    if typed["password"] != typed["password_again"]:
        detail = "Hai lần nhập mật khẩu không giống nhau."
        raise InvalidInput(detail, errors=[Located("#/password_again", detail)])
    invitations.accept_invitation(secret, typed["password"], deps=deps())
    flash("Đã đặt mật khẩu. Hãy đăng nhập.", "success")
    return redirect(url_for("signing_in.show_sign_in"), 303)


@bp.errorhandler(InvalidInput)
def _again(error: InvalidInput) -> ResponseReturnValue:
    secret = str((request.view_args or {})["secret"])
    return _page(secret, errors=by_field(error.errors)), 422


def _page(secret: str, *, errors: dict[str, str]) -> str:
    found = invitations.read_invitation(secret, deps=deps())
    return render_template("intake/invitation.html", found=found, secret=secret, errors=errors)
