"""The clerk changes the report's template: every page by phone and by desk, with what it says."""

import re

import pytest

from embedded.sample import CLERK
from tests.builders.templates import the_report
from tests.support.browser import DESK, PHONE, Visitor

pytestmark = [pytest.mark.e2e, pytest.mark.browser]

TITLE = "Báo cáo tổng kết phong trào thi đua"
WRONG = the_report("Năm {{ yeer }}", "{{ year|uper }}", "{% if year %}")
RIGHT = the_report("Trong năm {{ year }}, phong trào được triển khai đến từng hộ gia đình.")


def upload(clerk: Visitor, name: str, data: bytes) -> None:
    clerk.page.get_by_label("Tệp Word (.docx)").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )
    clerk.press("Tải lên và kiểm tra")


def test_a_template_is_uploaded_corrected_compared_tried_and_put_in_force(stack, visitor):
    clerk = visitor(stack.login_of(CLERK), PHONE)
    clerk.open("/assembler/templates/")
    clerk.follow("Kiểm tra tất cả mẫu")
    clerk.reads(TITLE, "Mẫu gốc")
    clerk.open("/assembler/templates/summary_report")
    upload(clerk, "cu.doc", b"\xd0\xcf\x11\xe0")
    clerk.reads("Đây không phải tệp Word .docx.")
    upload(clerk, "sai.docx", WRONG)
    clerk.reads("Có phải “year” không?", "Có phải “upper” không?", "chưa được đóng")
    clerk.open("/assembler/templates/summary_report")
    upload(clerk, "đúng.docx", RIGHT)
    clerk.reads("Không phát hiện lỗi nào.")
    clerk.follow("So sánh với bản đang dùng")
    clerk.reads("từng hộ gia đình")
    clerk.page.go_back()
    clerk.follow(re.compile("Xem thử với dữ liệu thường gặp"))
    clerk.reads(re.compile(r"\d+ trang"), "Trang 1")
    picture = clerk.page.get_by_alt_text("Trang 1", exact=True)
    clerk.page.wait_for_function("it => it.naturalWidth > 500", arg=picture.element_handle())
    clerk.page.go_back()
    clerk.follow("Đưa vào dùng…")
    clerk.reads("Khác với bản đang dùng")
    clerk.press("Đưa vào dùng")
    clerk.reads("Bản 2 của cơ quan")
    clerk.press("Dùng lại mẫu gốc")
    clerk.reads("Đang dùng: Mẫu gốc")


def test_what_to_type_is_copied_by_a_button(stack, visitor):
    clerk = visitor(stack.login_of(CLERK), DESK)
    clerk.open("/assembler/templates/summary_report")
    button = clerk.page.get_by_role("button", name="Chép {{ year }}")
    button.click()
    clerk.page.get_by_text("Đã chép").first.wait_for()


def test_without_scripts_there_is_the_text_alone(stack, visitor):
    clerk = visitor(stack.login_of(CLERK), DESK, with_scripts=False)
    clerk.open("/assembler/templates/summary_report")
    clerk.reads("{{ year }}")
    assert clerk.page.get_by_role("button", name=re.compile("^Chép")).count() == 0
