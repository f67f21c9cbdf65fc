import io
import json
from decimal import Decimal

import openpyxl
import pytest

from kernel.contracts.dossier import Movement
from kernel.errors import InvalidInput, NotFound
from services.intake.domain.content import ReportContent, ReportedIndicator
from services.intake.domain.forms import Part
from services.intake.domain.list_imports import Effect, Mode, merged
from services.intake.use_cases.exporting_lists import export_list, list_template
from services.intake.use_cases.importing_lists import ReadList, preview_import
from tests.builders.files import multipart
from tests.builders.intake import Api, a_report
from tests.builders.spreadsheets import long_workbook, with_macros, workbook

NOMINATIONS = ("Đối tượng", "Họ và tên", "Danh hiệu", "Đơn vị")
ONE = ("Cá nhân", "Nguyễn Thị Một", "Lao động tiên tiến", "")
TWO = ("Cá nhân", "Trần Văn Hai", "Lao động tiên tiến", "Xóm Đông")


def read(world, source, part=Part.NOMINATIONS):
    command = ReadList(period_id=world.office.period_id, part=part, source=source)
    return preview_import(command, by=world.officer(), deps=world.deps)


def errors_of(world, source, part=Part.NOMINATIONS):
    with pytest.raises(InvalidInput) as caught:
        read(world, source, part)
    return {error.pointer: error.detail for error in caught.value.errors}


def effects(found):
    return [(row.number, row.effect) for row in found.rows]


def draft(world, **changes):
    answer = Api(world, world.officer()).report(a_report(**changes), action="draft")
    assert answer.status_code == 201, answer.json


def test_a_preview_tells_what_is_new_what_changes_and_what_would_go(world):
    draft(
        world,
        nominations=[
            {"kind": "individual", "name": "Nguyễn Thị Một", "award": "advanced_worker"},
            {"kind": "individual", "name": "Lê Thị Ba", "award": "advanced_worker"},
        ],
    )
    changed = (*ONE, "Vượt chỉ tiêu")
    data = workbook(changed, (*TWO, ""), headings=(*NOMINATIONS, "Thành tích"))

    found = read(world, data)

    assert effects(found) == [(2, Effect.CHANGED), (3, Effect.NEW)]
    assert [it.name for it in found.dropped] == ["Lê Thị Ba"]
    assert (found.count(Effect.NEW), found.count(Effect.SAME)) == (1, 0)


def test_a_preview_stores_nothing(world, officer_api):
    read(world, workbook(ONE, headings=NOMINATIONS))

    assert officer_api.get("/submissions").json["items"] == []


def test_what_the_form_refuses_is_told_by_row_and_column(world):
    collective = ("Tập thể", "Xóm Đông", "Lao động tiên tiến", "")
    data = workbook(ONE, collective, ONE, headings=NOMINATIONS)

    errors = errors_of(world, data)

    assert errors == {
        "#/rows/3/C": "Dòng 3, cột C (Danh hiệu, hình thức khen thưởng): "
        "Lao động tiên tiến chỉ dành cho: cá nhân.",
        "#/rows/4/B": "Dòng 4, cột B (Họ và tên, tên tập thể): "
        "Trùng với một đề nghị ở trên (cùng tên, cùng đơn vị).",
    }


def test_indicators_come_as_exact_figures_under_their_codes(world):
    headings = ("Mã chỉ tiêu", "Kế hoạch", "Thực hiện", "Trên mức")
    data = workbook(
        ("VX1", None, "1.234,5", "có"), ("vx2", 0.1 + 0.2, None, None), headings=headings
    )

    found = read(world, data, Part.INDICATORS)

    assert found.items == (
        ReportedIndicator(code="VX1", actual=Decimal("1234.5"), at_least=True),
        ReportedIndicator(code="VX2", plan=Decimal("0.3")),
    )


def test_another_sectors_indicator_and_a_negative_one_are_told_in_their_place(world):
    headings = ("Mã chỉ tiêu", "Thực hiện")

    foreign = errors_of(world, workbook(("KT1", 1), headings=headings), Part.INDICATORS)
    negative = errors_of(world, workbook(("VX1", -1), headings=headings), Part.INDICATORS)

    assert "“KT1” không có trong danh mục. Chọn một trong: VX1, VX2." in foreign["#/rows/2/A"]
    assert negative == {"#/rows/2/B": "Dòng 2, cột B (Thực hiện): Không thể là số âm."}


def test_a_template_of_indicators_names_what_is_asked_and_blank_rows_change_nothing(world):
    draft(world)
    file = list_template(
        world.office.period_id, Part.INDICATORS, by=world.officer(), deps=world.deps
    )
    book = openpyxl.load_workbook(io.BytesIO(file.data))

    assert [row[0].value for row in book.worksheets[0].iter_rows(min_row=2)] == ["VX1", "VX2"]
    assert file.name == "Mẫu Chỉ tiêu - Ban Văn hóa - 2023.xlsx"
    assert read(world, file.data, Part.INDICATORS).rows == ()


@pytest.mark.parametrize("part", [Part.MOVEMENTS, Part.NOMINATIONS, Part.INDICATORS])
def test_what_was_exported_and_imported_again_changes_nothing(world, part):
    draft(
        world,
        movements=[{"name": "=1+1", "result": "- Sôi nổi\n- Đông đủ"}],
        indicators=[{"code": "VX1", "actual": "65.5", "reason": "Vì “x”"}],
    )
    file = export_list(world.office.period_id, part, by=world.officer(), deps=world.deps)

    found = read(world, file.data, part)

    assert {row.effect for row in found.rows} == {Effect.SAME}
    assert (found.dropped, found.notes) == ((), ())


def test_pasted_rows_are_read_as_a_file_is(world):
    text = "Cá nhân\tTrần Văn Hai\t\t\tLao động tiên tiến\n"

    found = read(world, text)

    assert [(row.number, row.item.name) for row in found.rows] == [(1, "Trần Văn Hai")]


@pytest.mark.parametrize("part", [Part.LIMITATIONS, Part.ACHIEVEMENTS, Part.DIRECTIONS])
def test_prose_is_no_list(world, part):
    with pytest.raises(NotFound):
        read(world, "a\tb", part)


def test_merging_adds_beside_what_is_there_or_takes_its_place():
    old, new = Movement(name="Một", result="cũ"), Movement(name="MỘT", result="mới")
    other, third = Movement(name="Hai", result="x"), Movement(name="Ba", result="y")
    content = ReportContent(movements=(old, other), nothing_to_report=("movements", "directions"))

    added = merged(content, Part.MOVEMENTS, (new, third), Mode.ADD)
    replaced = merged(content, Part.MOVEMENTS, (new, third), Mode.REPLACE)

    assert added.movements == (new, other, third)
    assert replaced.movements == (new, third)
    assert added.nothing_to_report == ("directions",)


def preview_by_api(world, data, part="nominations", person=None):
    client = world.client(person or world.officer())
    path = f"/api/v1/periods/{world.office.period_id}/lists/{part}/preview"
    if isinstance(data, str):
        # Escaped, so that even what is no Unicode text can be sent.
        body = json.dumps({"text": data})
        return client.api("POST", path, data=body, content_type="application/json")
    return client.api("POST", path, **multipart([(data, "Danh sách.xlsx")]))


def test_a_program_gets_items_that_the_content_of_a_report_takes(world, officer_api):
    answer = preview_by_api(world, workbook(TWO, headings=NOMINATIONS))

    assert answer.status_code == 200
    assert (answer.json["new"], answer.json["rows"][0]["number"]) == (1, 2)
    items = [row["item"] for row in answer.json["rows"]]
    assert officer_api.report({"nominations": items}).status_code == 201


@pytest.mark.parametrize(
    ("data", "pointer"),
    [
        (b"", "#/file"),
        (with_macros(workbook(ONE, headings=NOMINATIONS)), "#/file"),
        (workbook(("Cá nhân", "=1+1", "", ""), headings=NOMINATIONS), "#/rows/2/B"),
        ("", "#/text"),
        ("Ai đó\tA\t\t\tGì đó", "#/rows/1/A"),
        ("Đối tượng\tHọ và tên\tlạ \ud800\nCá nhân\tA\tx", "#/rows/1/C"),
        ("Cá nhân\tA\ud800\t\t\tLao động tiên tiến", "#/rows/1/B"),
    ],
)
def test_a_program_is_told_what_is_wrong_and_where(world, data, pointer):
    answer = preview_by_api(world, data)

    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert answer.json["errors"][0]["pointer"] == pointer


def test_fifty_thousand_rows_are_told_with_their_number(world):
    answer = preview_by_api(world, long_workbook(50_000))

    assert answer.status_code == 422
    assert "50.001 dòng, mỗi lần chỉ nhập được 500 dòng" in answer.json["detail"]


def test_lists_are_downloaded_under_their_vietnamese_name(world):
    draft(world)
    client, base = world.client(world.officer()), f"/api/v1/periods/{world.office.period_id}/lists"

    exported = client.api("GET", f"{base}/nominations")
    template = client.api("GET", f"{base}/nominations/template")

    assert {it.status_code for it in (exported, template)} == {200}
    assert (
        "filename*=UTF-8''%C4%90%E1%BB%81%20ngh%E1%BB%8B"
        in (exported.headers["Content-Disposition"])
    )
    assert openpyxl.load_workbook(io.BytesIO(template.data)).sheetnames[0] == "Đề nghị khen thưởng"


@pytest.mark.parametrize("part", ["poems", "limitations"])
def test_a_list_that_is_none_is_not_found(world, part):
    client = world.client(world.officer())

    got = client.api("GET", f"/api/v1/periods/{world.office.period_id}/lists/{part}")

    assert got.status_code == 404
    assert preview_by_api(world, "a", part).status_code == 404


def test_a_clerk_imports_no_lists(world):
    assert preview_by_api(world, "a", person=world.clerk()).status_code == 403
