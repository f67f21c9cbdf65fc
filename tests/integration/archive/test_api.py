import hashlib
import io
import json
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kernel.auth.principal import Role, Service
from kernel.auth.service_tokens import issue_token
from kernel.contracts.deposits import DepositSchema
from kernel.settings import KernelSettings
from services.archive.persistence.models import DocumentRow, VersionRow
from services.archive.use_cases.deps import Deps
from tests.builders.archive import (
    COMMUNE,
    NEIGHBOUR,
    OTHER_DISTRICT,
    a_deposit,
    a_draft,
    a_person,
)
from tests.support.archive import FakeConverter, count, deposited, issued
from tests.support.pages import PageClient

PDF = b"%PDF-1.7 fake"


class Assembler:
    """Calls the archive as the assembler does, for one office."""

    def __init__(self, app: Flask, settings: KernelSettings, caller: Service) -> None:
        self._client, self._key, self._caller = app.test_client(), settings.service_key, caller

    def call(self, method: str, path: str, *, office_id=COMMUNE, **options: Any) -> TestResponse:
        token = issue_token(
            self._key, caller=self._caller, audience=Service.ARCHIVE, office_id=office_id
        )
        headers = {"Authorization": f"Bearer {token}"}
        return self._client.open(f"/api/v1{path}", method=method, headers=headers, **options)

    def deposit(self, key: str, data: bytes, **changes: Any) -> TestResponse:
        metadata = json.dumps(DepositSchema().dump(a_deposit(data, **changes)))
        return self.call("PUT", f"/deposits/{key}", data=_parts(metadata, data, "draft.docx"))


def _parts(metadata: str, data: bytes | None, name: str) -> dict[str, Any]:
    file = {"file": (io.BytesIO(data), name)} if data is not None else {}
    return {"metadata": metadata, **file}


@pytest.fixture
def assembler(app: Flask, kernel_settings: KernelSettings) -> Assembler:
    return Assembler(app, kernel_settings, Service.ASSEMBLER)


def _body(**changes: Any) -> dict[str, Any]:
    return {"issued_on": "2024-01-05", **changes}


def test_a_deposit_is_answered_with_its_receipt_and_repeated_at_will(assembler: Assembler):
    data = a_draft()

    first = assembler.deposit("job-1", data)
    again = assembler.deposit("job-1", data)
    other = assembler.deposit("job-1", a_draft("khác"))

    assert (first.status_code, again.status_code, other.status_code) == (200, 200, 409)
    assert first.json == again.json
    assert first.json["version"] == 1
    assert first.json["sha256"] == hashlib.sha256(data).hexdigest()


def test_the_metadata_may_also_come_as_a_file_part(assembler: Assembler):
    data = a_draft()
    metadata = json.dumps(DepositSchema().dump(a_deposit(data))).encode()
    parts = {
        "metadata": (io.BytesIO(metadata), "metadata.json"),
        "file": (io.BytesIO(data), "draft.docx"),
    }

    assert assembler.call("PUT", "/deposits/k", data=parts).status_code == 200


@pytest.mark.parametrize(
    ("metadata", "pointer"),
    [
        (None, "#/metadata"),
        ("{", "#/metadata"),
        ('{"extra": 1}', "#/extra"),
        ("[]", "#"),
    ],
)
def test_a_refused_deposit_says_where_and_leaves_no_trace(
    assembler: Assembler, deps: Deps, metadata: str | None, pointer: str
):
    parts = _parts(metadata or "", a_draft(), "draft.docx")
    if metadata is None:
        del parts["metadata"]

    response = assembler.call("PUT", "/deposits/k", data=parts)

    assert (response.status_code, response.mimetype) == (422, "application/problem+json")
    assert pointer in {error["pointer"] for error in response.json["errors"]}
    assert count(deps, DocumentRow) == 0


def test_a_deposit_without_a_file_is_refused(assembler: Assembler):
    metadata = json.dumps(DepositSchema().dump(a_deposit(a_draft())))

    response = assembler.call("PUT", "/deposits/k", data={"metadata": metadata})

    assert response.status_code == 422
    assert response.json["errors"][0]["pointer"] == "#/file"


def test_people_and_other_services_may_not_deposit(
    app: Flask, clerk: PageClient, kernel_settings: KernelSettings, deps: Deps
):
    intake = Assembler(app, kernel_settings, Service.INTAKE)

    assert clerk.api("PUT", "/api/v1/deposits/k").status_code == 403
    assert intake.deposit("k", a_draft()).status_code == 403
    assert app.test_client().put("/api/v1/deposits/k").status_code in {401, 403}
    assert count(deps, DocumentRow) == 0


def test_the_assembler_fetches_the_bytes_and_brings_the_pdf(assembler: Assembler, deps: Deps):
    receipt = deposited(deps)
    path = f"/versions/{receipt.version_id}"
    metadata = '{"converter": "LibreOffice 7.4", "is_quick_view": false, "pages": 2}'

    content = assembler.call("GET", f"{path}/content")
    outcome = assembler.call("PUT", f"{path}/rendition", data=_parts(metadata, PDF, "v.pdf"))
    failed = assembler.call(
        "PUT",
        f"{path}/rendition",
        data={"metadata": '{"converter":"","is_quick_view":true,"pages":0,"failure":"x"}'},
    )

    assert hashlib.sha256(content.data).hexdigest() == receipt.sha256
    assert (outcome.status_code, outcome.json["state"]) == (200, "of-record")
    assert (failed.status_code, failed.json["state"]) == (200, "of-record")
    foreign = assembler.call("GET", f"{path}/content", office_id=NEIGHBOUR)
    assert foreign.status_code == 404


def test_the_nudge_sends_what_is_unsent_of_every_office(
    assembler: Assembler, deps: Deps, converter: FakeConverter
):
    converter.is_down = True
    deposited(deps)
    deposited(deps, office_id=NEIGHBOUR)
    converter.is_down = False

    response = assembler.call("POST", "/outbox/deliveries")

    assert response.json == {"sent": 2, "failed": 0}
    assert {office for office, _ in converter.asked} == {COMMUNE, NEIGHBOUR}


def test_a_clerk_issues_by_api_and_repeats_by_key(clerk: PageClient, deps: Deps):
    receipt = deposited(deps)
    path = f"/api/v1/documents/{receipt.document_id}/issue"
    body = _body(version_id=str(receipt.version_id))

    first = clerk.api("POST", path, json=body, headers={"Idempotency-Key": "test-key-k1"})
    again = clerk.api("POST", path, json=body, headers={"Idempotency-Key": "test-key-k1"})
    other = clerk.api("POST", path, json=body, headers={"Idempotency-Key": "test-key-k2"})

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 409)
    assert first.json == again.json
    assert (first.json["text"], first.json["issued_on"]) == ("01/BC-TĐKT", "2024-01-05")


@pytest.mark.parametrize(
    "broken",
    [{"version_id": "x"}, {"issued_on": "hôm nay"}, {"extra": 1}, {"issued_on": None}],
)
def test_a_refused_issue_says_where_and_takes_no_number(
    clerk: PageClient, deps: Deps, broken: dict[str, Any]
):
    receipt = deposited(deps)
    body = _body(version_id=str(receipt.version_id)) | broken

    response = clerk.api(
        "POST",
        f"/api/v1/documents/{receipt.document_id}/issue",
        json=body,
        headers={"Idempotency-Key": "test-key-k"},
    )

    assert response.status_code == 422
    assert response.json["errors"][0]["pointer"] == f"#/{next(iter(broken))}"
    assert count(deps, VersionRow) == 1


def test_an_unsafe_call_without_a_key_is_refused(clerk: PageClient, deps: Deps):
    receipt = deposited(deps)

    response = clerk.api(
        "POST",
        f"/api/v1/documents/{receipt.document_id}/issue",
        json=_body(version_id=str(receipt.version_id)),
    )

    assert response.status_code == 422
    assert "Idempotency-Key" in response.json["detail"] + str(response.json["errors"])


def test_a_clerk_uploads_by_api(clerk: PageClient, deps: Deps):
    receipt = deposited(deps)

    response = clerk.api(
        "POST",
        f"/api/v1/documents/{receipt.document_id}/versions",
        data={"file": (io.BytesIO(a_draft("sửa")), "a.docx")},
        headers={"Idempotency-Key": "test-key-u"},
    )

    assert (response.status_code, response.json["version"], response.json["is_new"]) == (
        201,
        2,
        True,
    )


def test_a_clerk_and_a_leader_read_a_leader_does_not_write(
    clerk: PageClient, leader: PageClient, deps: Deps
):
    receipt = issued(deps)
    path = f"/api/v1/documents/{receipt.document_id}"

    for reader in (clerk, leader):
        listed = reader.api("GET", "/api/v1/documents?q=thi+dua&number=1")
        shown = reader.api("GET", path)
        assert [item["id"] for item in listed.json["items"]] == [str(receipt.document_id)]
        assert shown.json["document"]["issue"]["text"] == "01/BC-TĐKT"
        assert shown.json["deliveries"][0]["state"] == "new"
    refused = leader.api(
        "POST", f"{path}/issue", json={}, headers={"Idempotency-Key": "test-key-k"}
    )
    assert refused.status_code == 403


def test_a_superior_reads_downloads_and_acknowledges_by_api(superior: PageClient, deps: Deps):
    receipt = issued(deps)
    path = f"/api/v1/inbox/{receipt.document_id}"

    listed = superior.api("GET", f"/api/v1/inbox?office={COMMUNE}&state=new")
    shown = superior.api("GET", path)
    docx = superior.api("GET", f"/api/v1/versions/{receipt.version_id}/docx")
    first = superior.api("POST", f"{path}/acknowledge", headers={"Idempotency-Key": "test-key-k"})
    again = superior.api("POST", f"{path}/acknowledge", headers={"Idempotency-Key": "test-key-k"})

    assert len(listed.json["items"]) == 1
    assert len(shown.json["document"]["versions"]) == 1
    assert hashlib.sha256(docx.data).hexdigest() == receipt.sha256
    assert (first.status_code, first.json) == (200, again.json)
    assert first.json["state"] == "acknowledged"


def test_what_is_not_yours_does_not_exist(app: Flask, deps: Deps):
    receipt, draft = issued(deps), deposited(deps)
    stranger = PageClient(app, a_person(Role.SUPERIOR, OTHER_DISTRICT))
    neighbour = PageClient(app, a_person(Role.CLERK, NEIGHBOUR))

    answers = [
        stranger.api("GET", f"/api/v1/inbox/{receipt.document_id}"),
        stranger.api("GET", f"/api/v1/versions/{receipt.version_id}/docx"),
        stranger.api("GET", f"/api/v1/versions/{receipt.version_id}/pdf"),
        stranger.api("GET", f"/api/v1/inbox/{draft.document_id}"),
        neighbour.api("GET", f"/api/v1/documents/{receipt.document_id}"),
        neighbour.api("GET", f"/api/v1/versions/{draft.version_id}/docx"),
        neighbour.api("GET", f"/api/v1/documents/{uuid4()}"),
    ]

    assert {answer.status_code for answer in answers} == {404}


@pytest.mark.parametrize(
    "query",
    [
        "after=x",
        "after=2024-01-01~x",
        f"after=2024-01-01~{COMMUNE}",
        f"after=0001-01-01T00:00:00%2B23:00~{COMMUNE}",
        f"after=9999-12-31T23:59:59-23:00~{COMMUNE}",
        "year=12",
        "state=zzz",
        "number=0",
        "year=abc",
    ],
)
def test_a_filter_that_makes_no_sense_is_refused(clerk: PageClient, deps: Deps, query: str):
    assert clerk.api("GET", f"/api/v1/documents?{query}").status_code == 422


def test_an_issues_key_is_not_good_for_another_day(clerk: PageClient, deps: Deps):
    draft = deposited(deps)
    path = f"/api/v1/documents/{draft.document_id}/issue"
    body = {"version_id": str(draft.version_id), "issued_on": "2024-01-05"}
    headers = {"Idempotency-Key": "test-one-key"}

    answers = [
        clerk.api("POST", path, json=asked, headers=headers)
        for asked in (body, {**body, "issued_on": "2024-01-04"}, body)
    ]

    assert [answer.status_code for answer in answers] == [201, 409, 201]
    assert answers[2].json == answers[0].json


def test_a_list_is_walked_by_its_cursor(clerk: PageClient, deps: Deps):
    for _ in range(21):
        deposited(deps)

    first = clerk.api("GET", "/api/v1/documents").json
    second = clerk.api("GET", "/api/v1/documents", query_string={"after": first["next"]}).json

    assert (len(first["items"]), len(second["items"]), second["next"]) == (20, 1, None)


def test_a_download_carries_its_vietnamese_name_in_both_forms(clerk: PageClient, deps: Deps):
    receipt = issued(deps)

    response = clerk.api("GET", f"/api/v1/versions/{receipt.version_id}/docx")

    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=")
    assert "filename*=UTF-8''01_BC-T%C4%90KT_T%E1%BB%95ng" in disposition
    assert disposition.isascii()
    assert response.headers["X-Content-Sha256"] == receipt.sha256
