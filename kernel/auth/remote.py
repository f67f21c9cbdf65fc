"""Sessions and API tokens as intake keeps them, asked over HTTP and remembered for half a minute.

While intake is away, what it said last holds: the archive serves although intake is down. A
session of which nothing is known is believed then, because its cookie is signed and short-lived;
an API token of which nothing is known is not.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import httpx
from marshmallow import ValidationError

from kernel.auth.principal import Person
from kernel.clock import utc_now
from kernel.contracts.credentials import Introspection, IntrospectionSchema
from kernel.errors import UpstreamUnavailable
from kernel.http_client import ServiceClient

FRESH_SECONDS = 30
PAUSE_SECONDS = 5
_TIMEOUT = httpx.Timeout(2, connect=1)
_REMEMBERED = 10_000
_NO_OFFICE = UUID(int=0)


@dataclass(frozen=True, slots=True)
class _Memory:
    asked_at: float
    answer: Introspection


class RemoteCredentials:
    """Asks intake; safe to share between threads."""

    def __init__(
        self,
        client: ServiceClient,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._client, self._monotonic, self._now = client, monotonic, now
        self._memories: OrderedDict[str, _Memory] = OrderedDict()
        self._away_until = float("-inf")
        self._lock = threading.Lock()

    def session(self, session_id: UUID, claimed: Person) -> Person | None:
        """Return whose session it is now; the cookie's own word where nobody can be asked."""
        path = f"/api/v1/introspection/sessions/{session_id}"
        answer = self._answer(path, office_id=claimed.office_id)
        return claimed if answer is None else answer.person

    def token(self, digest: str) -> Person | None:
        """Return whose token it is, or raise UpstreamUnavailable where nobody can be asked."""
        answer = self._answer(f"/api/v1/introspection/tokens/{digest}", office_id=_NO_OFFICE)
        if answer is None:
            raise UpstreamUnavailable(
                "Chưa kiểm tra được thẻ truy cập vì phần Tiếp nhận tạm thời chưa trả lời."
            )
        is_over = answer.expires_at is not None and answer.expires_at <= self._now()
        return None if is_over else answer.person

    def _answer(self, path: str, *, office_id: UUID) -> Introspection | None:
        now = self._monotonic()
        with self._lock:
            memory = self._memories.get(path)
            if memory and now - memory.asked_at < FRESH_SECONDS:
                return memory.answer
            if now < self._away_until:
                return memory.answer if memory else None
            if memory:  # whoever comes while this one asks is served from memory
                self._memories[path] = replace(memory, asked_at=now)
        try:
            answer = self._ask(path, office_id=office_id)
        except UpstreamUnavailable:
            self._away_until = self._monotonic() + PAUSE_SECONDS
            return memory.answer if memory else None
        self._remember(path, answer, now)
        return answer

    def _ask(self, path: str, *, office_id: UUID) -> Introspection:
        response = self._client.call("GET", path, office_id=office_id, attempts=1, timeout=_TIMEOUT)
        try:
            answer: Introspection = IntrospectionSchema().load(response.json())
        except (ValidationError, ValueError) as exc:
            raise UpstreamUnavailable("Phần Tiếp nhận trả lời không đúng dạng.") from exc
        return answer

    def _remember(self, path: str, answer: Introspection, at: float) -> None:
        with self._lock:
            self._memories[path] = _Memory(at, answer)
            self._memories.move_to_end(path)
            while len(self._memories) > _REMEMBERED:
                self._memories.popitem(last=False)
