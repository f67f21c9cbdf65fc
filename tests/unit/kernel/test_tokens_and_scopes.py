"""API tokens at the edge: role and scope both limit; no page, no form token."""

from dataclasses import replace
from uuid import uuid4

import pytest

from kernel.auth.principal import Role
from kernel.auth.scopes import Area, Scope, covers


@pytest.fixture
def call(app, credentials, person):
    """Call the API with a token of these scopes."""

    def made(*scopes, role=Role.CLERK, method="POST", path="/api/v1/both"):
        credentials.tokens["thidua_x"] = replace(person, role=role, scopes=frozenset(scopes))
        headers = {"Authorization": "Bearer thidua_x"}
        return app.test_client().open(path, method=method, headers=headers)

    return made


def test_a_token_of_the_right_scope_needs_no_form_token(call):
    assert call(Scope.REPORTS_WRITE).status_code == 200


@pytest.mark.parametrize("scopes", [(), (Scope.REPORTS_READ,), (Scope.ARCHIVE_WRITE,)])
def test_a_token_of_another_scope_is_refused(call, scopes):
    answer = call(*scopes)

    assert (answer.status_code, "Phạm vi" in answer.json["detail"]) == (403, True)


def test_the_role_limits_a_token_as_well(call):
    answer = call(Scope.REPORTS_WRITE, role=Role.LEADER)

    assert (answer.status_code, "tài khoản" in answer.json["detail"].casefold()) == (403, True)


def test_a_token_opens_no_page(call):
    assert call(Scope.REPORTS_READ, method="GET", path="/clerks").status_code in {302, 401}


def test_an_unknown_token_is_nobody(app):
    headers = {"Authorization": "Bearer thidua_unknown"}
    answer = app.test_client().post("/api/v1/both", headers=headers)

    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")


def test_what_is_for_people_alone_refuses_tokens(call):
    answer = call(*Scope, method="GET", path="/api/v1/personal")

    assert (answer.status_code, "khi đăng nhập" in answer.json["detail"]) == (403, True)


def test_a_view_may_belong_to_another_area_than_its_service(call):
    assert call(Scope.ACCOUNTS_READ, method="GET", path="/api/v1/accounts").status_code == 200
    assert call(Scope.REPORTS_READ, method="GET", path="/api/v1/accounts").status_code == 403


def test_writing_includes_reading_and_not_the_other_way():
    assert covers({Scope.ARCHIVE_WRITE}, Area.ARCHIVE, "GET")
    assert not covers({Scope.ARCHIVE_READ}, Area.ARCHIVE, "DELETE")


def test_every_area_can_be_read_and_written():
    assert {it.value for it in Scope} == {f"{a}:{how}" for a in Area for how in ("read", "write")}


def test_an_ended_session_is_nobody_and_its_cookie_forgets_the_person(app, person, credentials):
    client = app.test_client()
    session_id = uuid4()
    with client.session_transaction() as stored:
        stored["person"] = {
            "account_id": str(person.account_id),
            "office_id": str(person.office_id),
            "role": "clerk",
            "name": "x",
            "office_name": "x",
            "unit_id": None,
            "session_id": str(session_id),
        }
    assert client.get("/clerks").status_code == 200

    credentials.ended.add(session_id)

    assert client.get("/clerks").status_code == 302
    with client.session_transaction() as stored:
        assert "person" not in stored


def test_a_cookie_of_the_days_before_sessions_had_rows_is_nobody(app, person):
    client = app.test_client()
    with client.session_transaction() as stored:
        stored["person"] = {"account_id": str(person.account_id)}

    assert client.get("/clerks").status_code == 302
