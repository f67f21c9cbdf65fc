"""The client against the description that each service gives of itself: they cannot drift."""

import importlib
from dataclasses import make_dataclass
from typing import get_type_hints

import pytest

from client.intake import Submission
from client.operations import Operation
from tests.support.apps import SERVICES, an_app
from tests.support.described import Description

# The council has an area of its own, in the service of intake.
AREAS = {"intake": ("intake", "council")}


def _operations(service):
    areas = [
        getattr(importlib.import_module(f"client.{name}"), name.capitalize())
        for name in AREAS.get(service, (service,))
    ]
    # An area may take over the operations of a part of it, which has a module of its own.
    modules = {it.__module__ for area in areas for it in area.__mro__}
    return {
        name: it
        for module in modules
        if module.startswith("client.")
        for name, it in vars(importlib.import_module(module)).items()
        if isinstance(it, Operation)
    }


@pytest.fixture
def describe(tmp_path, kernel_settings):
    def of(service):
        app = an_app(service, folder=tmp_path, kernel=kernel_settings)
        return Description(app.test_client().get("/api/v1/openapi.json").json)

    return of


@pytest.mark.parametrize("service", SERVICES)
def test_every_answer_is_read_as_it_is_described(describe, service):
    description = describe(service)
    found = []
    for name, operation in _operations(service).items():
        described = description.operation(operation.method, operation.path)
        if described is None:
            found.append(f"{name}: no {operation.method} {operation.path}")
        elif operation.answer is not bytes:
            found += _differences(name, operation, described, description)

    assert found == []


def _differences(name, operation, described, description):
    schema = description.answer(described)
    if not operation.is_paged:
        return description.differences(operation.answer, schema, name)
    assert operation.cursor in schema["properties"], name
    assert "after" in {it["name"] for it in described["parameters"]}, name
    return description.differences(operation.answer, schema["properties"]["items"]["items"], name)


@pytest.mark.parametrize("service", SERVICES)
def test_every_filter_of_the_client_is_one_of_the_service(describe, service):
    area = importlib.import_module(f"client.{service}")
    asked = []

    class Recorded(getattr(area, service.capitalize())):
        def pages(self, operation, *, at=None, query=None):
            asked.append((operation, set(query or {})))
            return iter(())

    recorded = Recorded(None)
    for method in ("submissions", "notices", "mails", "documents", "inbox"):
        if hasattr(recorded, method):
            getattr(recorded, method)()

    description = describe(service)
    for operation, names in asked:
        described = description.operation(operation.method, operation.path)
        assert names <= {it["name"] for it in described["parameters"]}
    assert asked or service == "assembler"


def test_a_difference_would_be_told(describe):
    description = describe("intake")
    schema = description.answer(description.operation("GET", "/submissions/{submission_id}"))
    hints = get_type_hints(Submission)
    fields = {**hints, "round": str, "invented": str, "code": str | None}
    del fields["sha256"]

    other = make_dataclass("Other", fields.items())

    assert set(description.differences(other, schema, "#")) == {
        "#/invented is not described",
        "#/sha256 is not read",
        "#/round is integer , not str",
    }
