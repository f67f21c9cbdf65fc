"""The workshop's pages: state, check of all kinds, comparison, previews, who may do what."""

import io
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from kernel.auth.principal import Role
from services.assembler.app import create_app
from services.assembler.rendering.context import RenderingFailed
from services.assembler.rendering.pdf.quick_view import QuickView
from services.assembler.rendering.preview import Preview
from services.assembler.rendering.templates import TemplateLibrary
from services.assembler.use_cases import template_workshop as workshop
from tests.builders.assembler import CLERK, OFFICE, a_person
from tests.builders.templates import a_report, saved, the_report
from tests.support.apps import assembler_settings
from tests.support.pages import PageClient

KIND = "summary_report"
GOOD = the_report("Năm {{ year }}, phong trào lan tỏa.")
BETTER = the_report("Năm {{ next_year }}, phong trào lan tỏa rộng khắp.")
BROKEN = the_report("Báo cáo năm {{ yeer }}")
NOWHERE = "2b587e29-8c2d-476a-a80e-ab257a7054ef"  # fixed: processes must agree on names


@pytest.fixture
def visit(deps, tmp_path, kernel_settings):
    settings = assembler_settings(folder=tmp_path, kernel=kernel_settings)

    def sign_in(role=Role.CLERK, **changes):
        return PageClient(create_app(settings, replace(deps, **changes)), a_person(role))

    return sign_in


def upload(deps, docx):
    command = workshop.Upload(kind=KIND, file_name="mẫu.docx", docx=docx)
    return workshop.upload(command, office_id=OFFICE, actor=CLERK, deps=deps)


def text_of(answer):
    return " ".join(BeautifulSoup(answer.text, "html.parser").get_text().split())


def test_the_list_says_what_is_in_force_and_what_waits(visit, deps):
    clerk = visit()
    assert "Đang dùng: Mẫu gốc" in text_of(clerk.get("/templates/"))
    upload(deps, BROKEN)
    assert "Bản 1 có lỗi" in text_of(clerk.get("/templates/"))
    good = upload(deps, GOOD)
    assert "Bản 2 chờ đưa vào dùng" in text_of(clerk.get("/templates/"))
    workshop.publish(good.id, office_id=OFFICE, actor=CLERK, deps=deps)
    assert "Đang dùng: Bản 2 của cơ quan" in text_of(clerk.get("/templates/"))


def test_all_templates_in_force_are_checked_in_one_page(visit, deps):
    workshop.publish(upload(deps, GOOD).id, office_id=OFFICE, actor=CLERK, deps=deps)

    page = text_of(visit().get("/templates/check"))

    for kind in deps.templates.kinds():
        assert kind.manifest.title in page
    assert page.count("Không có lỗi") == len(deps.templates.kinds())
    assert "Bản 1 của cơ quan" in page


def test_a_template_in_force_that_its_kind_outgrew_is_found_and_not_published_again(
    visit, deps, tmp_path
):
    version = upload(deps, GOOD)
    workshop.publish(version.id, office_id=OFFICE, actor=CLERK, deps=deps)
    outgrown = replace(deps, templates=_WithoutYear(deps.templates))

    page = text_of(visit(templates=outgrown.templates).get("/templates/check"))
    again = visit(templates=outgrown.templates).post(f"/templates/versions/{version.id}/publish")

    assert "Mẫu dùng “year”" in page
    assert again.status_code == 409
    assert "Kiểm tra lại thì phiên bản này có lỗi" in text_of(again)


class _WithoutYear:
    """The shipped kinds, of which the report lost a placeholder."""

    def __init__(self, library):
        self._library = library

    def kinds(self):
        return [self.get(KIND)]

    def get(self, kind):
        template = self._library.get(kind)
        left = tuple(one for one in template.manifest.placeholders if one.path != "year")
        return replace(template, manifest=replace(template.manifest, placeholders=left))


def test_without_any_kind_the_pages_say_what_to_do(visit, tmp_path):
    (tmp_path / "none").mkdir()
    clerk = visit(templates=TemplateLibrary(tmp_path / "none"))

    for path in ("/templates/", "/templates/check"):
        assert "Chưa có mẫu văn bản nào" in text_of(clerk.get(path))


def test_two_versions_are_compared_and_the_shipped_one_too(visit, deps):
    first, second = upload(deps, GOOD), upload(deps, BETTER)

    page = visit().get(f"/templates/{KIND}/compare?old={first.id}&new={second.id}")

    assert "Bản 1 của cơ quan → Bản 2 của cơ quan" in text_of(page)
    marked = BeautifulSoup(page.text, "html.parser")
    assert [it.text for it in marked.find_all("del")] == ["{{ year }}"]
    assert [it.text for it in marked.find_all("ins")] == ["{{ next_year }}", " rộng khắp"]
    shipped = text_of(visit().get(f"/templates/{KIND}/compare?old=shipped&new={second.id}"))
    assert "Mẫu gốc → Bản 2 của cơ quan" in shipped
    same = text_of(visit().get(f"/templates/{KIND}/compare?old={first.id}&new={first.id}"))
    assert "giống hệt nhau" in same


@pytest.mark.parametrize("which", ["nothing", "", NOWHERE])
def test_a_comparison_with_what_is_not_there_is_not_found(visit, which):
    answer = visit().get(f"/templates/{KIND}/compare?old={which}&new=shipped")

    assert answer.status_code == 404


def test_a_version_of_another_kind_is_not_compared(visit, deps):
    version = upload(deps, GOOD)

    path = f"/templates/commendation_decision/compare?old=shipped&new={version.id}"

    assert visit().get(path).status_code == 422


def test_publishing_is_asked_for_with_what_it_changes(visit, deps):
    version = upload(deps, GOOD)

    page = text_of(visit().get(f"/templates/versions/{version.id}/publish"))

    assert "sẽ dùng bản 1 thay cho Mẫu gốc" in page
    assert "phong trào lan tỏa" in page
    assert workshop.view_kind(KIND, office_id=OFFICE, deps=deps).in_force is None


def test_a_comparison_that_takes_too_long_does_not_stand_in_the_way(visit, deps):
    version = upload(deps, GOOD)
    hurried = _NeverCompares(deps.isolation)

    page = visit(isolation=hurried).get(f"/templates/versions/{version.id}/publish")
    path = f"/templates/{KIND}/compare?old=shipped&new={version.id}"

    assert "xem thử từng trang" in text_of(page)
    assert visit(isolation=hurried).get(path).status_code == 422
    sent = visit(isolation=hurried).post(f"/templates/versions/{version.id}/publish")
    assert sent.status_code == 303


class _NeverCompares:
    """Checks like the real one, and gives up whatever it should compare."""

    def __init__(self, isolation):
        self.check = isolation.check

    def compare(self, old, new):
        raise RenderingFailed("Hai bản quá dài hoặc quá khác nhau nên không so sánh được.")


def test_a_version_with_errors_is_not_offered_to_be_put_in_force(visit, deps):
    version = upload(deps, BROKEN)

    page = visit().get(f"/templates/versions/{version.id}/publish")

    assert "Bản này còn lỗi" in text_of(page)
    assert 'action="/assembler/templates' not in page.text
    assert visit().post(f"/templates/versions/{version.id}/publish").status_code == 409


@pytest.mark.parametrize(("sample", "pages"), [("typical", 8), ("longest", None)])
def test_the_shipped_template_is_previewed(visit, tmp_path, sample, pages):
    reader = visit(Role.LEADER, preview=Preview(QuickView(tmp_path, 60)))
    path = f"/templates/{KIND}/shipped/preview/{sample}"

    page = reader.get(path)

    count = len(BeautifulSoup(page.text, "html.parser").find_all("img"))
    assert count == (pages or count) > 1
    assert f"{count} trang" in text_of(page)
    assert reader.get(f"{path}/1.png").data.startswith(b"\x89PNG")
    assert reader.get(f"{path}.pdf").data.startswith(b"%PDF")
    docx = reader.get(f"/templates/{KIND}/shipped/specimens/{sample}.docx")
    assert docx.data.startswith(b"PK")


def test_a_leader_looks_and_changes_nothing(visit, deps):
    version = upload(deps, GOOD)
    leader = visit(Role.LEADER)

    for path in ("", "check", KIND, f"{KIND}/compare", f"versions/{version.id}"):
        page = leader.get(f"/templates/{path}")
        assert page.status_code == 200
        assert '<form method="post" action="/templates' not in page.text
    form = {"file": (io.BytesIO(BETTER), "a.docx")}
    assert leader.post(f"/templates/{KIND}", form).status_code == 403
    assert leader.get(f"/templates/versions/{version.id}/publish").status_code == 403
    assert leader.post(f"/templates/versions/{version.id}/publish").status_code == 403
    assert leader.post(f"/templates/{KIND}/restore-shipped").status_code == 403
    assert len(workshop.view_kind(KIND, office_id=OFFICE, deps=deps).versions) == 1


def test_an_administrator_finds_the_templates_and_changes_them(visit):
    admin = visit(Role.ADMIN)

    assert "/assembler/templates/" in admin.get("/templates/").text
    form = {"file": (io.BytesIO(GOOD), "a.docx")}
    assert admin.post(f"/templates/{KIND}", form).status_code == 303


def test_a_sector_officer_has_no_business_here(visit):
    assert visit(Role.SECTOR_OFFICER).get("/templates/").status_code == 403


def test_what_to_type_is_shown_by_list_with_its_loops(visit):
    page = BeautifulSoup(visit().get(f"/templates/{KIND}").text, "html.parser")

    codes = [it.text for it in page.select("code.code-to-type")]
    assert "{{ year }}" in codes
    assert "{%p for group in movements.groups %}" in codes
    assert "{{ group.lead }}" in codes
    for button in page.select("button[data-copy]"):
        assert page.find(id=button["data-copy"]) is not None
        assert button.has_attr("hidden")


def test_a_template_in_another_layout_is_told_by_article(visit, deps):
    document = a_report()
    document.sections[0].left_margin = 0

    version = upload(deps, saved(document))

    found = [one for one in version.findings if one.rule == "layout-margin"]
    assert "Nghị định số 30/2020/NĐ-CP" in found[0].suggestion
    assert not version.is_publishable
