from dataclasses import replace
from uuid import uuid4

import pytest

from kernel.auth.principal import Role
from services.assembler.app import create_app
from services.assembler.use_cases.making_batches import make_batch
from services.assembler.use_cases.printing import print_batch
from services.assembler.use_cases.watching import list_jobs
from tests.builders.assembler import NEIGHBOUR, OFFICE, FakeIntake, a_person
from tests.builders.batches import (
    BRITTLE,
    CERTIFICATE,
    NUISANCE,
    a_batch,
    a_dossier_of,
    a_library,
    made,
    people,
    seen,
)
from tests.support.apps import assembler_settings
from tests.support.pages import PageClient

KEY = {"Idempotency-Key": "key-of-this-call"}
BATCHES = "/api/v1/batches"
NOWHERE = "2b587e29-8c2d-476a-a80e-ab257a7054ef"  # fixed: processes must agree on names


@pytest.fixture
def deps(deps, tmp_path):
    intake = FakeIntake(a_dossier_of("An Một", NUISANCE, "Bình Hai"))
    return replace(deps, templates=a_library(tmp_path / "templates", BRITTLE), intake=intake)


@pytest.fixture
def app(deps, tmp_path, kernel_settings):
    return create_app(assembler_settings(folder=tmp_path, kernel=kernel_settings), deps)


@pytest.fixture
def clerk(app):
    return PageClient(app, a_person())


def a_request(**changes):
    usual = {
        "subject": "certificates",
        "period_id": str(uuid4()),
        "kind": CERTIFICATE,
        "on": "2024-01-15",
        "decision_number": "12/QĐ-UBND",
        "first_entry": 5,
    }
    return {**usual, **changes}


def jobs_of(deps):
    return list_jobs(office_id=OFFICE, before=None, deps=deps).jobs


def test_a_batch_is_accepted_followed_and_taken(clerk, deps):
    answer = clerk.api("POST", BATCHES, json=a_request(), headers=KEY)
    assert (answer.status_code, answer.json["state"]) == (202, "queued")
    (job,) = jobs_of(deps)
    make_batch(job.id, worker="w", deps=deps)

    facts = clerk.api("GET", answer.headers["Location"]).json

    assert (facts["id"], facts["total"], facts["done"], facts["failed"]) == (str(job.id), 3, 2, 1)
    assert (facts["subject"], facts["first_entry"], facts["pdf"]) == ("certificates", 5, None)
    items = clerk.api("GET", f"{BATCHES}/{job.id}/items").json
    assert [item["state"] for item in items["items"]] == ["done", "failed", "done"]
    assert "awardee.nothing" in items["items"][1]["reason"]
    assert items["next_after"] is None


def test_the_same_key_gives_the_same_batch_and_another_content_a_conflict(clerk, deps):
    body = a_request()

    first = clerk.api("POST", BATCHES, json=body, headers=KEY)
    second = clerk.api("POST", BATCHES, json=body, headers=KEY)
    other = clerk.api("POST", BATCHES, json={**body, "first_entry": 6}, headers=KEY)

    assert first.json["id"] == second.json["id"]
    assert other.status_code == 409
    assert len(jobs_of(deps)) == 1


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (a_request(extra=1), "#/extra"),
        (a_request(subject="letters"), "#/subject"),
        (a_request(subject=None), "#/subject"),
        (a_request(period_id="x"), "#/period_id"),
        (a_request(kind="summary_report"), "#/kind"),
        (a_request(kind=""), "#/kind"),
        (a_request(on="2024-02-31"), "#/on"),
        (a_request(first_entry=1.5), "#/first_entry"),
        (a_request(first_entry=True), "#/first_entry"),
        (a_request(first_entry=[5]), "#/first_entry"),
        (a_request(on_stock="perhaps"), "#/on_stock"),
        (a_request(decision_number="12\u0000"), "#/decision_number"),
        (a_request(subject="decisions"), "#/kind"),
        ({}, "#/subject"),
    ],
)
def test_a_refused_request_leaves_no_trace(clerk, deps, body, pointer):
    answer = clerk.api("POST", BATCHES, json=body, headers=KEY)

    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert pointer in {error["pointer"] for error in answer.json["errors"]}
    assert (jobs_of(deps), deps.messenger.woken) == ([], [])


@pytest.mark.parametrize("ending", ["", f"/{NOWHERE}/retry", f"/{NOWHERE}/pdf"])
def test_a_call_without_a_key_is_refused(clerk, ending):
    answer = clerk.api("POST", BATCHES + ending, json=a_request())

    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"].endswith("/Idempotency-Key")


def test_what_failed_is_asked_for_again_once_a_key(clerk, deps):
    batch = a_batch(deps)
    made(batch, deps)

    answers = [clerk.api("POST", f"{BATCHES}/{batch.job.id}/retry", headers=KEY) for _ in range(2)]

    assert [(it.status_code, it.json["state"]) for it in answers] == [(202, "queued")] * 2
    assert deps.messenger.woken.count(batch.job.id) == 2


def test_one_pdf_is_asked_for_and_taken(clerk, deps):
    batch = a_batch(deps)
    made(batch, deps)
    path = f"{BATCHES}/{batch.job.id}"
    assert clerk.api("GET", f"{path}/merged.pdf").status_code == 409

    asked = clerk.api("POST", f"{path}/pdf", headers=KEY).json["pdf"]
    print_batch(seen(batch, deps).printed.id, worker="w", deps=deps)
    facts = clerk.api("GET", path).json["pdf"]

    assert (asked["state"], asked["pages"]) == ("queued", None)
    assert (facts["state"], facts["pages"], facts["is_quick_view"]) == ("done", 3, False)
    pdf = clerk.api("GET", f"{path}/merged.pdf")
    assert (pdf.mimetype, pdf.data) == ("application/pdf", b"%PDF-1.7 fake")


def test_a_long_batch_is_listed_by_pages(clerk, deps):
    deps.intake.held = a_dossier_of(*people(201))
    path = f"{BATCHES}/{a_batch(deps).job.id}/items"

    first = clerk.api("GET", path).json
    second = clerk.api("GET", f"{path}?after={first['next_after']}").json

    assert [item["position"] for item in second["items"]] == [201]
    for strange in ("x", "-1", "9" * 30):
        assert clerk.api("GET", f"{path}?after={strange}").status_code == 422


@pytest.mark.parametrize("position", ["0", "100001", "9" * 40])
def test_an_item_that_cannot_be_is_not_found(clerk, deps, position):
    path = f"{BATCHES}/{a_batch(deps).job.id}/items/{position}.docx"

    assert clerk.api("GET", path).status_code == 404


def test_another_offices_batch_is_not_found_and_the_leader_only_reads(app, deps):
    batch = a_batch(deps)
    made(batch, deps)
    stranger = PageClient(app, a_person(office_id=NEIGHBOUR))
    leader = PageClient(app, a_person(Role.LEADER))
    path = f"{BATCHES}/{batch.job.id}"

    for ending in ("", "/items", "/documents.zip", "/merged.docx", "/merged.pdf"):
        assert stranger.api("GET", path + ending).status_code == 404
    assert leader.api("GET", f"{path}/items").status_code == 200
    for ending in ("/retry", "/pdf"):
        assert stranger.api("POST", path + ending, headers=KEY).status_code == 404
        assert leader.api("POST", path + ending, headers=KEY).status_code == 403
    assert leader.api("POST", BATCHES, json=a_request(), headers=KEY).status_code == 403
