"""Each API against its own description: whatever anybody sends, no answer is a failure of ours.

What one call answers is asked about by the next ones: the ids that come back stand in later paths.
"""

import re
from dataclasses import dataclass, field
from uuid import uuid4

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernel import app as kernel_app
from kernel.auth.principal import Person, Role, Service
from tests.contracts.worlds import WORLDS
from tests.support.described import rules_of
from tests.support.pages import PageClient

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# So many calls a role, however many operations there are: the time of it stays bounded.
BUDGET = 80
# What a role may not do is refused before anything is read: once is enough to see it.
REFUSED = 1
REFUSALS = {401, 403}


@dataclass
class Asked:
    """One person at one API: what was answered, and the ids that have come back so far."""

    schema: schemathesis.schemas.BaseSchema
    client: PageClient
    person: Person
    may: dict[str, bool]
    ids: list[str]
    answers: dict[str, list[int]] = field(default_factory=dict)

    def ask(self, case, chosen):
        """Call, with an id that is known in place of an invented one where one was chosen."""
        for name in case.path_parameters or {}:
            if name.endswith("_id") and chosen is not None:
                case.path_parameters[name] = self.ids[chosen % len(self.ids)]
        # One of the calls ends every session of its caller.
        self.client.sign_in(self.person)
        headers = {"X-CSRFToken": self.client.csrf_token(), "Idempotency-Key": uuid4().hex}
        cookies = {"thidua_session": self.client.cookie()}
        answer = case.call(headers=headers, cookies=cookies)
        self.answers.setdefault(name_of(case.operation), []).append(answer.status_code)
        if answer.status_code < 300 and "json" in answer.headers.get("content-type", [""])[0]:
            self.ids += [it for it in ID.findall(answer.text) if it not in self.ids]
        # 503 is true here: the other services are not there.
        assert answer.status_code < 500 or answer.status_code == 503, case.as_curl_command()


def name_of(operation):
    return f"{operation.method.upper()} {operation.path.partition('/api/v1')[2]}"


@pytest.fixture(params=WORLDS)
def service(request):
    return request.param


@pytest.fixture
def world(service, new_database, kernel_settings, tmp_path):
    migrations, build = WORLDS[service]
    with build(new_database(migrations), kernel_settings, tmp_path) as built:
        yield built


@pytest.fixture
def asked_by(service, world):
    schema = schemathesis.openapi.from_wsgi(
        f"/{service}/api/v1/openapi.json", kernel_app.mount({Service(service): world.app})
    )
    rules = rules_of(world.app)

    def somebody(role):
        may = {name: role in rule.roles or rule.public for name, rule in rules.items()}
        person = world.person(role)
        return Asked(schema, PageClient(world.app, person), person, may, list(world.ids))

    return somebody


def test_no_call_by_anybody_is_answered_by_a_failure_of_ours(asked_by):
    for role in Role:
        person = asked_by(role)
        operations = [it.ok() for it in person.schema.get_all_operations()]
        # What is read first names what is changed afterwards.
        for operation in sorted(operations, key=lambda it: it.method.upper() != "GET"):
            ask_some(person, operation)

        for name, statuses in person.answers.items():
            is_refused = set(statuses) <= REFUSALS
            assert is_refused is not person.may[name], f"{role}: {name} {statuses}"


def ask_some(person, operation):
    allowed = max(1, BUDGET // sum(person.may.values()))

    @settings(
        max_examples=allowed if person.may[name_of(operation)] else REFUSED,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), chosen=st.none() | st.integers(0, 50))
    def ask(case, chosen):
        person.ask(case, chosen)

    ask()
