"""How one service calls another: bounded in time, signed, traced, with one kind of failure."""

import logging
import time
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import httpx

from kernel.auth.principal import SERVICE_LABELS, Service
from kernel.auth.service_tokens import issue_token
from kernel.errors import Conflict, InvalidInput, Located, NotFound, UpstreamUnavailable
from kernel.request_context import HEADER, request_id

logger = logging.getLogger("thidua.http_client")

TIMEOUT = httpx.Timeout(10, connect=2)
_SAFE_TO_REPEAT = frozenset({"GET", "HEAD", "PUT", "DELETE"})
_ATTEMPTS = 3
_PAUSE_SECONDS = 0.2


class ServiceClient:
    """Calls one other service on behalf of one office."""

    def __init__(
        self,
        base_url: str,
        *,
        caller: Service,
        audience: Service,
        service_key: str,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._caller, self._audience, self._key = caller, audience, service_key
        self._http = httpx.Client(
            base_url=base_url, timeout=TIMEOUT, transport=transport, trust_env=False
        )

    def call(
        self,
        method: str,
        path: str,
        *,
        office_id: UUID,
        idempotency_key: str | None = None,
        attempts: int = _ATTEMPTS,
        **options: Any,
    ) -> httpx.Response:
        """Return the answer of a successful call.

        Raises NotFound, Conflict or InvalidInput with the other service's own words for 404, 409
        and 422, and UpstreamUnavailable for time-outs, refused connections and 5xx. A call that
        may be repeated (safe method, or one with an Idempotency-Key) is tried `attempts` times;
        one is right where somebody waits for the answer and a later round repairs the loss.
        """
        headers = self._headers(office_id, idempotency_key)
        repeatable = method in _SAFE_TO_REPEAT or idempotency_key is not None
        last = attempts if repeatable else 1
        for attempt in range(1, last + 1):
            try:
                response = self._http.request(method, path, headers=headers, **options)
            except httpx.TransportError:
                self._log(method, path, attempt, status=None)
            else:
                if response.status_code < 500:
                    return _unless_refused(response)
                self._log(method, path, attempt, status=response.status_code)
            if attempt < last:
                time.sleep(_PAUSE_SECONDS * attempt)
        raise UpstreamUnavailable(
            f"Phần {SERVICE_LABELS[self._audience]} tạm thời chưa trả lời. Hãy thử lại sau ít phút."
        )

    def _headers(self, office_id: UUID, idempotency_key: str | None) -> Mapping[str, str]:
        token = issue_token(
            self._key, caller=self._caller, audience=self._audience, office_id=office_id
        )
        headers = {"Authorization": f"Bearer {token}", HEADER: request_id()}
        if idempotency_key:
            headers["Idempotency-Key"] = idempotency_key
        return headers

    def _log(self, method: str, path: str, attempt: int, *, status: int | None) -> None:
        logger.warning(
            "call failed",
            extra={
                "audience": self._audience.value,
                "method": method,
                "path": path,
                "attempt": attempt,
                "status": status,
            },
        )

    def close(self) -> None:
        """Close the pooled connections."""
        self._http.close()


def _unless_refused(response: httpx.Response) -> httpx.Response:
    if response.is_success:
        return response
    body = _problem(response)
    detail = str(body.get("detail") or "Dịch vụ từ chối yêu cầu.")
    if response.status_code == 404:
        raise NotFound(detail)
    if response.status_code == 409:
        raise Conflict(detail)
    if response.status_code in {400, 413, 422}:
        raise InvalidInput(detail, errors=[Located(**item) for item in body.get("errors", [])])
    # 401, 403, 405 …: our own mistake, not the user's; it must be loud.
    raise RuntimeError(f"{response.request.method} {response.url.path}: {response.status_code}")


def _problem(response: httpx.Response) -> dict[str, Any]:
    if response.headers.get("content-type", "").startswith("application/problem+json"):
        body: dict[str, Any] = response.json()
        return body
    return {}
