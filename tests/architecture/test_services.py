"""What each of the three services must say of itself."""

from dataclasses import replace

import pytest

from kernel.auth.access import access_of, unmarked_views
from kernel.contracts.tasks import ASSEMBLER_QUEUES, INTAKE_QUEUES, ROUTES, Queue, Task
from services.assembler.app import create_worker as create_assembler_worker
from services.intake.app import create_worker as create_intake_worker
from services.intake.app import join_worker
from tests.support.apps import SERVICES, an_app, assembler_settings, intake_settings


@pytest.fixture(params=SERVICES)
def app(request, tmp_path, kernel_settings):
    return an_app(request.param, folder=tmp_path, kernel=kernel_settings)


@pytest.fixture
def assembler_celery(tmp_path, kernel_settings):
    return create_assembler_worker(assembler_settings(folder=tmp_path, kernel=kernel_settings))


@pytest.fixture
def intake_celery(tmp_path, kernel_settings):
    settings = intake_settings(folder=tmp_path, kernel=kernel_settings)
    return create_intake_worker(replace(settings, broker_url="memory://"))


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


def _own_tasks(celery):
    return set(celery.tasks) & {task.value for task in Task}


def _queues_of(celery):
    return {ROUTES[Task(name)] for name in _own_tasks(celery)}


def test_every_task_of_the_protocol_has_a_worker_in_exactly_one_service(
    assembler_celery, intake_celery
):
    of_assembler, of_intake = _own_tasks(assembler_celery), _own_tasks(intake_celery)

    assert of_assembler | of_intake == {task.value for task in Task}
    assert of_assembler & of_intake == set()


def test_no_queue_is_shared_by_services(assembler_celery, intake_celery):
    # A worker throws away a message of a task that it does not know.
    assert _queues_of(assembler_celery) == set(ASSEMBLER_QUEUES)
    assert _queues_of(intake_celery) == set(INTAKE_QUEUES)
    assert set(ASSEMBLER_QUEUES) & set(INTAKE_QUEUES) == set()
    assert set(ASSEMBLER_QUEUES) | set(INTAKE_QUEUES) == set(Queue)


def test_every_task_goes_to_a_queue_that_exists(assembler_celery):
    conf = assembler_celery.conf
    assert {queue.name for queue in conf.task_queues} == {queue.value for queue in Queue}
    assert {route["queue"] for route in conf.task_routes.values()} == {
        queue.value for queue in ROUTES.values()
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


def test_beat_sends_only_tasks_that_its_service_knows(assembler_celery, intake_celery):
    for celery in (assembler_celery, intake_celery):
        sent = {entry["task"] for entry in celery.conf.beat_schedule.values()}

        assert sent
        assert sent <= _own_tasks(celery)


def test_one_worker_serves_both_services_on_one_pc(assembler_celery, tmp_path, kernel_settings):
    settings = intake_settings(folder=tmp_path, kernel=kernel_settings)

    joined = join_worker(assembler_celery, settings)

    assert _own_tasks(joined) == {task.value for task in Task}
    sent = {entry["task"] for entry in joined.conf.beat_schedule.values()}
    assert {Task.RECONCILE.value, Task.SEND_MAILS.value} <= sent


def test_a_worker_of_intake_needs_a_broker(tmp_path, kernel_settings):
    settings = intake_settings(folder=tmp_path, kernel=kernel_settings)

    with pytest.raises(RuntimeError, match="INTAKE_BROKER_URL"):
        create_intake_worker(settings)
