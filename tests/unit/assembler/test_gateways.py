import json
from dataclasses import asdict
from uuid import UUID, uuid4

import httpx
import pytest

from kernel.auth.principal import Service
from kernel.auth.service_tokens import read_token
from kernel.contracts.deposits import Deposit, DepositReceipt
from kernel.contracts.dossier import DossierSchema
from kernel.contracts.renditions import RenditionOutcome
from kernel.errors import Conflict, UpstreamUnavailable
from kernel.http_client import ServiceClient
from services.assembler.gateways.archive import ArchiveClient
from services.assembler.gateways.intake import IntakeClient
from tests.builders.assembler import OFFICE
from tests.builders.dossiers import a_dossier

KEY = "test-service-key-test-service-key-te"


class Answers:
    """A transport that answers one thing and remembers what it was asked."""

    def __init__(self, response):
        self.response, self.requests = response, []

    def __call__(self, request):
        self.requests.append(request)
        return self.response

    @property
    def request(self):
        return self.requests[0]


def a_client(answers, audience):
    return ServiceClient(
        "http://service.test/prefix",
        caller=Service.ASSEMBLER,
        audience=audience,
        service_key=KEY,
        transport=httpx.MockTransport(answers),
    )


def an_archive(response):
    answers = Answers(response)
    return ArchiveClient(a_client(answers, Service.ARCHIVE)), answers


def an_intake(response):
    answers = Answers(response)
    return IntakeClient(a_client(answers, Service.INTAKE)), answers


def a_deposit():
    content = a_dossier().content
    return Deposit(
        document_key="2023:summary_report",
        document_type="BC",
        subject="Tổng kết & phương hướng",
        year=2023,
        issuing_body="hdtdkt",
        issuing_body_name="Hội đồng Thi đua - Khen thưởng xã Linh Thông",
        register_symbol="BC-TĐKT",
        place="Linh Thông",
        signer=content.office.signer,
        recipients=content.office.recipients,
        template="summary_report",
        template_sha256="1" * 64,
        dossier_id=uuid4(),
        dossier_sha256="2" * 64,
        sha256="3" * 64,
    )


def test_a_dossier_is_frozen_for_the_office_with_the_key_of_the_request():
    dossier = a_dossier()
    intake, answers = an_intake(httpx.Response(201, json=DossierSchema().dump(dossier)))
    period_id = uuid4()

    assert intake.freeze_dossier(period_id, office_id=OFFICE, idempotency_key="a-key") == dossier

    token = answers.request.headers["Authorization"].removeprefix("Bearer ")
    assert answers.request.url.path == f"/prefix/api/v1/periods/{period_id}/dossiers"
    assert answers.request.headers["Idempotency-Key"] == "a-key"
    assert read_token(KEY, token, audience=Service.INTAKE).office_id == OFFICE


def test_a_frozen_dossier_arrives_as_it_was():
    dossier = a_dossier()
    intake, answers = an_intake(httpx.Response(200, json=DossierSchema().dump(dossier)))

    assert intake.dossier(dossier.id, office_id=OFFICE) == dossier
    assert answers.request.url.path == f"/prefix/api/v1/dossiers/{dossier.id}"


def test_periods_are_read_whatever_else_intake_says_of_them():
    period = {"id": str(uuid4()), "code": "2023", "title": "Tổng kết", "year": 2023}
    body = [{**period, "accepted": 3, "total": 17, "due_on": "2024-01-05", "status": "open"}]
    intake, _ = an_intake(httpx.Response(200, json=body))

    (found,) = intake.periods(office_id=OFFICE)

    assert {**asdict(found), "id": str(found.id)} == {**period, "accepted": 3, "total": 17}


def test_a_draft_travels_beside_its_metadata():
    receipt = DepositReceipt(document_id=uuid4(), version_id=uuid4(), version=2, sha256="3" * 64)
    body = {name: str(v) if isinstance(v, UUID) else v for name, v in asdict(receipt).items()}
    archive, answers = an_archive(httpx.Response(201, json=body))
    job_id = uuid4()

    assert archive.deposit(job_id, a_deposit(), b"docx bytes", office_id=OFFICE) == receipt

    sent = answers.request.content
    assert (answers.request.method, answers.request.url.path) == (
        "PUT",
        f"/prefix/api/v1/deposits/{job_id}",
    )
    assert b'name="file"; filename="draft.docx"' in sent
    assert b"docx bytes" in sent
    assert "Tổng kết & phương hướng".encode() in sent
    assert b'name="metadata"\r\n' in sent


@pytest.mark.parametrize("pdf", [b"%PDF", None])
def test_an_outcome_travels_with_or_without_a_pdf(pdf):
    archive, answers = an_archive(httpx.Response(204))
    outcome = RenditionOutcome(converter="LibreOffice", is_quick_view=False, pages=2)
    version_id = uuid4()

    archive.put_rendition(version_id, outcome, pdf, office_id=OFFICE)

    assert answers.request.url.path == f"/prefix/api/v1/versions/{version_id}/rendition"
    assert (b'name="file"' in answers.request.content) is (pdf is not None)
    assert json.dumps("LibreOffice").encode() in answers.request.content


def test_the_bytes_of_a_version_arrive_as_they_are():
    archive, answers = an_archive(httpx.Response(200, content=b"bytes"))
    version_id = uuid4()

    assert archive.version_content(version_id, office_id=OFFICE) == b"bytes"
    assert answers.request.url.path == f"/prefix/api/v1/versions/{version_id}/content"


def test_the_outbox_is_pushed_for_every_office():
    archive, answers = an_archive(httpx.Response(200, json={"sent": 0}))

    archive.push_outbox()

    token = answers.request.headers["Authorization"].removeprefix("Bearer ")
    assert read_token(KEY, token, audience=Service.ARCHIVE).office_id == UUID(int=0)


def test_a_refusal_keeps_the_archives_words():
    problem = {"detail": "Văn bản đã ban hành.", "status": 409}
    headers = {"Content-Type": "application/problem+json"}
    archive, _ = an_archive(httpx.Response(409, json=problem, headers=headers))

    with pytest.raises(Conflict, match="đã ban hành"):
        archive.deposit(uuid4(), a_deposit(), b"docx", office_id=OFFICE)


def test_a_service_that_is_away_is_named_in_vietnamese():
    archive, answers = an_archive(httpx.Response(503))

    with pytest.raises(UpstreamUnavailable, match="Lưu trữ"):
        archive.push_outbox()
    assert len(answers.requests) == 3
