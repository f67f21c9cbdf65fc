"""The request id: comes in, goes out, stands in every log line and every message."""

import re
from contextvars import ContextVar
from uuid import uuid4

from flask import Flask, Response, request

HEADER = "X-Request-Id"

_ACCEPTABLE = re.compile(r"[A-Za-z0-9._-]{8,64}")
_current: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """Return the id of the request or task under way; empty outside of both."""
    return _current.get()


def adopt(received: str | None) -> str:
    """Make the caller's id ours if it has the form of one, else a new one; return it."""
    chosen = received if received and _ACCEPTABLE.fullmatch(received) else uuid4().hex
    _current.set(chosen)
    return chosen


def init_app(app: Flask) -> None:
    """Give every request its id and return it to the caller."""

    @app.before_request
    def _adopt() -> None:
        adopt(request.headers.get(HEADER))

    @app.after_request
    def _answer(response: Response) -> Response:
        response.headers[HEADER] = request_id()
        return response
