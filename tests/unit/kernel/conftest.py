from uuid import uuid4

import pytest

from kernel import app as kernel_app
from kernel import health
from kernel.auth.access import access, public
from kernel.auth.principal import Person, Role, Service
from kernel.errors import Conflict, InvalidInput, Located


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
def app(kernel_settings):
    """A small app with a view of every kind."""
    app = kernel_app.begin("services.intake", Service.INTAKE, kernel_settings)
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

    return kernel_app.finish(app)


def _raise():
    raise OSError("no disk")
