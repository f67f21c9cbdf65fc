"""The three users' work of a year, done in a real browser by clicking as they would."""

import hashlib
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import docx
import pypdf
import pytest
from playwright.sync_api import Error, expect

from embedded.sample import CLERK, DISTRICT
from ooxml.text import plain_text
from tests.e2e.report_form import ReportForm
from tests.support.browser import DESK, PHONE, Visitor
from tests.support.stack import RunningStack

pytestmark = [pytest.mark.e2e, pytest.mark.browser]

BY_PHONE = "van-hoa"
WITHOUT_SCRIPTS = "cong-doan"
RESULT = "12 đội bóng chuyền hơi & 148 vận động viên tranh giải"
REASON = "Đề nghị ghi rõ số câu lạc bộ thể thao của xã."
EDIT = " Văn phòng đã rà soát, biên tập."
REPORT = ("Báo cáo tổng kết phong trào thi đua", "01/BC-TĐKT")
DECISION = ("Quyết định tặng Giấy khen", "01/QĐ-UBND")
# A machine that is busy with other things makes 89 pages in a minute.
PATIENCE_MS = 180_000


@dataclass(frozen=True)
class Issued:
    """A document that the clerk has issued in the browser."""

    path: str
    docx: Path
    edited: str


def test_an_officer_reports_by_phone_and_again_after_the_clerk_returned_it(stack, visitor):
    officer = visitor(stack.login_of(BY_PHONE), PHONE)
    form = ReportForm(officer, stack.sample.submission(BY_PHONE), result=RESULT)
    submit_with_a_mistake_on_the_way(officer, form)

    clerk = visitor(stack.login_of(CLERK), DESK)
    return_first_without_a_reason(clerk)
    correct_and_submit_again(officer, form)
    open_submission(clerk, "Ban Văn hóa")
    clerk.press("Duyệt báo cáo")

    clerk.reads("Đã duyệt báo cáo.", "9 câu lạc bộ")


def submit_with_a_mistake_on_the_way(officer: Visitor, form: ReportForm) -> None:
    form.fill_in(lambda button: officer.page.get_by_role("button", name=button).click())
    form.open("Chỉ tiêu")
    form.field("indicators-1-actual").fill("chín hai")
    typed = form.typed()
    officer.press("Lưu")
    expect(form.error_of("indicators-1-actual")).to_contain_text("Phải là một số")
    assert form.typed() == typed

    form.field("indicators-1-actual").fill("92")
    officer.press("Lưu")
    officer.reads("Đã lưu phần Chỉ tiêu")
    officer.follow("Các phần của báo cáo")
    officer.follow("Kiểm tra và nộp")
    officer.reads("Kiểm tra lại trước khi nộp", RESULT, "108%")
    officer.press("Nộp báo cáo")
    officer.reads("Đã nộp báo cáo", "Mã biên nhận")


def return_first_without_a_reason(clerk: Visitor) -> None:
    open_submission(clerk, "Ban Văn hóa")
    clerk.press("Trả lại để sửa")
    clerk.reads("Có 1 chỗ cần sửa")
    clerk.fill("Lý do trả lại", REASON)
    clerk.press("Trả lại để sửa")
    clerk.reads("Đã trả lại báo cáo")


def correct_and_submit_again(officer: Visitor, form: ReportForm) -> None:
    officer.open("/")
    officer.reads("Văn phòng trả lại báo cáo", REASON)
    form.open("Phong trào thi đua")
    form.field("movements-1-result").fill(f"{RESULT}; 9 câu lạc bộ")
    officer.press("Lưu")
    officer.follow("Các phần của báo cáo")
    officer.follow("Kiểm tra và nộp")
    officer.reads("9 câu lạc bộ")
    officer.press("Nộp báo cáo")
    officer.follow("Xem lại báo cáo đã nộp")
    officer.reads("Lượt 2", f"Lý do: {REASON}")


def test_an_officer_reports_with_scripts_switched_off(stack, visitor):
    officer = visitor(stack.login_of(WITHOUT_SCRIPTS), PHONE, with_scripts=False)
    form = ReportForm(officer, stack.sample.submission(WITHOUT_SCRIPTS), result=RESULT)

    form.fill_in(lambda button: officer.press(button, looking=False))
    officer.press("Thêm đề nghị")
    rows = form.count()
    form.field(f"nominations-{rows - 1}-name").fill("Chưa xong")
    officer.page.get_by_role("button", name="Bỏ đề nghị này").last.click()
    officer.reads("Đã bỏ một mục.")
    assert form.count() == rows - 1
    officer.press("Lưu")
    form.open("Chỉ tiêu")
    form.field("indicators-0-actual").fill("một trăm")
    typed = form.typed()
    officer.press("Lưu")
    expect(form.error_of("indicators-0-actual")).to_contain_text("Phải là một số")
    assert form.typed() == typed

    form.field("indicators-0-actual").fill("100")
    officer.press("Lưu")
    officer.reads("Đã lưu phần Chỉ tiêu")
    officer.follow("Các phần của báo cáo")
    officer.follow("Kiểm tra và nộp")
    officer.press("Nộp báo cáo")
    officer.reads("Đã nộp báo cáo")
    officer.navigate("Báo cáo của ngành")
    officer.unfold_menu()
    officer.press("Đăng xuất")
    officer.reads("Đăng nhập")


@pytest.fixture(scope="module")
def accepted(stack: RunningStack) -> None:
    """Every sector has submitted and is accepted; those of the tests above are already."""
    for sector in stack.sample.commune["sectors"]:
        found = stack.submission_of(sector["code"])
        if found is None:
            stack.accept(stack.submit(sector["code"]).submission_id)
        elif found.state != "accepted":
            stack.accept(found.id)


def assemble_in_browser(clerk: Visitor, stack: RunningStack, kind: str) -> None:
    """Ask for a document on the desk and watch it being made."""
    clerk.navigate("Soạn thảo")
    clerk.page.get_by_label("Loại văn bản").select_option(label=kind)
    clerk.fill("Ngày dự kiến ban hành", "15/01/2024")
    with stack.resting_worker():
        clerk.press("Soạn văn bản")
        clerk.reads("Đang chờ máy soạn thảo")
    progress = watch_progress(clerk)
    assert progress == sorted(progress)
    clerk.look()
    expect(clerk.page.locator("[data-step]").get_by_text("Xong", exact=True)).to_have_count(4)
    clerk.follow("Mở dự thảo")


def issue_in_browser(clerk: Visitor, stack: RunningStack, kind: str, number: str) -> Issued:
    """Assemble, edit in Word, bring back, look, confirm."""
    assemble_in_browser(clerk, stack, kind)
    path, draft = clerk.path, clerk.download("Tải Word bản v1")
    edited = edit(draft)
    clerk.follow("Tải lên bản đã sửa")
    clerk.page.get_by_label("Tệp Word").set_input_files(draft)
    clerk.press("Tải lên")
    clerk.reads("v2")

    clerk.follow("Ban hành")
    clerk.fill("Ngày ban hành", "2024-01-15")
    clerk.press("Xem trước")
    clerk.reads(f"Xác nhận ban hành {number}", "ngày 15 tháng 01 năm 2024", "không sửa")
    clerk.press(f"Ban hành số {number}")
    clerk.reads(f"Đã ban hành số {number}", "Chưa mở", "Chưa xác nhận")
    return Issued(path, clerk.download(re.compile("Tải Word bản v3")), edited)


@pytest.fixture(scope="module")
def office(accepted, stack, visitor_of_module) -> Visitor:
    return visitor_of_module(stack.login_of(CLERK), DESK)


@pytest.fixture(scope="module")
def report(office, stack) -> Issued:
    return issue_in_browser(office, stack, *REPORT)


@pytest.fixture(scope="module")
def decision(office, stack) -> Issued:
    return issue_in_browser(office, stack, *DECISION)


def test_the_issued_report_carries_figures_edits_number_and_date(report):
    text = plain_text(report.docx.read_bytes())

    for said in ("8,78%", "108%", "224 tỷ đồng", RESULT, report.edited):
        assert said in text
    assert "01/BC-TĐKT" in text
    assert "Linh Thông, ngày 15 tháng 01 năm 2024" in text


def test_the_issued_decision_states_the_money_in_figures_and_words(decision):
    text = plain_text(decision.docx.read_bytes())

    for said in ("29.160.000", "Hai mươi chín triệu một trăm sáu mươi nghìn đồng"):
        assert said in text
    assert "01/QĐ-UBND" in text
    assert "TM. HỘI ĐỒNG" not in text
    assert decision.edited in text


def test_the_archive_names_the_signer_as_the_document_does(report, decision, office):
    office.open(report.path)
    office.reads("TM. HỘI ĐỒNG – CHỦ TỊCH – Lưu Viết Viên")
    office.open(decision.path)
    office.reads("CHỦ TỊCH – Lưu Viết Viên")
    expect(office.page.locator("main")).not_to_contain_text("TM. HỘI ĐỒNG")


def test_the_clerk_gets_a_certificate_for_each_awardee_of_the_decision_in_one_file(
    decision, office
):
    office.navigate("Soạn thảo")
    office.follow("Làm giấy khen hàng loạt")
    office.fill("Số, ký hiệu quyết định khen thưởng", "01/QĐ-UBND")
    office.fill("Ngày quyết định", "15/01/2024")
    office.fill("Số vào sổ khen thưởng của giấy đầu tiên", "1")
    office.press("Làm giấy khen")
    expect(office.page.get_by_text("89 xong.")).to_be_visible(timeout=PATIENCE_MS)
    office.look()

    word = docx.Document(str(office.download("Tải một tệp Word")))
    office.press("Tạo một tệp PDF của cả đợt")
    link = re.compile("Tải một tệp PDF")
    expect(office.page.get_by_role("link", name=link)).to_be_visible(timeout=PATIENCE_MS)
    pdf = pypdf.PdfReader(office.download(link))

    assert (len(word.sections), len(pdf.pages)) == (89, 89)
    last = " ".join(pdf.pages[-1].extract_text().split())
    assert "Theo Quyết định số 01/QĐ-UBND ngày 15 tháng 01 năm 2024" in last
    assert "Vào sổ khen thưởng số 89" in last


def test_the_superior_finds_reads_and_acknowledges_and_the_clerk_sees_when(
    report, office, stack, visitor
):
    superior = visitor(f"{DISTRICT}@{stack.sample.superior}", DESK)
    superior.fill("Tìm trong số", "bao cao tong ket phong trao thi dua")
    superior.press("Tìm")
    superior.follow("01/BC-TĐKT")
    superior.reads("Xác nhận nhận văn bản")

    received = superior.download(re.compile("Tải Word"))
    assert received.read_bytes() == report.docx.read_bytes()
    superior.reads(hashlib.sha256(received.read_bytes()).hexdigest())
    stack.wait_for("the PDF", lambda: has_pdf(superior))
    pdf = pypdf.PdfReader(superior.download(re.compile("Tải PDF")))
    assert len(pdf.pages) >= 3
    assert "01/BC-TĐKT" in pdf.pages[0].extract_text()

    superior.press("Xác nhận đã nhận")
    superior.reads("Đã xác nhận nhận văn bản lúc")
    office.open(report.path)
    office.reads("Đã mở", "Đã tải về", "Đã xác nhận", "Chuyên viên thi đua")


def test_the_registers_and_the_lists_show_what_was_issued(report, decision, office):
    office.navigate("Lưu trữ")
    office.reads(REPORT[1], DECISION[1])
    office.follow("Sổ đăng ký")
    office.follow(re.compile("Năm 2024"))
    office.reads("15/01/2024")
    office.open("/assembler/jobs")
    office.reads(*[kind for kind, _ in (REPORT, DECISION)])


def open_submission(clerk: Visitor, unit: str) -> None:
    clerk.navigate("Tiếp nhận")
    clerk.follow(re.compile("Tổng kết phong trào thi đua"))
    clerk.reads("Tiến độ nộp báo cáo")
    clerk.follow(unit)


def watch_progress(clerk: Visitor) -> list[int]:
    """Return what the progress bar showed until the draft was there."""
    bar, end = clerk.page.get_by_role("progressbar"), clerk.page.get_by_text("Mở dự thảo")
    shown = []
    while not end.is_visible():
        with suppress(Error):  # the page reloads itself when the job is done
            values = bar.evaluate_all("all => all.map(one => Number(one.ariaValueNow))")
            shown.extend(values)
        clerk.page.wait_for_timeout(100)
    return [*shown, 100]


def edit(path: Path) -> str:
    """Add a sentence to the longest paragraph, as somebody does in Word; returns its end."""
    document = docx.Document(str(path))
    paragraph = max(document.paragraphs, key=lambda one: len(one.text))
    paragraph.add_run(EDIT)
    document.save(str(path))
    return paragraph.text[-60:]


def has_pdf(visitor: Visitor) -> bool | None:
    visitor.page.reload()
    return visitor.page.get_by_role("link", name=re.compile("Tải PDF")).count() > 0 or None
