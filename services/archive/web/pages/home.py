"""The front door of the archive."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role
from services.archive.web.request import actor

bp = Blueprint("home", __name__)

_FIRST_PAGE = {True: "inbox.show_inbox", False: "documents.show_documents"}


@bp.get("/")
@access(Role.CLERK, Role.LEADER, Role.SUPERIOR)
def home() -> ResponseReturnValue:
    """Send each reader to his own list."""
    return redirect(url_for(_FIRST_PAGE[actor().is_recipient_office]))
