from uuid import uuid4

import httpx
import pytest

from kernel.auth.principal import Service
from kernel.errors import Conflict, InvalidInput, Located, NotFound, UpstreamUnavailable
from kernel.http_client import ServiceClient

OFFICE = uuid4()
PROBLEM = {"Content-Type": "application/problem+json"}


def client_of(*answers):
    """A client whose other side gives these answers in turn, and the requests it received."""
    received, remaining = [], list(answers)

    def handle(request):
        received.append(request)
        answer = remaining.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    client = ServiceClient(
        "http://other/intake",
        caller=Service.ASSEMBLER,
        audience=Service.INTAKE,
        service_key="k" * 40,
        transport=httpx.MockTransport(handle),
    )
    return client, received


def test_a_call_is_signed_and_traced():
    client, received = client_of(httpx.Response(200, json={"ok": True}))

    assert client.call("GET", "/api/v1/periods", office_id=OFFICE).json() == {"ok": True}
    assert received[0].headers["Authorization"].startswith("Bearer ")
    assert "X-Request-Id" in received[0].headers
    assert str(received[0].url) == "http://other/intake/api/v1/periods"


def test_a_read_is_tried_again_after_a_failure():
    client, received = client_of(
        httpx.ConnectError("down"), httpx.Response(502), httpx.Response(200)
    )

    assert client.call("GET", "/x", office_id=OFFICE).status_code == 200
    assert len(received) == 3


def test_a_write_without_a_key_is_never_repeated():
    client, received = client_of(httpx.ReadTimeout("slow"))

    with pytest.raises(UpstreamUnavailable):
        client.call("POST", "/x", office_id=OFFICE)
    assert len(received) == 1


def test_a_write_with_a_key_may_be_repeated():
    client, received = client_of(httpx.ReadTimeout("slow"), httpx.Response(201))

    assert client.call("POST", "/x", office_id=OFFICE, idempotency_key="k").status_code == 201
    assert [request.headers["Idempotency-Key"] for request in received] == ["k", "k"]


@pytest.mark.parametrize(("status", "kind"), [(404, NotFound), (409, Conflict)])
def test_a_refusal_keeps_the_other_services_words(status, kind):
    answer = httpx.Response(status, headers=PROBLEM, json={"detail": "Đã ban hành."})
    client, _ = client_of(answer)

    with pytest.raises(kind) as caught:
        client.call("PUT", "/x", office_id=OFFICE)
    assert caught.value.detail == "Đã ban hành."


def test_located_errors_come_through():
    errors = [{"pointer": "#/a", "detail": "Sai."}]
    answer = httpx.Response(422, headers=PROBLEM, json={"detail": "x", "errors": errors})
    client, _ = client_of(answer)

    with pytest.raises(InvalidInput) as caught:
        client.call("PUT", "/x", office_id=OFFICE)
    assert caught.value.errors == (Located("#/a", "Sai."),)


def test_a_refusal_that_is_our_own_mistake_is_loud():
    client, _ = client_of(httpx.Response(403))

    with pytest.raises(RuntimeError, match="403"):
        client.call("GET", "/x", office_id=OFFICE)
