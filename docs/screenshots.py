"""Take the pictures of README.md anew: `python -m docs.screenshots` (needs Chromium).

They are pictures of the one-PC stack with the sample commune, halfway through its year and at the
end of it; nothing is drawn or retouched.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pypdfium2
from docx import Document
from environs import Env
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from rich.console import Console

from client import Thidua
from embedded.journey import steps
from embedded.journey.steps import RETURN_REASON, RETURNED_SECTOR, Journey
from embedded.sample import CLERK, DISTRICT, Sample
from embedded.settings import StackSettings
from embedded.stack import running
from services.assembler.rendering.docx import render
from services.assembler.rendering.pdf.converter import choose_converter

IMAGES = Path(__file__).with_name("images")
TEMPLATES = IMAGES.parents[1] / "templates"
_PDF_SECONDS = 60
PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1100, "height": 720}
BOARD: ViewportSize = {"width": 1100, "height": 1150}
DRAFTING, SILENT, WAITING = "van-hoa", "cong-doan", ("ccb", "nong-dan", "y-te")
_COLOURS = 128


class Photographer:
    """A browser in which one person after another signs in, and the album of its pictures."""

    def __init__(self, browser: Browser, journey: Journey) -> None:
        self._browser, self._journey = browser, journey

    @contextmanager
    def as_user(self, login: str, size: ViewportSize) -> Iterator[Page]:
        """Yield a page on which this user is signed in."""
        address = self._journey.stack.address
        context = self._browser.new_context(
            viewport=size, device_scale_factor=1.5, locale="vi", reduced_motion="reduce"
        )
        page = context.new_page()
        page.goto(f"{address}/intake/sign-in")
        page.get_by_label("Tên đăng nhập").fill(login)
        page.get_by_label("Mật khẩu").fill(self._journey.passwords[login])
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_load_state("networkidle")
        yield page
        context.close()


def main() -> None:
    """Run a stack of its own, take every picture, leave nothing running."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="thidua-pictures-") as name:
        settings = StackSettings.from_env(Env(), data_dir=Path(name), port=0)
        with running(settings) as stack, _chromium() as browser:
            passwords = {one["login"]: one["password"] for one in stack.accounts()}
            journey = Journey(stack, Sample.load(), Console(), passwords)
            _take_all(journey, Photographer(browser, journey), Path(name))


def _take_all(journey: Journey, photographer: Photographer, folder: Path) -> None:
    clerk = journey.clerk()
    period_id = clerk.intake.periods()[0].id
    waiting = _halfway(journey, clerk, period_id)
    _picture_of_the_form(photographer, journey, period_id)
    _picture_of_the_board(photographer, journey, period_id)
    _to_the_end(journey, clerk, period_id, waiting)
    drafts = steps.assemble(journey, clerk, period_id)
    _picture_of_the_job(photographer, journey, drafts[0][0].id)
    report, *others = (steps.issue(journey, clerk, *draft) for draft in drafts)
    made = steps.retrieve(journey, journey.district(), report, folder)
    _picture_of_the_document(photographer, journey, report.document_id)
    _picture_of_the_inbox(photographer, journey)
    _keep("report-page-1.png", _first_page(made.pdf.read_bytes()))
    _picture_of_the_workshop(photographer, journey, folder)
    _keep("certificate.png", _first_page(_a_certificate(folder)))
    issued = ", ".join(one.text for one in (report, *others))
    journey.console.print(f"{issued}: pictures are in {IMAGES}")


def _halfway(journey: Journey, clerk: Thidua, period_id: UUID) -> list[UUID]:
    """Leave one sector silent, one drafting, one returned, three waiting; the others accepted.

    Returns the ids of what waits.
    """
    waiting = []
    for sector in _sectors(journey):
        if sector in {DRAFTING, SILENT}:
            continue
        submission = steps.submit(journey, period_id, sector).submission_id
        if sector == RETURNED_SECTOR:
            clerk.intake.return_(submission, RETURN_REASON)
        elif sector in WAITING:
            waiting.append(submission)
        else:
            clerk.intake.accept(submission)
    with journey.user(f"{DRAFTING}@{journey.sample.office}") as officer:
        officer.intake.save_draft(period_id, journey.sample.submission(DRAFTING))
    return waiting


def _to_the_end(journey: Journey, clerk: Thidua, period_id: UUID, waiting: list[UUID]) -> None:
    handed_in = [
        steps.submit(journey, period_id, sector).submission_id
        for sector in (DRAFTING, SILENT, RETURNED_SECTOR)
    ]
    for submission in [*waiting, *handed_in]:
        clerk.intake.accept(submission)


def _sectors(journey: Journey) -> list[str]:
    return [sector["code"] for sector in journey.sample.commune["sectors"]]


def _picture_of_the_form(photographer: Photographer, journey: Journey, period_id: UUID) -> None:
    with photographer.as_user(f"{DRAFTING}@{journey.sample.office}", PHONE) as page:
        page.goto(f"{journey.stack.address}/intake/periods/{period_id}/report/parts/indicators")
        page.locator("[data-indicator]").first.evaluate("row => row.scrollIntoView()")
        _keep("sector-form-phone.png", page.screenshot())


def _picture_of_the_board(photographer: Photographer, journey: Journey, period_id: UUID) -> None:
    with photographer.as_user(f"{CLERK}@{journey.sample.office}", BOARD) as page:
        page.goto(f"{journey.stack.address}/intake/periods/{period_id}")
        _keep("clerk-board.png", page.screenshot())


def _picture_of_the_job(photographer: Photographer, journey: Journey, job_id: UUID) -> None:
    with photographer.as_user(f"{CLERK}@{journey.sample.office}", DESK) as page:
        page.goto(f"{journey.stack.address}/assembler/jobs/{job_id}")
        _keep("assembled.png", page.screenshot())


def _picture_of_the_document(
    photographer: Photographer, journey: Journey, document_id: UUID
) -> None:
    with photographer.as_user(f"{CLERK}@{journey.sample.office}", DESK) as page:
        page.goto(f"{journey.stack.address}/archive/documents/{document_id}")
        _keep("issued.png", page.screenshot())


def _picture_of_the_inbox(photographer: Photographer, journey: Journey) -> None:
    with photographer.as_user(f"{DISTRICT}@{journey.sample.superior}", DESK) as page:
        _keep("superior-inbox.png", page.screenshot())


def _picture_of_the_workshop(photographer: Photographer, journey: Journey, folder: Path) -> None:
    """Upload the report's template with the faults that authors make."""
    faulty = folder / "mau-bao-cao.docx"
    document = Document(str(TEMPLATES / "summary_report" / "template.docx"))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace("{{ next_year }}", "{{ nextyear }}")
            run.text = run.text.replace("{{ movements.summary }}", "{{ movements.summary")
    document.save(str(faulty))
    with photographer.as_user(f"{CLERK}@{journey.sample.office}", DESK) as page:
        page.goto(f"{journey.stack.address}/assembler/templates/summary_report")
        page.get_by_label("Tệp Word (.docx)").set_input_files(faulty)
        page.get_by_role("button", name="Tải lên và kiểm tra").click()
        page.wait_for_load_state("networkidle")
        _keep("template-workshop.png", page.screenshot())


def _a_certificate(folder: Path) -> bytes:
    """Return the giấy khen of the template's sample as a PDF."""
    kind = TEMPLATES / "commendation_certificate"
    sample = json.loads((kind / "samples" / "typical.json").read_text("utf-8"))
    document = render((kind / "template.docx").read_bytes(), sample)
    converter = choose_converter(None, folder / "certificate", _PDF_SECONDS)
    try:
        return converter.convert(document).data
    finally:
        converter.close()


def _first_page(pdf: bytes) -> bytes:
    document = pypdfium2.PdfDocument(pdf)
    written = BytesIO()
    document[0].render(scale=1.5).to_pil().save(written, "PNG")
    document.close()
    return written.getvalue()


def _keep(name: str, png: bytes) -> None:
    """Write a picture with few colours: pages of text lose nothing by it but their weight."""
    picture = Image.open(BytesIO(png)).convert("RGB")
    picture.quantize(_COLOURS, dither=Image.Dither.NONE).save(IMAGES / name, optimize=True)


@contextmanager
def _chromium() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        sys.exit("Chromium is not installed: apt-get install -y chromium")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])


if __name__ == "__main__":
    main()
