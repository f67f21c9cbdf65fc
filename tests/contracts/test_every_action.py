"""What a person can do on a page, a program can do by the API: once, and page by page."""

import pytest

from tests.contracts.pages import BOUNDED, COUNTERPARTS, WITHOUT, WITHOUT_KEY
from tests.support.apps import SERVICES, an_app
from tests.support.described import Description, rules_of

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


@pytest.fixture(params=SERVICES)
def service(request):
    return request.param


@pytest.fixture
def app(service, tmp_path, kernel_settings):
    return an_app(service, folder=tmp_path, kernel=kernel_settings)


@pytest.fixture
def description(app):
    return Description(app.test_client().get("/api/v1/openapi.json").json)


def _acting_pages(app):
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.methods & UNSAFE and not rule.rule.startswith("/api/")
    }


def test_every_page_that_acts_has_an_operation(service, app, description):
    told = COUNTERPARTS[service]
    operations = {f"{method} {path}" for method, path, _ in description.operations()}

    assert _acting_pages(app) - WITHOUT.keys() == told.keys()
    assert {it for named in told.values() for it in named} - operations == set()


def test_whoever_may_act_on_the_page_may_act_by_the_api(service, app):
    rules = rules_of(app)
    for endpoint, operations in COUNTERPARTS[service].items():
        roles = app.view_functions[endpoint].access.roles
        for operation in operations:
            assert roles <= rules[operation].roles, f"{endpoint} – {operation}"


def test_every_operation_that_changes_something_takes_a_key(description):
    without = {
        f"{method} {path}"
        for method, path, operation in description.operations()
        if method in UNSAFE and not _takes_key(operation)
    }

    assert without - WITHOUT_KEY.keys() == set()


def _takes_key(operation):
    return any(
        it["name"] == "Idempotency-Key" and it["in"] == "header" and it["required"]
        for it in operation.get("parameters", ())
    )


def test_every_list_that_may_grow_comes_in_pages(description):
    for method, path, operation in description.operations():
        if method != "GET" or not _is_described(operation):
            continue
        schema = description.answer(operation)
        name = f"{method} {path}"
        if schema.get("type") == "array":
            assert name in BOUNDED, f"{name} is a list without end"
        if "items" in schema.get("properties", {}):
            assert {"next", "next_after"} & schema["properties"].keys(), name
            assert "after" in {it["name"] for it in operation["parameters"]}, name


def _is_described(operation):
    return any(
        status.startswith("2") and "application/json" in response.get("content", {})
        for status, response in operation["responses"].items()
    )


def test_nothing_is_told_of_what_is_not_there(tmp_path, kernel_settings):
    operations, pages = set(), set()
    for service in SERVICES:
        app = an_app(service, folder=tmp_path, kernel=kernel_settings)
        description = Description(app.test_client().get("/api/v1/openapi.json").json)
        operations |= {f"{method} {path}" for method, path, _ in description.operations()}
        pages |= _acting_pages(app)

    assert {*WITHOUT_KEY, *BOUNDED} - operations == set()
    assert WITHOUT.keys() - pages == set()


def test_every_failure_is_described_as_a_problem(description):
    for method, path, operation in description.operations():
        assert "default" in operation["responses"], f"{method} {path}"
