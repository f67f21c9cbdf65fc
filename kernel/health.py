"""Live, ready, and whatever else a service must be able to say of itself."""

from collections.abc import Callable, Mapping

from flask import Blueprint, Flask, jsonify
from flask.typing import ResponseReturnValue

from kernel.auth.access import public

Check = Callable[[], bool]


def init_app(app: Flask, checks: Mapping[str, Check], extra: Mapping[str, Check] = {}) -> None:
    """Serve /health/live, /health/ready (all `checks`) and /health/<name> for each of `extra`.

    A check returns whether all is well, or raises: an exception is a no, and is logged.
    """
    blueprint = Blueprint("health", __name__, url_prefix="/health")

    @blueprint.get("/live")
    @public
    def live() -> ResponseReturnValue:
        """Say that the process answers."""
        return jsonify(status="ok")

    @blueprint.get("/ready")
    @public
    def ready() -> ResponseReturnValue:
        """Say whether everything that this service needs is there."""
        return _report({name: _passes(app, name, check) for name, check in checks.items()})

    for name, check in extra.items():
        blueprint.add_url_rule(f"/{name}", name, _single(app, name, check))
    app.register_blueprint(blueprint)


def _single(app: Flask, name: str, check: Check) -> Callable[[], ResponseReturnValue]:
    @public
    def view() -> ResponseReturnValue:
        return _report({name: _passes(app, name, check)})

    return view


def _passes(app: Flask, name: str, check: Check) -> bool:
    try:
        return check()
    except Exception:
        app.logger.exception("health check failed", extra={"check": name})
        return False


def _report(results: Mapping[str, bool]) -> ResponseReturnValue:
    healthy = all(results.values())
    body = jsonify(status="ok" if healthy else "failing", checks=dict(results))
    return body, 200 if healthy else 503
