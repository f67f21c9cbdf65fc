"""Pages and API of the assembler."""

from flask import current_app

from services.assembler.use_cases.collaborators import Deps


def deps() -> Deps:
    """Return the collaborators of this app."""
    found: Deps = current_app.extensions["deps"]
    return found
