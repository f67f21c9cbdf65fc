import pytest

from kernel.problems import locate
from tests.support.pages import PageClient


def test_a_program_gets_problem_details(app):
    response = app.test_client().get("/api/v1/conflict")

    assert (response.status_code, response.mimetype) == (409, "application/problem+json")
    assert response.json["detail"] == "Đã nộp."
    assert response.json["errors"] == [{"pointer": "#/a", "detail": "Sai."}]
    assert response.json["instance"] == f"urn:request:{response.headers['X-Request-Id']}"


def test_a_person_gets_the_same_facts_as_a_page_and_nothing_is_markup(app):
    response = PageClient(app).get("/invalid")

    assert response.status_code == 422
    assert "Có 1 chỗ cần sửa." in response.text
    assert "&lt;b&gt;Sai&lt;/b&gt;" in response.text


def test_an_unexpected_failure_keeps_its_detail_to_itself(app, caplog):
    response = app.test_client().get("/api/v1/crash")

    assert response.status_code == 500
    assert "secret" not in response.text
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize("path", ["/nowhere", "/api/v1/nowhere"])
def test_an_unknown_address_is_not_found(app, path):
    assert PageClient(app).get(path).status_code == 404


def test_a_wrong_method_names_the_right_ones(app):
    response = app.test_client().put("/api/v1/both")

    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]


def test_the_callers_request_id_is_kept_if_it_has_the_form_of_one(app):
    client = app.test_client()

    kept = client.get("/open", headers={"X-Request-Id": "abcdef-12345"})
    replaced = client.get("/open", headers={"X-Request-Id": "a b\tc"})

    assert kept.headers["X-Request-Id"] == "abcdef-12345"
    assert replaced.headers["X-Request-Id"] != "a b\tc"


def test_nested_messages_become_pointers():
    messages = {"json": {"items": {0: {"a/b": ["x"]}}, "_schema": ["y"]}}

    found = [(one.pointer, one.detail) for one in locate(messages)]

    assert found == [("#/items/0/a~1b", "x"), ("#", "y")]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/health/live", 200),
        ("/health/ready", 200),
        ("/health/worker", 503),
        ("/health/broken", 503),
    ],
)
def test_health_tells_the_truth(app, path, status):
    assert app.test_client().get(path).status_code == status
