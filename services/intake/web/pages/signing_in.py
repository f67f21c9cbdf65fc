"""Sign in and out."""

from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth import principal
from kernel.auth.access import public
from kernel.errors import InvalidInput
from kernel.problems import load
from kernel.web.forms import by_field
from services.intake.use_cases.signing_in import SignIn, sign_in
from services.intake.web.context import deps
from services.intake.web.schemas import SignInSchema
from services.intake.web.typed_report import visible

bp = Blueprint("signing_in", __name__)


@bp.get("/sign-in")
@public
def show_sign_in() -> ResponseReturnValue:
    """Ask for name and password."""
    return _page(errors={}), 200


@bp.post("/sign-in", endpoint="sign_in")
@public
def do_sign_in() -> ResponseReturnValue:
    """Begin a session and go where the visitor wanted to go."""
    typed = load(SignInSchema(), request.form.to_dict())
    person = sign_in(SignIn(**typed, address=request.remote_addr or ""), deps=deps())
    principal.sign_in(person)
    return redirect(local_path(request.form.get("next", "")) or url_for("home.show"), 303)


@bp.post("/sign-out", endpoint="sign_out")
@public
def do_sign_out() -> ResponseReturnValue:
    """End the session; also for a visitor whose session has ended by itself."""
    principal.sign_out()
    return redirect(url_for("signing_in.show_sign_in"), 303)


@bp.errorhandler(InvalidInput)
def _again(error: InvalidInput) -> ResponseReturnValue:
    return _page(errors=by_field(error.errors)), 422


def _page(errors: dict[str, str]) -> str:
    return render_template(
        "intake/sign_in.html",
        errors=errors,
        login_name=visible(request.form.get("login_name", "")),
        next=local_path(request.values.get("next", "")),
    )


def local_path(target: str) -> str:
    """Return the target if it is a path of this site, else nothing.

    Browsers read "//host" and "/\\\\host" as another site, and drop tabs and line ends first.
    """
    is_local = target.startswith("/") and not target.startswith("//") and "\\" not in target
    has_controls = any(ord(it) < 33 or ord(it) == 127 for it in target)
    # Only a path is taken apart: urlsplit raises on what looks like a broken host ("//[").
    return target if is_local and not has_controls and not urlsplit(target).netloc else ""
