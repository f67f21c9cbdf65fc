from uuid import uuid4

import httpx
import pytest

from kernel.auth.principal import Service
from kernel.auth.service_tokens import read_token
from kernel.contracts.renditions import ConversionRequest
from kernel.errors import UpstreamUnavailable
from kernel.http_client import ServiceClient
from services.archive.gateways.assembler import AssemblerConverter

KEY = "test-service-key-test-service-key-te"


def test_a_conversion_is_asked_for_with_its_key_and_for_its_office():
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(202, json={})

    office_id, version_id = uuid4(), uuid4()
    _converter(answer).ask(
        ConversionRequest(version_id=version_id, sha256="a"), office_id=office_id
    )

    request = seen[0]
    token = request.headers["Authorization"].removeprefix("Bearer ")
    assert str(request.url) == "http://assembler.invalid/assembler/api/v1/conversions"
    assert request.headers["Idempotency-Key"] == str(version_id)
    assert read_token(KEY, token, audience=Service.ASSEMBLER).office_id == office_id


def test_an_assembler_that_is_down_is_upstream_unavailable():
    converter = _converter(lambda _: httpx.Response(503))

    with pytest.raises(UpstreamUnavailable):
        converter.ask(ConversionRequest(version_id=uuid4(), sha256="a"), office_id=uuid4())


def _converter(answer: object) -> AssemblerConverter:
    client = ServiceClient(
        "http://assembler.invalid/assembler",
        caller=Service.ARCHIVE,
        audience=Service.ASSEMBLER,
        service_key=KEY,
        transport=httpx.MockTransport(answer),  # type: ignore[arg-type]
    )
    return AssemblerConverter(client)
