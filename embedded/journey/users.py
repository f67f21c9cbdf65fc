"""One user with an HTTP connection of his own: signs in by the form, calls with his cookie."""

from typing import Any
from uuid import uuid4

import httpx
from lxml import html


class RefusedStep(RuntimeError):
    """A step of the journey was refused; says what the service said."""


class User:
    """A person at a keyboard, as far as the services can tell."""

    def __init__(
        self, address: str, login: str, password: str, transport: httpx.BaseTransport | None = None
    ) -> None:
        self.login = login
        self._http = httpx.Client(
            base_url=address,
            timeout=60,
            follow_redirects=True,
            trust_env=False,
            transport=transport,
        )
        self._token = ""
        self._sign_in(password)

    def _sign_in(self, password: str) -> None:
        page = self.page("/intake/sign-in")
        form = {"csrf_token": _token_of(page), "login_name": self.login, "password": password}
        answer = self._http.post("/intake/sign-in", data=form)
        _refuse(answer)
        self._token = _token_of(answer.text)

    def page(self, path: str) -> str:
        """Read a page as the browser would."""
        answer = self._http.get(path, headers={"Accept": "text/html"})
        _refuse(answer)
        return answer.text

    def get(self, path: str, **params: Any) -> Any:
        """Ask an API."""
        answer = self._http.get(path, params=params)
        _refuse(answer)
        return answer.json()

    def download(self, path: str) -> bytes:
        """Fetch a file."""
        answer = self._http.get(path)
        _refuse(answer)
        return answer.content

    def post(self, path: str, body: dict[str, Any] | None = None, *, key: str | None = None) -> Any:
        """Do something through an API; repeating it under the same key would change nothing."""
        headers = {"X-CSRFToken": self._token, "Idempotency-Key": key or str(uuid4())}
        answer = self._http.post(path, json=body or {}, headers=headers)
        _refuse(answer)
        return answer.json() if answer.content else None

    def close(self) -> None:
        """Leave."""
        self._http.close()


def _token_of(page: str) -> str:
    found = html.fromstring(page).xpath("//input[@name='csrf_token']/@value")
    if not found:
        raise RefusedStep("the page holds no form token")
    return str(found[0])


def _refuse(answer: httpx.Response) -> None:
    if answer.is_success:
        return
    said = answer.text if "json" in answer.headers.get("content-type", "") else ""
    raise RefusedStep(f"{answer.request.method} {answer.url.path}: {answer.status_code} {said}")
