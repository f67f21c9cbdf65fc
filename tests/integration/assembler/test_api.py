from dataclasses import replace
from uuid import uuid4

import pytest

from kernel.auth.principal import Role, Service, facts_of
from kernel.auth.service_tokens import issue_token
from services.assembler.app import create_app
from services.assembler.rendering.pdf.fonts import FontFault
from services.assembler.use_cases.assembling import assemble
from services.assembler.use_cases.heartbeats import beat
from services.assembler.use_cases.watching import list_jobs
from tests.builders.assembler import NEIGHBOUR, OFFICE, a_job, a_person
from tests.support.apps import assembler_settings
from tests.support.pages import PageClient

KEY = {"Idempotency-Key": "key-of-this-call"}
NOWHERE = "2b587e29-8c2d-476a-a80e-ab257a7054ef"  # fixed: processes must agree on names


@pytest.fixture
def app(deps, tmp_path, kernel_settings):
    return create_app(assembler_settings(folder=tmp_path, kernel=kernel_settings), deps)


@pytest.fixture
def clerk(app):
    return PageClient(app, a_person())


@pytest.fixture
def archive(app, kernel_settings):
    """Call as the archive does."""

    def call(method, path, *, office_id=OFFICE, caller=Service.ARCHIVE, headers=KEY, **options):
        token = issue_token(
            kernel_settings.service_key,
            caller=caller,
            audience=Service.ASSEMBLER,
            office_id=office_id,
        )
        headers = {"Authorization": f"Bearer {token}", **headers}
        return app.test_client().open(path, method=method, headers=headers, **options)

    return call


def a_request(**changes):
    usual = {"period_id": str(uuid4()), "kind": "summary_report", "on": "2024-01-15"}
    return {**usual, **changes}


def a_conversion(**changes):
    return {"version_id": str(uuid4()), "sha256": "a" * 64, **changes}


def jobs_of(deps):
    return list_jobs(office_id=OFFICE, before=None, deps=deps).jobs


def test_a_request_is_accepted_and_can_be_followed(clerk, deps):
    answer = clerk.api("POST", "/api/v1/jobs", json=a_request(), headers=KEY)

    assert answer.status_code == 202
    job = clerk.api("GET", answer.headers["Location"]).json
    assert (job["id"], job["state"], job["progress"]) == (answer.json["id"], "queued", 0)
    assert job["document_id"] is None


def test_the_same_key_gives_the_same_job(clerk, deps):
    body = a_request()

    first = clerk.api("POST", "/api/v1/jobs", json=body, headers=KEY)
    second = clerk.api("POST", "/api/v1/jobs", json=body, headers=KEY)

    assert (first.status_code, second.status_code) == (202, 202)
    assert first.json["id"] == second.json["id"]
    assert len(jobs_of(deps)) == 1


def test_a_finished_job_names_document_version_and_bytes(clerk, deps):
    job = a_job(deps)
    assemble(job.id, worker="w", deps=deps)

    facts = clerk.api("GET", f"/api/v1/jobs/{job.id}").json

    assert (facts["state"], facts["progress"], facts["version"]) == ("done", 100, 1)
    assert facts["document_id"]
    assert facts["version_id"]
    assert facts["sha256"] == deps.archive.drafts[job.id][0].sha256
    assert all({"severity", "message", "suggestion"} <= set(it) for it in facts["findings"])


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (a_request(extra=1), "#/extra"),
        (a_request(period_id="x"), "#/period_id"),
        (a_request(period_id=None), "#/period_id"),
        (a_request(kind="no_such_kind"), "#/kind"),
        (a_request(kind="../../etc"), "#/kind"),
        (a_request(kind="x" * 65), "#/kind"),
        (a_request(kind=7), "#/kind"),
        (a_request(on="2024-02-31"), "#/on"),
        (a_request(on=20240115), "#/on"),
        (a_request(on=None), "#/on"),
        ({}, "#/period_id"),
    ],
)
def test_a_refused_request_leaves_no_trace(clerk, deps, body, pointer):
    answer = clerk.api("POST", "/api/v1/jobs", json=body, headers=KEY)

    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert pointer in {error["pointer"] for error in answer.json["errors"]}
    assert (jobs_of(deps), deps.messenger.woken) == ([], [])


@pytest.mark.parametrize(
    "headers", [{}, {"Idempotency-Key": "short"}, {"Idempotency-Key": "x" * 101}]
)
@pytest.mark.parametrize("path", ["/api/v1/jobs", f"/api/v1/jobs/{NOWHERE}/retry"])
def test_a_call_without_a_fit_key_is_refused(clerk, deps, headers, path):
    answer = clerk.api("POST", path, json=a_request(), headers=headers)

    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"].endswith("/Idempotency-Key")
    assert jobs_of(deps) == []


def test_a_call_without_the_form_token_is_refused(app, deps):
    client = app.test_client()
    with client.session_transaction() as session:
        session["person"] = facts_of(replace(a_person(), session_id=uuid4()))

    assert client.post("/api/v1/jobs", json=a_request(), headers=KEY).status_code == 403
    assert jobs_of(deps) == []


def test_another_offices_job_is_not_found(app, deps):
    job = a_job(deps)
    stranger = PageClient(app, a_person(office_id=NEIGHBOUR))

    assert stranger.api("GET", f"/api/v1/jobs/{job.id}").status_code == 404
    retried = stranger.api("POST", f"/api/v1/jobs/{job.id}/retry", headers=KEY)
    assert retried.status_code == 404


def test_the_leader_reads_and_does_not_ask(app, deps):
    job = a_job(deps)
    leader = PageClient(app, a_person(Role.LEADER))

    assert leader.api("GET", f"/api/v1/jobs/{job.id}").status_code == 200
    asked = leader.api("POST", "/api/v1/jobs", json=a_request(), headers=KEY)
    assert asked.status_code == 403
    assert len(jobs_of(deps)) == 1


def test_a_job_under_way_is_not_disturbed_by_a_retry(clerk, deps):
    job = a_job(deps)

    answer = clerk.api("POST", f"/api/v1/jobs/{job.id}/retry", headers=KEY)

    assert (answer.status_code, answer.json["state"]) == (202, "queued")
    assert deps.messenger.woken == [job.id]


def test_the_archive_asks_for_a_pdf_once_a_version(archive, deps):
    body = a_conversion()

    first = archive("POST", "/api/v1/conversions", json=body)
    second = archive("POST", "/api/v1/conversions", json=body)

    assert (first.status_code, second.status_code) == (202, 202)
    assert first.json["id"] == second.json["id"]
    assert first.json["version_id"] == body["version_id"]
    assert len(deps.messenger.woken) == 1


def test_only_the_archive_asks_for_pdfs(archive, clerk, deps):
    refused = archive("POST", "/api/v1/conversions", json=a_conversion(), caller=Service.INTAKE)
    assert refused.status_code == 403
    asked = clerk.api("POST", "/api/v1/conversions", json=a_conversion(), headers=KEY)
    assert asked.status_code == 403
    assert jobs_of(deps) == []


def test_a_conversion_must_name_a_version(archive):
    answer = archive("POST", "/api/v1/conversions", json={"version_id": "x", "sha256": ""})

    assert {error["pointer"] for error in answer.json["errors"]} == {"#/version_id", "#/sha256"}


def test_readiness_names_what_is_missing(app, deps):
    client = app.test_client()
    assert client.get("/health/ready").status_code == 200

    deps.messenger.is_up = False

    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json["checks"] == {"database": True, "broker": False, "templates": True}


def test_the_worker_is_red_until_a_heartbeat_arrives_and_after_it_stops(app, deps):
    client = app.test_client()
    assert client.get("/health/worker").status_code == 503

    beat(deps=deps)
    assert client.get("/health/worker").status_code == 200

    deps.now.pass_seconds(61)
    assert client.get("/health/worker").status_code == 503


def test_pdfs_are_green_only_while_a_worker_makes_them_as_they_must_be(app, deps):
    client = app.test_client()
    assert client.get("/health/pdf").status_code == 503

    deps.converter.font_fault = FontFault.LETTERS_MISSING
    beat(deps=deps)
    assert client.get("/health/pdf").status_code == 503

    deps.converter.font_fault = FontFault.NONE
    beat(deps=deps)
    assert client.get("/health/pdf").status_code == 200

    deps.now.pass_seconds(61)
    assert client.get("/health/pdf").status_code == 503
