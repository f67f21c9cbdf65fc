"""Sign in and out."""

from urllib.parse import urlsplit

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth import principal
from kernel.auth.access import public
from kernel.auth.kept_forms import show_kept, unseal
from kernel.errors import InvalidInput
from kernel.problems import load
from kernel.web.forms import by_field
from services.intake.use_cases import sessions
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
    command = SignIn(
        **typed, address=request.remote_addr or "", user_agent=request.user_agent.string
    )
    g.person = sign_in(command, deps=deps())
    _end_session()
    principal.sign_in(g.person)
    kept = unseal(request.form.get("kept", ""))
    if kept is not None:
        return show_kept(kept), 200
    return redirect(local_path(request.form.get("next", "")) or url_for("home.show"), 303)


@bp.post("/sign-out", endpoint="sign_out")
@public
def do_sign_out() -> ResponseReturnValue:
    """End the session; also for a visitor whose session has ended by itself."""
    _end_session()
    principal.sign_out()
    return redirect(url_for("signing_in.show_sign_in"), 303)


def _end_session() -> None:
    """End the session that this browser has, if any: its cookie may lie elsewhere too."""
    person = principal.claimed_person()
    if person is not None and person.session_id is not None:
        sessions.sign_out(person.session_id, person.account_id, deps=deps())


@bp.errorhandler(InvalidInput)
def _again(error: InvalidInput) -> ResponseReturnValue:
    return _page(errors=by_field(error.errors)), 422


def _page(errors: dict[str, str]) -> str:
    return render_template(
        "intake/sign_in.html",
        errors=errors,
        login_name=visible(request.form.get("login_name", "")),
        next=local_path(request.values.get("next", "")),
        kept=request.form.get("kept", ""),
    )


def local_path(target: str) -> str:
    """Return the target if it is a path of this site, else nothing.

    Browsers read "//host" and "/\\\\host" as another site, and drop tabs and line ends first.
    """
    is_local = target.startswith("/") and not target.startswith("//") and "\\" not in target
    has_controls = any(ord(it) < 33 or ord(it) == 127 for it in target)
    # Only a path is taken apart: urlsplit raises on what looks like a broken host ("//[").
    return target if is_local and not has_controls and not urlsplit(target).netloc else ""
