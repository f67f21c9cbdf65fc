import re
from dataclasses import replace
from uuid import uuid4

import pytest

from kernel import app as kernel_app
from kernel.auth.principal import Role, Service
from kernel.auth.service_tokens import issue_token
from tests.builders.credentials import TrustedCookies
from tests.support.pages import PageClient


def bearer(settings, caller=Service.ASSEMBLER):
    token = issue_token(
        settings.service_key, caller=caller, audience=Service.INTAKE, office_id=uuid4()
    )
    return {"Authorization": f"Bearer {token}"}


def test_a_view_that_says_nothing_stops_the_start(kernel_settings):
    app = kernel_app.begin(
        "services.intake", Service.INTAKE, kernel_settings, credentials=TrustedCookies()
    )
    app.add_url_rule("/forgotten", "forgotten", lambda: "x")

    with pytest.raises(RuntimeError, match="forgotten"):
        kernel_app.finish(app)


def test_a_visitor_is_sent_to_sign_in_and_comes_back(app):
    response = PageClient(app).get("/clerks?a=1")

    assert (response.status_code, response.location) == (
        302,
        "/intake/sign-in?next=%2Fclerks%3Fa%3D1",
    )


def test_a_program_that_is_nobody_is_told_so(app):
    response = app.test_client().post("/api/v1/both", headers={"Authorization": "Bearer x"})

    assert (response.status_code, response.mimetype) == (401, "application/problem+json")


def test_the_right_role_may(app, person):
    assert PageClient(app, person).get("/clerks").json == {"page": "clerks"}


def test_another_role_may_not(app, person):
    client = PageClient(app, replace(person, role=Role.LEADER))

    assert client.get("/clerks").status_code == 403


def test_a_service_may_call_where_it_is_named(app, kernel_settings):
    client = app.test_client()

    assert client.post("/api/v1/both", headers=bearer(kernel_settings)).status_code == 200
    other = bearer(kernel_settings, Service.ARCHIVE)
    assert client.post("/api/v1/both", headers=other).status_code == 403


def test_a_form_without_a_token_is_refused(app, person):
    client = PageClient(app, person)

    assert client._client.post("/api/v1/both").status_code == 403
    assert client.api("POST", "/api/v1/both").status_code == 200


def test_every_page_has_a_strict_policy(app):
    response = PageClient(app).get("/open")

    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_the_nonce_is_new_each_time(app):
    def nonce():
        policy = PageClient(app).get("/open").headers["Content-Security-Policy"]
        return re.search(r"nonce-([^']+)", policy).group(1)

    assert nonce() != nonce()


def test_a_session_cookie_is_not_for_scripts(app, person):
    client = PageClient(app, person)
    cookie = client._client.get_cookie("thidua_session")

    assert cookie is not None
    assert (cookie.http_only, cookie.path) == (True, "/")


def test_a_forged_cookie_is_nobody(app):
    client = app.test_client()
    client.set_cookie("thidua_session", "eyJwZXJzb24iOnt9fQ.forged.signature")

    assert client.get("/clerks").status_code == 302
