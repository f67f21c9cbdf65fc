"""Each API against its own description: whatever is sent, no answer is a failure of ours."""

from dataclasses import dataclass
from uuid import uuid4

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from embedded.sample import Sample
from kernel import app as kernel_app
from kernel.auth.principal import Person, Role, Service
from kernel.contracts.identity import office_id_for
from kernel.migrations import upgrade
from services.archive.persistence import MIGRATIONS as ARCHIVE
from services.archive.use_cases.registers import load_registers_file
from services.assembler.persistence import MIGRATIONS as ASSEMBLER
from services.intake.persistence import MIGRATIONS as INTAKE
from services.intake.use_cases.loading import load_office_file
from tests.support.apps import an_app
from tests.support.pages import PageClient

MIGRATIONS = {"intake": INTAKE, "assembler": ASSEMBLER, "archive": ARCHIVE}
ASKED = (
    ("intake", Role.CLERK),
    ("intake", Role.SECTOR_OFFICER),
    ("assembler", Role.CLERK),
    ("archive", Role.CLERK),
    ("archive", Role.SUPERIOR),
)


@dataclass
class Api:
    """An API over the sample commune, before anybody has reported, and a client of it."""

    client: PageClient
    schema: schemathesis.schemas.BaseSchema


@pytest.fixture(params=ASKED, ids=lambda asked: f"{asked[0]}-{asked[1]}")
def api(request, tmp_path, kernel_settings):
    name, role = request.param
    upgrade(f"sqlite:///{tmp_path / name}.sqlite3", MIGRATIONS[name])
    app = an_app(name, folder=tmp_path, kernel=kernel_settings)
    unit_id = _load_sample(name, app)
    person = Person(
        account_id=uuid4(),
        office_id=office_id_for("linh-thong"),
        role=role,
        name="Văn thư",
        office_name="UBND xã",
        unit_id=unit_id if role is Role.SECTOR_OFFICER else None,
    )
    mounted = kernel_app.mount({Service(name): app})
    schema = schemathesis.openapi.from_wsgi(f"/{name}/api/v1/openapi.json", mounted)
    return Api(PageClient(app, person), schema)


def _load_sample(name, app):
    commune, deps = Sample.load().commune, app.extensions["deps"]
    if name == "archive":
        load_registers_file(commune, deps=deps)
    if name == "intake":
        return load_office_file(commune, deps=deps).unit_ids["van-hoa"]
    return None


def test_no_request_is_answered_by_a_failure_of_ours(api):
    headers = {"X-CSRFToken": api.client.csrf_token(), "Idempotency-Key": uuid4().hex}
    cookies = {"thidua_session": api.client.cookie()}
    asked = []

    for operation in api.schema.get_all_operations():

        @settings(
            max_examples=4,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.ok().as_strategy())
        def ask(case):
            answer = case.call(headers=headers, cookies=cookies)
            asked.append(answer.status_code)
            # 503 is true here: the other services are not there.
            assert answer.status_code < 500 or answer.status_code == 503, case.as_curl_command()

        ask()

    assert set(asked) - {401, 403, 404, 405}, "nothing was really asked"
