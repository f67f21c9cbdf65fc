"""Pages for clerks, leaders and superior offices."""

from flask import Blueprint, Flask

from services.archive.web import presenters
from services.archive.web.pages import documents, downloads, home, inbox, issuing, registers


def init_app(app: Flask) -> None:
    """Register every page and what their templates use."""
    presenters.init_app(app)
    app.register_blueprint(
        Blueprint("archive_web", __name__, static_folder="../static", static_url_path="/style")
    )
    for module in (home, documents, issuing, downloads, registers, inbox):
        app.register_blueprint(module.bp)
