"""Operations of an API as data, so that a test can hold each against the description of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar, cast

import httpx

from client.connection import Connection
from client.reading import UnexpectedAnswer, read

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Operation(Generic[T]):
    """One operation: what it is called in the description, and what comes back.

    The answer of an operation that is paged by key is of many pages; `cursor` is where a page says
    what the next one begins after.
    """

    method: str
    path: str
    answer: type[T]
    is_paged: bool = False
    cursor: str = "next"


class Area:
    """The operations of one service."""

    service: ClassVar[str]

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def call(
        self,
        operation: Operation[T],
        *,
        at: Mapping[str, object] | None = None,
        query: Mapping[str, object] | None = None,
        key: str | None = None,
        **content: Any,
    ) -> T:
        """Carry out an operation; also one for which there is no method here yet.

        `at` fills in the path; `content` is `json=` or `files=`, as httpx takes them.
        """
        given = {name: str(it) for name, it in (query or {}).items() if it not in {None, ""}}
        path = f"/{self.service}/api/v1" + operation.path.format(**(at or {}))
        answer = self._connection.ask(operation.method, path, key=key, params=given, **content)
        return _answer(operation, answer)

    def pages(
        self,
        operation: Operation[T],
        *,
        at: Mapping[str, object] | None = None,
        query: Mapping[str, object] | None = None,
    ) -> Iterator[T]:
        """Yield everything of a paged operation; a page is fetched when it is reached."""
        listing = Operation(operation.method, operation.path, dict[str, Any])
        after: object = None
        while True:
            asked = {**(query or {}), "after": after}
            page = self.call(listing, at=at, query=asked)
            for index, item in enumerate(page["items"]):
                yield read(operation.answer, item, f"#/items/{index}")
            after = page.get(operation.cursor)
            if after is None:
                return


def _answer(operation: Operation[T], answer: httpx.Response) -> T:
    if operation.answer is bytes:
        return cast(T, answer.content)
    try:
        data = answer.json()
    except ValueError as exc:
        asked = f"{operation.method} {answer.request.url.path}"
        raise UnexpectedAnswer(f"{asked}: {answer.status_code} without JSON") from exc
    return read(operation.answer, data)
