"""What each of the three services must say of itself."""

import pytest

from kernel.auth.access import access_of, unmarked_views
from kernel.contracts.tasks import ROUTES, Queue, Task
from services.assembler.app import create_worker
from tests.support.apps import SERVICES, an_app, assembler_settings


@pytest.fixture(params=SERVICES)
def app(request, tmp_path, kernel_settings):
    return an_app(request.param, folder=tmp_path, kernel=kernel_settings)


@pytest.fixture
def celery(tmp_path, kernel_settings):
    return create_worker(assembler_settings(folder=tmp_path, kernel=kernel_settings))


def test_every_route_says_who_may_use_it(app):
    assert unmarked_views(app) == []


def test_every_unsafe_route_is_closed_to_visitors_except_signing_in(app):
    open_to_all = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.methods - {"GET", "HEAD", "OPTIONS"}
        and (found := access_of(app.view_functions[rule.endpoint]))
        and found.public
    }

    assert {name.rpartition(".")[2] for name in open_to_all} <= {
        "sign_in",
        "sign_out",
        "accept_invitation",
    }


def test_every_api_describes_itself(app):
    description = app.test_client().get("/api/v1/openapi.json").json

    assert description["openapi"].startswith("3.1")
    assert description["paths"]
    assert description["servers"] == [{"url": app.config["MOUNTED_AT"]}]
    failure = description["components"]["responses"]["DEFAULT_ERROR"]
    assert set(failure["content"]) == {"application/problem+json"}


def test_every_task_of_the_protocol_has_a_worker(celery):
    assert {task.value for task in Task} <= set(celery.tasks)


def test_every_task_goes_to_a_queue_that_exists(celery):
    assert {queue.name for queue in celery.conf.task_queues} == {queue.value for queue in Queue}
    assert {route["queue"] for route in celery.conf.task_routes.values()} == {
        queue.value for queue in ROUTES.values()
    }


def test_beat_sends_only_tasks_of_the_protocol(celery):
    assert {entry["task"] for entry in celery.conf.beat_schedule.values()} <= {
        task.value for task in Task
    }


def test_services_in_one_process_describe_themselves_alone(tmp_path, kernel_settings):
    schemas = {}
    for _ in "12":
        for service in SERVICES:
            app = an_app(service, folder=tmp_path, kernel=kernel_settings)
            description = app.test_client().get("/api/v1/openapi.json").json
            schemas.setdefault(service, []).append(description["components"]["schemas"])

    assert all(first == second for first, second in schemas.values())
    assert "Job" in schemas["assembler"][0]
    assert "Job" not in schemas["archive"][1]
