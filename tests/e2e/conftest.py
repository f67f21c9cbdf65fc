"""One stack and one browser for all journeys; `--screenshots` keeps a picture of every page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.support.browser import HEIGHT, Visitor
from tests.support.stack import RunningStack, a_stack

PICTURES = Path(__file__).resolve().parents[2] / "var" / "screenshots"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer pictures of the pages, to be looked at by a person."""
    parser.addoption("--screenshots", action="store_true", help=f"keep pictures in {PICTURES}")


@pytest.fixture(scope="session")
def stack() -> Iterator[RunningStack]:
    """The stack on which the journeys are made, in their order."""
    with a_stack() as running:
        yield running


class Visitors:
    """Lets people in, one browser context each, and closes it behind them."""

    def __init__(self, browser: Browser, stack: RunningStack, request: pytest.FixtureRequest):
        self._browser, self._stack, self._request = browser, stack, request
        self._contexts: list[BrowserContext] = []

    def __call__(self, login: str, width: int, *, with_scripts: bool = True) -> Visitor:
        """Return somebody who has signed in at a screen of this width."""
        context = self._browser.new_context(
            viewport={"width": width, "height": HEIGHT},
            java_script_enabled=with_scripts,
            locale="vi-VN",
            reduced_motion="reduce",  # smooth scrolling would be waited for at every click
        )
        self._contexts.append(context)
        page, pictures = context.new_page(), self._pictures(login)
        visitor = Visitor(page, self._stack.address, width, pictures, with_scripts)
        visitor.sign_in(login, self._stack.passwords[login])
        return visitor

    def close(self) -> None:
        """Close every context."""
        for context in self._contexts:
            context.close()

    def _pictures(self, login: str) -> Path | None:
        if not self._request.config.getoption("--screenshots", default=False):
            return None
        PICTURES.mkdir(parents=True, exist_ok=True)
        story = self._request.node.name.removeprefix("test_").removesuffix(".py").rpartition("/")[2]
        return PICTURES / f"{story[:40]}-{login.partition('@')[0]}"


@pytest.fixture
def visitor(browser: Browser, stack: RunningStack, request: pytest.FixtureRequest):
    visitors = Visitors(browser, stack, request)
    yield visitors
    visitors.close()


@pytest.fixture(scope="module")
def visitor_of_module(browser: Browser, stack: RunningStack, request: pytest.FixtureRequest):
    visitors = Visitors(browser, stack, request)
    yield visitors
    visitors.close()
