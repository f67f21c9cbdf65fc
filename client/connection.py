"""One connection with patience: a call that got no answer is sent again under the same key."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

from client.problems import refusal, silence

_SAFE = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How often a call is sent while there is no answer, or 503, and the growing waits between.

    Nothing else is sent again: every other answer is one.
    """

    attempts: int = 4
    first_wait_seconds: float = 0.5
    growth: float = 2.0
    longest_wait_seconds: float = 30.0
    sleep: Callable[[float], None] = time.sleep

    def wait(self, attempt: int, asked_for: float = 0.0) -> None:
        """Wait after that attempt, at least as long as the service asked for."""
        own = self.first_wait_seconds * self.growth ** (attempt - 1)
        self.sleep(min(self.longest_wait_seconds, max(own, asked_for)))


class Connection:
    """Sends calls; each unsafe one carries an Idempotency-Key, so that it happens once."""

    def __init__(self, http: httpx.Client, patience: Patience) -> None:
        self._http, self._patience = http, patience

    def ask(
        self,
        method: str,
        path: str,
        *,
        key: str | None = None,
        headers: Mapping[str, str] | None = None,
        **content: Any,
    ) -> httpx.Response:
        """Return the answer, unless it is a refusal, which is raised.

        `key` is for a caller who may himself be started again, and then repeats the call.
        """
        sent = dict(headers or {})
        if method not in _SAFE:
            sent["Idempotency-Key"] = key or str(uuid4())
        answer = self._patiently(method, path, headers=sent, **content)
        if answer.is_error:
            raise refusal(answer)
        return answer

    def remember(self, **headers: str) -> None:
        """Send these headers with every call from now on."""
        self._http.headers.update({name.replace("_", "-"): it for name, it in headers.items()})

    def close(self) -> None:
        """Close the pooled connections."""
        self._http.close()

    def _patiently(self, method: str, path: str, **content: Any) -> httpx.Response:
        for attempt in range(1, self._patience.attempts + 1):
            is_last = attempt == self._patience.attempts
            try:
                answer = self._http.request(method, path, **content)
            except httpx.TransportError as cause:
                if is_last:
                    raise silence(method, path, cause) from cause
                self._patience.wait(attempt)
            else:
                if answer.status_code != 503 or is_last:
                    return answer
                self._patience.wait(attempt, _asked_for(answer))
        raise ValueError("a patience of no attempts asks nothing")


def _asked_for(answer: httpx.Response) -> float:
    said = answer.headers.get("Retry-After", "")
    return float(said) if said.isdecimal() else 0.0
