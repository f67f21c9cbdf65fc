from uuid import uuid4

import pytest
from flask import render_template_string, request

from kernel import app as kernel_app
from kernel import health
from kernel.auth.access import access, public, signed_in
from kernel.auth.principal import Person, Role, Service
from kernel.auth.scopes import Area
from kernel.errors import Conflict, InvalidInput, Located
from tests.builders.credentials import TrustedCookies


@pytest.fixture
def person():
    return Person(
        account_id=uuid4(),
        office_id=uuid4(),
        role=Role.CLERK,
        name="Văn thư",
        office_name="UBND xã",
    )


@pytest.fixture
def credentials():
    return TrustedCookies()


@pytest.fixture
def app(kernel_settings, credentials):
    """A small app with a view of every kind."""
    app = kernel_app.begin(
        "services.intake", Service.INTAKE, kernel_settings, credentials=credentials
    )
    health.init_app(app, {"well": lambda: True}, {"worker": lambda: False, "broken": _raise})

    @app.get("/open")
    @public
    def open_view():
        return {"page": "open"}

    @app.get("/clerks")
    @access(Role.CLERK)
    def clerks():
        return {"page": "clerks"}

    @app.post("/api/v1/both")
    @access(Role.CLERK, services=(Service.ASSEMBLER,))
    def both():
        return {"ok": True}

    _add_views_that_fail(app)
    _add_views_of_persons(app)
    return kernel_app.finish(app)


def _raise():
    raise OSError("no disk")


def _add_views_of_persons(app):
    @app.get("/api/v1/accounts")
    @access(Role.CLERK, area=Area.ACCOUNTS)
    def accounts():
        return {"ok": True}

    @app.get("/api/v1/personal")
    @access(*Role, by_token=False)
    def personal():
        return {"ok": True}

    @app.get("/form")
    @signed_in
    def form():
        return render_template_string('<input name="csrf_token" value="{{ csrf_token() }}">')

    @app.post("/write")
    @signed_in
    def write():
        return {name: value for name, value in request.form.items() if name != "csrf_token"}


def _add_views_that_fail(app):
    @app.get("/api/v1/conflict")
    @public
    def conflict():
        raise Conflict("Đã nộp.", errors=[Located("#/a", "Sai.")])

    @app.get("/invalid")
    @public
    def invalid():
        raise InvalidInput("Có 1 chỗ cần sửa.", errors=[Located("#/a", "<b>Sai</b>")])

    @app.get("/api/v1/crash")
    @public
    def crash():
        raise ZeroDivisionError("secret detail")
