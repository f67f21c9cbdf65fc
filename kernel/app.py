"""How a service's Flask app is begun, finished and mounted; the same in one process as in three."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, redirect
from flask_bootstrap import Bootstrap5
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.proxy_fix import ProxyFix

from kernel import logging as kernel_logging
from kernel import problems, request_context, security_headers, web
from kernel.auth import access, kept_forms
from kernel.auth.cookies import PatientSessions
from kernel.auth.credentials import Credentials
from kernel.auth.principal import Service
from kernel.settings import KernelSettings

PREFIXES = {
    Service.INTAKE: "/intake",
    Service.ASSEMBLER: "/assembler",
    Service.ARCHIVE: "/archive",
}
SIGN_IN_PATH = "/intake/sign-in"

_NOWHERE = (
    '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Không tìm thấy – thidua</title>'
    '<h1>Không tìm thấy</h1><p>Trang này không có.</p><p><a href="/">Về trang đầu</a></p></html>'
)


def begin(
    import_name: str, service: Service, settings: KernelSettings, *, credentials: Credentials
) -> Flask:
    """Return an app with all that the three have in common, and no view yet."""
    app = Flask(
        import_name,
        template_folder="web/templates",
        static_folder=None,
        static_url_path="/assets",  # Bootstrap's own files are served beside ours
    )
    app.config.update(settings.for_flask(), MOUNTED_AT=PREFIXES[service])
    app.session_interface = PatientSessions()
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    request_context.init_app(app)
    kernel_logging.init_app(app)
    security_headers.init_app(app, secure=settings.secure_cookies)
    problems.init_app(app, sign_in_path=SIGN_IN_PATH)
    Bootstrap5(app)
    web.init_app(app, service)
    kept_forms.init_app(app, sign_in_path=SIGN_IN_PATH)
    access.init_app(app, service=service, service_key=settings.service_key, credentials=credentials)
    return app


def finish(app: Flask) -> Flask:
    """Refuse an app in which a view does not say who may call it."""
    access.refuse_unmarked_views(app)
    return app


def mount(apps: Mapping[Service, Flask], *, trusted_proxies: int = 0) -> Any:
    """Return one WSGI callable that serves each app under its prefix and `/` by a redirect."""
    front = DispatcherMiddleware(
        _front_door(), {PREFIXES[service]: app for service, app in apps.items()}
    )
    if not trusted_proxies:
        return front
    return ProxyFix(front, x_for=trusted_proxies, x_proto=trusted_proxies, x_host=trusted_proxies)


def serve(service: Service, app: Flask, settings: KernelSettings) -> Any:
    """Return the WSGI callable of a process that serves one app, its logs configured."""
    kernel_logging.configure(settings.log_level)
    return mount({service: app}, trusted_proxies=settings.trusted_proxies)


def _front_door() -> Any:
    def start(environ: Any, start_response: Any) -> Any:
        at_root = environ.get("PATH_INFO", "") in {"", "/"}
        answer = (
            redirect(f"{PREFIXES[Service.INTAKE]}/")
            if at_root
            else Response(_NOWHERE, 404, mimetype="text/html")
        )
        return answer(environ, start_response)

    return start
