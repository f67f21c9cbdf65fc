"""A client that reads every page as a careful reader would, and fails on a page that is not fit."""

import re
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import html5lib
from bs4 import BeautifulSoup, Tag
from flask import Flask, session
from flask_wtf.csrf import generate_csrf
from werkzeug.test import TestResponse

from kernel.auth.principal import Person, facts_of
from services.intake.persistence.accounts import Accounts
from services.intake.use_cases.sessions import Visit, begin_session

_HANDLERS = re.compile(r"^on[a-z]+$")


class PageClient:
    """Signs in as a person and visits pages; forms are sent with the token of the page."""

    def __init__(self, app: Flask, person: Person | None = None) -> None:
        self._app, self._client = app, app.test_client()
        if person is not None:
            self.sign_in(person)

    def sign_in(self, person: Person) -> None:
        """Sign in without the form, as if the cookie had been received before."""
        begun = replace(person, session_id=a_session_of(person, self._app))
        with self._client.session_transaction() as stored:
            stored["person"] = facts_of(begun)

    def get(self, path: str, **options: Any) -> TestResponse:
        """Visit a page and check it."""
        return self._checked(self._client.get(path, **options))

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        """Send a form, with a valid token."""
        form = {"csrf_token": self.csrf_token(), **(data or {})}
        return self._checked(self._client.post(path, data=form, **options))

    def api(self, method: str, path: str, **options: Any) -> TestResponse:
        """Call the API as this person, with the token in the header."""
        headers = {"X-CSRFToken": self.csrf_token(), **options.pop("headers", {})}
        return self._client.open(path, method=method, headers=headers, **options)

    def cookie(self) -> str:
        """Return the session cookie as it is sent."""
        found = self._client.get_cookie("thidua_session")
        assert found is not None
        return found.value

    def csrf_token(self) -> str:
        """Return a token of this session."""
        with self._client.session_transaction() as stored:
            raw = stored.get("csrf_token")
        with self._client.application.test_request_context():
            if raw is not None:
                session["csrf_token"] = raw
            token = generate_csrf()
            raw = session["csrf_token"]
        with self._client.session_transaction() as stored:
            stored["csrf_token"] = raw
        return token

    def _checked(self, response: TestResponse) -> TestResponse:
        if response.mimetype == "text/html" and response.status_code not in {301, 302, 303, 308}:
            check_page(response.text)
        return response


def a_session_of(person: Person, app: Flask) -> UUID:
    """Return a session of that account: a row where the app is intake, which keeps them."""
    deps = app.extensions.get("deps")
    if app.name != "services.intake" or deps is None:
        return uuid4()
    visit = Visit(address="127.0.0.1", user_agent="a browser of the test")
    with deps.database.begin() as session:
        account = Accounts(session).get(person.account_id)
        begun = begin_session(session, account, visit, at=deps.now())
    assert begun.session_id is not None
    return begun.session_id


def check_page(html: str) -> None:
    """Raise AssertionError for a page that a browser, a screen reader or our CSP would not like."""
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(html)
    assert parser.errors == [], f"invalid HTML: {parser.errors[:3]}"
    page = BeautifulSoup(html, "html.parser")
    assert page.html is not None
    assert page.html.get("lang") == "vi"
    assert len(page.find_all("h1")) == 1, "a page has exactly one h1"
    assert page.title is not None
    _check_inline(page)
    _check_forms(page)
    _check_ids(page)


def _check_inline(page: BeautifulSoup) -> None:
    for tag in page.find_all(True):
        assert not [name for name in tag.attrs if _HANDLERS.match(name)], f"inline handler: {tag}"
        assert "style" not in tag.attrs, f"inline style: {tag}"
    for script in page.find_all("script"):
        assert script.get("src") or script.get("nonce"), "inline script without a nonce"


def _check_forms(page: BeautifulSoup) -> None:
    for form in page.find_all("form"):
        if form.get("method", "get").lower() == "post":
            assert form.find("input", {"name": "csrf_token"}), f"form without a token: {form}"
    labelled = {label.get("for") for label in page.find_all("label")}
    for field in page.find_all(["input", "select", "textarea"]):
        if _needs_label(field):
            named = (
                field.get("id") in labelled or field.get("aria-label") or field.find_parent("label")
            )
            assert named, f"field without a label: {field}"


def _needs_label(field: Tag) -> bool:
    return field.get("type") not in {"hidden", "submit", "button"}


def _check_ids(page: BeautifulSoup) -> None:
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids)), f"ids used twice: {[i for i in ids if ids.count(i) > 1][:3]}"
