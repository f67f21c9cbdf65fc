"""The whole system as one account sees it: three areas behind one sign-in."""

from html.parser import HTMLParser
from types import TracebackType

import httpx

from client.archive import Archive
from client.assembler import Assembler
from client.connection import Connection, Patience
from client.council import Council
from client.intake import Intake
from client.problems import Invalid, NotSignedIn, Problem

_SIGN_IN = "/intake/sign-in"
_TIMEOUT = httpx.Timeout(60, connect=10)


class Thidua:
    """What an account may do: `with Thidua.signed_in(…) as clerk: clerk.intake.periods()`."""

    def __init__(self, http: httpx.Client, patience: Patience | None = None) -> None:
        self._connection = Connection(http, patience or Patience())
        self.intake = Intake(self._connection)
        self.council = Council(self._connection)
        self.assembler = Assembler(self._connection)
        self.archive = Archive(self._connection)

    @classmethod
    def with_token(
        cls,
        address: str,
        token: str,
        *,
        patience: Patience | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> "Thidua":
        """Return the system as an API token sees it: what a program uses."""
        made = cls(_http(address, transport), patience)
        made._connection.remember(Authorization=f"Bearer {token}")
        return made

    @classmethod
    def signed_in(
        cls,
        address: str,
        login_name: str,
        password: str,
        *,
        patience: Patience | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> "Thidua":
        """Sign in as a person does, by the form; raises NotSignedIn where that fails."""
        made = cls(_http(address, transport), patience)
        try:
            made._sign_in(login_name, password)
        except BaseException:
            made.close()
            raise
        return made

    def page(self, path: str) -> str:
        """Return a page as a browser would get it."""
        return self._visit(path).text

    def download(self, path: str) -> bytes:
        """Return what is at a path that no area has a method for."""
        return self._visit(path).content

    def close(self) -> None:
        """Close the pooled connections; the session ends by itself."""
        self._connection.close()

    def __enter__(self) -> "Thidua":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _visit(self, path: str) -> httpx.Response:
        headers = {"Accept": "text/html, */*;q=0.5"}
        return self._connection.ask("GET", path, headers=headers, follow_redirects=True)

    def _sign_in(self, login_name: str, password: str) -> None:
        form = {
            "csrf_token": _token_of(self.page(_SIGN_IN)),
            "login_name": login_name,
            "password": password,
        }
        try:
            self._connection.ask("POST", _SIGN_IN, data=form)
        except Invalid as refused:
            problem = Problem(status=401, title="Tên đăng nhập hoặc mật khẩu không đúng")
            raise NotSignedIn(refused.asked, problem) from refused
        # The token of forms changes with the sign-in.
        self._connection.remember(X_CSRFToken=_token_of(self.page(_SIGN_IN)))


def _http(address: str, transport: httpx.BaseTransport | None) -> httpx.Client:
    return httpx.Client(base_url=address, timeout=_TIMEOUT, trust_env=False, transport=transport)


class _TokenFinder(HTMLParser):
    token = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the value of the first hidden field of that name."""
        found = dict(attrs)
        if tag == "input" and found.get("name") == "csrf_token" and not self.token:
            self.token = found.get("value") or ""


def _token_of(page: str) -> str:
    finder = _TokenFinder()
    finder.feed(page)
    if not finder.token:
        problem = Problem(status=401, title="The page holds no form token")
        raise NotSignedIn(f"GET {_SIGN_IN}", problem)
    return finder.token
