"""API tokens of an account: shown once, limited by scope, role and time, revoked."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from kernel.app import mount
from kernel.auth.credentials import digest_of
from kernel.auth.principal import Role, Service
from kernel.auth.remote import RemoteCredentials
from kernel.auth.scopes import Scope
from kernel.auth.service_tokens import issue_token
from kernel.http_client import ServiceClient
from services.intake.app import create_app
from services.intake.settings import IntakeSettings
from services.intake.use_cases.signing_in import SignIn, sign_in
from tests.builders.intake import PASSWORD, Api
from tests.support.pages import PageClient


@pytest.fixture
def clerk(world):
    return world.clerk()


@pytest.fixture
def api(world, clerk):
    return Api(world, clerk)


def a_token(api, **changes):
    body = {"name": "Một cửa", "scopes": ["reports:read"], "days": 30, **changes}
    answer = api.post("/me/tokens", body)
    assert answer.status_code == 201, answer.json
    return answer.json


def call(world, token, path="/periods", method="GET"):
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": uuid4().hex}
    return world.app.test_client().open(f"/api/v1{path}", method=method, headers=headers)


def test_a_token_reads_and_its_use_is_noted(world, api):
    token = a_token(api)["token"]

    assert token.startswith("thidua_")
    assert call(world, token).status_code == 200
    assert api.get("/me/tokens").json[0]["last_used_at"] is not None


def test_the_token_is_nowhere_in_the_database(world, api):
    token = a_token(api)["token"]

    with world.deps.database.read() as session:
        held = session.connection().exec_driver_sql("SELECT * FROM api_token").all()
    assert token not in str(held)
    assert digest_of(token) in str(held)


def test_the_same_call_makes_one_token_and_shows_it_once(api):
    body = {"name": "Một cửa", "scopes": ["reports:read"], "days": 30}
    first = api.post("/me/tokens", body, key="the-same-key").json
    again = api.post("/me/tokens", body, key="the-same-key").json

    assert (first["token"] is None, again["token"]) == (False, None)
    assert first["outline"]["id"] == again["outline"]["id"]


def test_reading_does_not_include_writing(world, api):
    token = a_token(api)["token"]

    answer = call(world, token, f"/periods/{world.office.period_id}/dossiers", "POST")

    assert (answer.status_code, "Phạm vi" in answer.json["detail"]) == (403, True)


def test_a_token_manages_no_tokens_sessions_or_passwords(world, api):
    token = a_token(api, scopes=["accounts:write", "reports:write"])["token"]

    for path, method in (("/me/tokens", "GET"), ("/me/sessions", "GET"), ("/me/tokens", "POST")):
        assert call(world, token, path, method).status_code == 403, path


def test_an_administrators_token_needs_the_scope_of_accounts(world):
    admin = Api(world, world.person(Role.ADMIN))

    assert call(world, a_token(admin)["token"], "/accounts").status_code == 403
    with_scope = a_token(admin, scopes=["accounts:read"])["token"]
    assert call(world, with_scope, "/accounts").status_code == 200


def test_a_token_ends_on_its_day(world, api):
    token = a_token(api, days=1)["token"]
    world.clock.forward(days=1)

    assert call(world, token).status_code == 401


def test_a_revoked_token_is_refused_at_once(world, api):
    made = a_token(api)
    api.post(f"/me/tokens/{made['outline']['id']}/revoke")

    assert call(world, made["token"]).status_code == 401


def test_the_administrator_sees_and_revokes_tokens_of_others(world, api, clerk):
    made = a_token(api)
    admin = world.client(world.person(Role.ADMIN))
    assert "Một cửa" in admin.get(f"/accounts/{clerk.account_id}").text

    admin.post(f"/accounts/{clerk.account_id}/tokens/{made['outline']['id']}/revoke")

    assert call(world, made["token"]).status_code == 401


def test_a_shut_accounts_token_is_good_for_nothing_not_even_once_it_is_opened_again(
    world, api, clerk
):
    token = a_token(api)["token"]
    admin = Api(world, world.person(Role.ADMIN))

    admin.post(f"/accounts/{clerk.account_id}/deactivate")
    assert call(world, token).status_code == 401
    admin.post(f"/accounts/{clerk.account_id}/reactivate")
    assert call(world, token).status_code == 401


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"name": ""}, "#/name"),
        ({"scopes": []}, "#/scopes"),
        ({"scopes": ["moon:write"]}, "#/scopes/0"),
        ({"days": 0}, "#/days"),
        ({"days": 366}, "#/days"),
        ({"days": "lâu"}, "#/days"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(api, changes, pointer):
    body = {"name": "Một cửa", "scopes": ["reports:read"], "days": 30, **changes}
    answer = api.post("/me/tokens", body)

    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == pointer
    assert api.get("/me/tokens").json == []


def test_the_page_shows_the_token_once_and_keeps_what_was_typed(world, clerk):
    page = world.client(clerk)
    form = {"name": "Một cửa", "days": "90", "idempotency_key": "a-key-of-this-form"}

    refused = page.post("/me/tokens", form)
    made = page.post("/me/tokens", {**form, "scopes": ["reports:read"]})
    again = page.post("/me/tokens", {**form, "scopes": ["reports:read"]})

    assert (refused.status_code, 'value="Một cửa"' in refused.text) == (422, True)
    assert "thidua_" in made.text
    assert again.status_code == 303


def test_services_ask_whose_session_and_whose_token_it_is(world, api, clerk, kernel_settings):
    made = a_token(api, scopes=["archive:read"])
    command = SignIn(login_name=f"clerk-@{clerk.office_id}", password=PASSWORD, address="10.0.0.1")
    person = sign_in(command, deps=world.deps)

    def ask(path, caller=Service.ARCHIVE):
        token = issue_token(
            kernel_settings.service_key,
            caller=caller,
            audience=Service.INTAKE,
            office_id=clerk.office_id,
        )
        headers = {"Authorization": f"Bearer {token}"}
        return world.app.test_client().get(f"/api/v1/introspection/{path}", headers=headers)

    session = ask(f"sessions/{person.session_id}").json
    assert (session["active"], session["person"]["role"]) == (True, "clerk")
    token = ask(f"tokens/{digest_of(made['token'])}").json
    assert (token["active"], token["person"]["scopes"]) == (True, ["archive:read"])
    assert ask(f"sessions/{uuid4()}").json["active"] is False
    assert ask("tokens/nothing").json["active"] is False
    assert world.client(clerk).api("GET", "/api/v1/introspection/tokens/x").status_code == 403


def test_a_session_that_nobody_used_ends_by_itself(world, clerk, kernel_settings, tmp_path):
    deps = replace(world.deps, session_lifetime=timedelta(hours=1))
    settings = IntakeSettings(kernel=kernel_settings, database_url="sqlite://", files_dir=tmp_path)
    client = PageClient(create_app(settings, deps), clerk)
    world.clock.forward(minutes=59)
    assert client.get("/periods").status_code == 200
    world.clock.forward(minutes=59)
    assert client.get("/periods").status_code == 200

    world.clock.forward(minutes=61)

    assert client.get("/periods").status_code == 302


def test_another_service_learns_over_http_that_a_session_and_a_token_ended(
    world, api, clerk, kernel_settings
):
    client = ServiceClient(
        "http://intake.test/intake",
        caller=Service.ARCHIVE,
        audience=Service.INTAKE,
        service_key=kernel_settings.service_key,
        transport=httpx.WSGITransport(app=mount({Service.INTAKE: world.app})),
    )
    watch = iter(range(0, 10_000, 60))  # every question comes a minute after the one before
    credentials = RemoteCredentials(client, monotonic=lambda: next(watch), now=world.clock)
    name = f"clerk-@{clerk.office_id}"
    person = sign_in(
        SignIn(login_name=name, password=PASSWORD, address="10.0.0.1"), deps=world.deps
    )
    made = a_token(api, scopes=["archive:read"])
    digest = digest_of(made["token"])
    assert credentials.session(person.session_id, person) == person
    assert credentials.token(digest).scopes == frozenset({Scope.ARCHIVE_READ})

    api.post(f"/me/tokens/{made['outline']['id']}/revoke")
    api.post("/me/sessions/end")

    assert credentials.session(person.session_id, person) is None
    assert credentials.token(digest) is None
