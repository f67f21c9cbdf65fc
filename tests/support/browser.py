"""A visitor in a real browser, who looks at every page as a careful reader would."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Download, Locator, Page, expect

from tests.support.programs import path_of

PHONE, DESK = 360, 1280
HEIGHT = 800
LAUNCH = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_SERIOUS = {"serious", "critical"}
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


@dataclass(slots=True)
class Visitor:
    """A person at a browser of a given width; each page that comes is looked at."""

    page: Page
    address: str
    width: int
    pictures: Path | None = None
    has_scripts: bool = True
    _heard: list[str] = field(default_factory=list, init=False)
    _seen: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.page.on("console", lambda said: self._note(said.type, said.text))
        self.page.on("pageerror", lambda error: self._note("error", str(error)))

    def sign_in(self, login: str, password: str) -> None:
        """Sign in as one does: by the form."""
        self.open("/")
        self.fill("Tên đăng nhập", login)
        self.fill("Mật khẩu", password)
        self.press("Đăng nhập")

    def open(self, path: str) -> None:
        """Type an address."""
        self.page.goto(f"{self.address}{path}")
        self.look()

    @property
    def path(self) -> str:
        """Return the path of the page."""
        return urlsplit(self.page.url).path

    def press(self, name: str, *, looking: bool = True) -> None:
        """Press the button that leads to another page."""
        self._go(self.page.get_by_role("button", name=name, exact=True).first, looking=looking)

    def follow(self, name: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Follow a link."""
        self._go((within or self.page).get_by_role("link", name=name).first)

    def navigate(self, name: str) -> None:
        """Go to a part of the system by the menu, which a phone keeps folded."""
        self.unfold_menu()
        self.follow(name, within=self.page.get_by_role("navigation", name="Chính"))

    def unfold_menu(self) -> None:
        """Touch the sign that opens the menu of a phone."""
        sign = self.page.locator("label[for=menu-switch]")
        if sign.is_visible():
            sign.click()

    def fill(self, label: str, text: str) -> None:
        """Type into the field of this label."""
        self.page.get_by_label(label).fill(text)

    def download(self, name: str | re.Pattern[str]) -> Path:
        """Follow a link to a file; returns where it was saved."""
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name=name).first.click()
        got: Download = waiting.value
        kept = Path(got.path()).with_name(got.suggested_filename)
        got.save_as(kept)
        return kept

    def reads(self, *texts: str | re.Pattern[str]) -> None:
        """Find these texts on the page."""
        for text in texts:
            expect(self.page.locator("body")).to_contain_text(text)

    def look(self) -> None:
        """Fail on a page that is hard to use, or that said something was wrong with it."""
        self._seen += 1
        where = f"{self.page.url} ({self.page.title()})"
        expect(self.page.get_by_role("heading", level=1)).to_have_count(1)
        for width in (PHONE, DESK):
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            self._picture(width)
            assert self._overflow() <= 0, f"{where} scrolls sideways at {width} px"
        self.page.set_viewport_size({"width": self.width, "height": HEIGHT})
        # axe is a script itself; the pages are the same ones with scripts and without.
        found = self._heard + (barriers(self.page) if self.has_scripts else [])
        assert found == [], f"{where}: {found}"

    def _go(self, target: Locator, *, looking: bool = True) -> None:
        with self.page.expect_navigation():
            target.click()
        if looking:
            self.look()

    def _note(self, kind: str, text: str) -> None:
        # A refused form is answered by 4xx, which the browser reports as if it were an error.
        if kind in {"error", "warning"} and "the server responded with a status of 4" not in text:
            self._heard.append(text)

    def _overflow(self) -> int:
        script = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        return int(self.page.evaluate(script))

    def _picture(self, width: int) -> None:
        if self.pictures is None:
            return
        path = _ID.sub("id", self.path).strip("/").replace("/", "-")
        name = f"{self.pictures.name}-{self._seen:02}-{path or 'root'}-{width}.png"
        self.page.screenshot(path=self.pictures.parent / name, full_page=True)


def barriers(page: Page) -> list[str]:
    """Return what keeps people with a disability from using the page, told by axe."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{one['id']}: {one['help']} – {one['nodes'][0]['html'][:200]}"
        for one in found
        if one["impact"] in _SERIOUS
    ]


@contextmanager
def a_browser() -> Iterator[Browser]:
    """Yield Chromium as it is installed."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path_of("browser"), args=list(LAUNCH), headless=True
        )
        yield browser
        browser.close()
