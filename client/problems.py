"""What may go wrong with a call, each kind a type of its own, with the problem that was told."""

from dataclasses import dataclass
from typing import Any

import httpx

_MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointed:
    """One thing that is wrong; `pointer` is a JSON pointer into what was sent."""

    pointer: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Problem details (RFC 9457), in Vietnamese; `instance` is to be looked for in the logs."""

    status: int
    title: str
    detail: str = ""
    type: str = "about:blank"
    instance: str = ""
    errors: tuple[Pointed, ...] = ()


class Refused(Exception):
    """A call was answered by a problem."""

    def __init__(self, asked: str, problem: Problem) -> None:
        super().__init__(asked, problem)
        self.asked, self.problem = asked, problem

    @property
    def pointers(self) -> tuple[str, ...]:
        """Return the places at which something is wrong, in the order of the answer."""
        return tuple(error.pointer for error in self.problem.errors)

    def __str__(self) -> str:
        places = "".join(f"\n  {it.pointer}: {it.detail}" for it in self.problem.errors)
        said = self.problem.detail or self.problem.title
        return f"{self.asked}: {self.problem.status} {said}{places}"


class NotSignedIn(Refused):
    """401: not signed in, or no longer."""


class Forbidden(Refused):
    """403: not for this role."""


class NotFound(Refused):
    """404: not there, or not yours; the two are never told apart."""


class Conflict(Refused):
    """409: no longer in the state that the call assumed. Look again first."""


class Invalid(Refused):
    """400, 413, 415, 422: what was sent, with its places."""


class Unavailable(Refused):
    """503, or no answer at all, however often it was asked."""


_KINDS: dict[int, type[Refused]] = {
    400: Invalid,
    401: NotSignedIn,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    413: Invalid,
    415: Invalid,
    422: Invalid,
    503: Unavailable,
}


def refusal(answer: httpx.Response) -> Refused:
    """Return the refusal that this answer is."""
    asked = f"{answer.request.method} {answer.request.url.path}"
    kind = _KINDS.get(answer.status_code, Refused)
    return kind(asked, _problem(answer))


def silence(method: str, path: str, cause: httpx.TransportError) -> Unavailable:
    """Return the refusal that no answer is."""
    detail = f"{type(cause).__name__}: {cause}".rstrip(": ")
    return Unavailable(f"{method} {path}", Problem(status=503, title="No answer", detail=detail))


def _problem(answer: httpx.Response) -> Problem:
    bare = Problem(status=answer.status_code, title=answer.reason_phrase)
    if not answer.headers.get("content-type", "").startswith(_MEDIA_TYPE):
        return bare
    told = answer.json()
    return Problem(
        status=answer.status_code,
        title=told.get("title", bare.title),
        detail=told.get("detail", ""),
        type=told.get("type", bare.type),
        instance=told.get("instance", ""),
        errors=tuple(map(_pointed, told.get("errors", ()))),
    )


def _pointed(error: dict[str, Any]) -> Pointed:
    return Pointed(pointer=error["pointer"], detail=error["detail"])
