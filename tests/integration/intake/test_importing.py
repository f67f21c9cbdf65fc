"""Units and accounts from Excel: looked at whole, stored whole or not at all."""

import io
import json

import pytest
import xlsxwriter

from kernel.auth.principal import Role
from services.intake.persistence.accounts import OfficeAccounts
from services.intake.persistence.offices import Units
from tests.builders.intake import Api

ACCOUNTS = ["Họ và tên", "Tên đăng nhập", "Vai trò", "Mã ngành", "Thư điện tử"]


@pytest.fixture
def pages(world):
    return world.client(world.person(Role.ADMIN))


def a_file(*rows):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return buffer.getvalue()


def upload(pages, subject, data):
    return pages.post(f"/import/{subject}", {"file": (io.BytesIO(data), "a.xlsx")})


def rows_in(page):
    from bs4 import BeautifulSoup  # noqa: PLC0415

    return BeautifulSoup(page.text, "html.parser").find("input", {"name": "rows"})["value"]


def units_of(world):
    with world.deps.database.read() as session:
        found = Units(session, office_id=world.office.office_id).all()
        return [(it.code, it.name) for it in found]


def test_units_are_shown_first_and_stored_after(world, pages):
    data = a_file(["Mã ngành", "Tên ngành", "Từ ngày"], ["y-te", "Trạm Y tế", "01/07/2025"])

    preview = upload(pages, "units", data)

    assert (preview.status_code, "Trạm Y tế" in preview.text) == (200, True)
    assert len(units_of(world)) == 2
    form = {"rows": rows_in(preview), "idempotency_key": "a-key-of-this-form"}
    assert pages.post("/import/units/confirm", form).status_code == 303
    assert pages.post("/import/units/confirm", form).status_code == 303
    assert units_of(world)[-1] == ("y-te", "Trạm Y tế")
    assert len(units_of(world)) == 3


def test_every_error_is_told_by_row_and_column_and_nothing_is_stored(world, pages):
    data = a_file(
        ["Mã ngành", "Tên ngành"],
        ["Y Tế", "Trạm Y tế"],
        ["van-hoa", "Văn hóa"],
        ["moi", ""],
        ["hai", "Một"],
        ["hai", "Hai"],
    )

    answer = upload(pages, "units", data)

    assert answer.status_code == 422
    assert "Dòng 4, cột B" in answer.text
    fixed = a_file(
        ["Mã ngành", "Tên ngành"], ["Y Tế", "x"], ["van-hoa", "x"], ["hai", "x"], ["hai", "x"]
    )
    told = upload(pages, "units", fixed).text
    for place in ("Dòng 2, cột A", "Dòng 3, cột A", "Dòng 5, cột A"):
        assert place in told
    assert len(units_of(world)) == 2


def test_accounts_get_their_links_in_a_list_to_download(world, pages):
    data = a_file(
        ACCOUNTS,
        ["Trần Thị B", "b@an-phu", "Cán bộ ngành", "van-hoa", "b@example.vn"],
        ["Lê Văn C", "C@an-phu", "Văn thư", "", ""],
    )
    preview = upload(pages, "accounts", data)
    form = {"rows": rows_in(preview), "idempotency_key": "a-key-of-this-form"}

    made = pages.post("/import/accounts/confirm", form)
    again = pages.post("/import/accounts/confirm", form)

    assert made.text.count("/invitations/") == 4
    assert again.status_code == 303
    with world.deps.database.read() as session:
        found = OfficeAccounts(session, office_id=world.office.office_id).all()
        assert {"b@an-phu", "c@an-phu"} <= {it.login_name for it in found}
    listed = pages.post(
        "/import/accounts/links.xlsx",
        {"display_name": "Trần Thị B", "login_name": "b@an-phu", "link": "=1+1"},
    )
    assert listed.data.startswith(b"PK")


def test_accounts_that_cannot_be_are_told_by_row_and_column(world, pages):
    data = a_file(
        ACCOUNTS,
        ["A", "co dau cach", "Văn thư", "", ""],
        ["B", "b@x", "Vua", "", ""],
        ["C", "c@x", "Cán bộ ngành", "", ""],
        ["D", "d@x", "Văn thư", "van-hoa", ""],
        ["E", "e@x", "Cán bộ ngành", "khong-co", "khong phai thu"],
    )
    first = upload(pages, "accounts", data).text
    assert "Dòng 3, cột C" in first
    mended = a_file(
        ACCOUNTS,
        ["A", "co dau cach", "Văn thư", "", ""],
        ["C", "c@x", "Cán bộ ngành", "", ""],
        ["D", "d@x", "Văn thư", "van-hoa", ""],
        ["E", "c@x", "Cán bộ ngành", "khong-co", "khong phai thu"],
    )

    told = upload(pages, "accounts", mended).text

    for place in (
        "Dòng 2, cột B",
        "Dòng 3, cột D",
        "Dòng 4, cột D",
        "Dòng 5, cột B",
        "Dòng 5, cột D",
        "Dòng 5, cột E",
    ):
        assert place in told


@pytest.mark.parametrize("data", [b"", b"no excel", b"PK\x03\x04broken"])
def test_what_is_no_table_is_refused_in_words(pages, data):
    assert upload(pages, "units", data).status_code == 422


@pytest.mark.parametrize("rows", ["", "[", "{}", '{"rows": 3}', '{"rows": [{"code": "X"}]}'])
def test_a_confirmation_that_did_not_arrive_whole_stores_nothing(world, pages, rows):
    form = {"rows": rows, "idempotency_key": "a-key-of-this-form"}

    assert pages.post("/import/units/confirm", form).status_code == 422
    assert len(units_of(world)) == 2


def test_one_wrong_line_of_many_stores_none(world):
    api = Api(world, world.person(Role.ADMIN))
    rows = [{"code": "y-te", "name": "Y tế"}, {"code": "van-hoa", "name": "Trùng"}]

    answer = api.post("/imports/units", {"rows": rows})

    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "#/rows/1/code")
    assert len(units_of(world)) == 2


def test_the_api_opens_accounts_and_gives_their_links_once(world):
    api = Api(world, world.person(Role.ADMIN))
    body = {"rows": [{"login_name": "c@x", "display_name": "C", "role": "clerk"}]}

    first = api.post("/imports/accounts", body, key="the-same-key").json
    again = api.post("/imports/accounts", body, key="the-same-key").json

    assert first["invited"][0]["link"].startswith("http")
    assert again["invited"] == []


@pytest.mark.parametrize("subject", ["units", "accounts"])
def test_the_template_can_be_filled_in_and_read(pages, subject):
    page = pages.get(f"/import/{subject}")
    template = pages.get(f"/import/{subject}/template.xlsx")

    assert "Tải tệp mẫu" in page.text
    assert template.data.startswith(b"PK")
    assert "chưa có dòng dữ liệu" in upload(pages, subject, template.data).text


def test_json_in_the_preview_is_what_the_api_takes(pages):
    name = "Trạm “Y tế” & <b>"
    preview = upload(pages, "units", a_file(["Mã ngành", "Tên ngành"], ["y-te", name]))

    assert json.loads(rows_in(preview))["rows"][0]["name"] == name
