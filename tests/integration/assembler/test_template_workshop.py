"""An office's own templates: uploaded, checked, put in force, taken back."""

import io
from dataclasses import replace

import pytest
from docx import Document
from PIL import Image

from kernel.errors import Conflict, InvalidInput, NotFound
from services.assembler.app import create_app
from services.assembler.domain.findings import Severity
from services.assembler.rendering.pdf.converter import ConversionFailed
from services.assembler.rendering.pdf.quick_view import QuickView
from services.assembler.rendering.preview import Preview
from services.assembler.use_cases import template_workshop as workshop
from services.assembler.use_cases.template_specimens import Trial, specimen
from tests.builders.assembler import CLERK, NEIGHBOUR, OFFICE, a_person
from tests.builders.templates import the_report
from tests.support.apps import assembler_settings
from tests.support.pages import PageClient

KIND = "summary_report"


GOOD = the_report("Báo cáo năm {{ year }}")
BROKEN = the_report("Báo cáo năm {{ yeer }}", "{% for x in fields %}")


def upload(deps, docx=GOOD, office_id=OFFICE):
    command = workshop.Upload(kind=KIND, file_name="mẫu của tôi.docx", docx=docx)
    return workshop.upload(command, office_id=office_id, actor=CLERK, deps=deps)


def publish(deps, version):
    return workshop.publish(version.id, office_id=OFFICE, actor=CLERK, deps=deps)


def in_force(deps, office_id=OFFICE):
    return workshop.template_in_force(KIND, office_id=office_id, deps=deps)


def test_the_shipped_template_is_in_force_until_another_is_published(deps):
    version = upload(deps)
    assert in_force(deps) == deps.templates.get(KIND)
    publish(deps, version)
    assert in_force(deps).data == GOOD
    assert in_force(deps).sha256 == version.sha256


def test_the_neighbour_keeps_its_own_template(deps):
    publish(deps, upload(deps))
    assert in_force(deps, NEIGHBOUR) == deps.templates.get(KIND)


def test_uploading_the_same_file_twice_gives_one_version(deps):
    assert upload(deps) == upload(deps)
    assert upload(deps, the_report("Năm {{ year }}")).number == 2


def test_publishing_twice_is_noted_once(deps):
    version = upload(deps)
    publish(deps, version)
    publish(deps, version)
    assert len(workshop.view_kind(KIND, office_id=OFFICE, deps=deps).publications) == 1


def test_an_earlier_version_and_the_shipped_one_can_be_taken_up_again(deps):
    first, second = upload(deps), upload(deps, the_report("Năm {{ year }}"))
    publish(deps, first)
    publish(deps, second)
    publish(deps, first)
    assert in_force(deps).sha256 == first.sha256
    workshop.restore_shipped(KIND, office_id=OFFICE, actor=CLERK, deps=deps)
    assert in_force(deps) == deps.templates.get(KIND)
    log = workshop.view_kind(KIND, office_id=OFFICE, deps=deps).publications
    assert [one.version_id for one in log] == [None, first.id, second.id, first.id]


def test_a_template_with_errors_is_kept_with_them_and_cannot_be_published(deps):
    version = upload(deps, BROKEN)
    assert Severity.ERROR in {one.severity for one in version.findings}
    with pytest.raises(Conflict):
        publish(deps, version)
    assert in_force(deps) == deps.templates.get(KIND)


@pytest.mark.parametrize("data", [b"", b"not a zip", GOOD[:200]])
def test_what_is_no_word_document_is_refused_and_not_kept(deps, data):
    with pytest.raises(InvalidInput) as caught:
        upload(deps, data)
    assert caught.value.errors[0].pointer == "#/file"
    assert workshop.view_kind(KIND, office_id=OFFICE, deps=deps).versions == ()


def test_another_offices_version_does_not_exist(deps):
    version = upload(deps, office_id=NEIGHBOUR)
    with pytest.raises(NotFound):
        workshop.view_version(version.id, office_id=OFFICE, deps=deps)
    with pytest.raises(NotFound):
        publish(deps, version)


@pytest.fixture
def clerk(deps, tmp_path, kernel_settings):
    settings = assembler_settings(folder=tmp_path, kernel=kernel_settings)
    return PageClient(create_app(settings, deps), a_person())


def test_the_clerk_uploads_tries_and_publishes_on_pages(clerk, deps):
    assert "Mẫu gốc" in clerk.get("/templates/").text
    assert "year" in clerk.get(f"/templates/{KIND}").text
    sent = clerk.post(f"/templates/{KIND}", {"file": (io.BytesIO(GOOD), "mẫu.docx")})
    page = clerk.get(sent.location)
    assert "mẫu.docx" in page.text
    version = workshop.view_kind(KIND, office_id=OFFICE, deps=deps).versions[0]
    made = clerk.get(f"/templates/versions/{version.id}/specimens/typical.docx")
    assert "2023" in "".join(p.text for p in Document(io.BytesIO(made.data)).paragraphs)
    assert clerk.get(f"/templates/versions/{version.id}.docx").data == GOOD
    clerk.post(f"/templates/versions/{version.id}/publish")
    assert "Bản 1 của cơ quan" in clerk.get(f"/templates/{KIND}").text
    clerk.post(f"/templates/{KIND}/restore-shipped")
    assert in_force(deps) == deps.templates.get(KIND)


def test_a_refused_file_is_told_next_to_its_field(clerk):
    answer = clerk.post(f"/templates/{KIND}", {"file": (io.BytesIO(b"junk"), "a.docx")})
    assert answer.status_code == 422
    assert 'id="e-file"' in answer.text
    assert clerk.post(f"/templates/{KIND}").status_code == 422


def test_an_unknown_sample_is_refused(deps):
    version = upload(deps)
    with pytest.raises(InvalidInput):
        specimen(Trial(KIND, version.id, "none"), office_id=OFFICE, deps=deps)


def test_a_version_is_previewed_page_by_page(deps, tmp_path, kernel_settings):
    deps = replace(deps, preview=Preview(QuickView(tmp_path, 60)))
    version = upload(deps, deps.templates.get(KIND).data)
    settings = assembler_settings(folder=tmp_path, kernel=kernel_settings)
    reader = PageClient(create_app(settings, deps), a_person())
    path = f"/templates/versions/{version.id}/preview/typical"
    assert "Trang 8" in reader.get(path).text
    picture = Image.open(io.BytesIO(reader.get(f"{path}/8.png").data))
    assert picture.height > picture.width
    assert reader.get(f"{path}/9.png").status_code == 404
    assert reader.get(f"{path}.pdf").data.startswith(b"%PDF")


def test_a_preview_that_cannot_be_made_says_why(deps, tmp_path, kernel_settings):
    deps = replace(deps, preview=Preview(BrokenConverter()))
    version = upload(deps)
    settings = assembler_settings(folder=tmp_path, kernel=kernel_settings)
    reader = PageClient(create_app(settings, deps), a_person())
    answer = reader.get(f"/templates/versions/{version.id}/preview/typical")
    assert answer.status_code == 422
    assert "quá phức tạp" in answer.text


class BrokenConverter:
    def convert(self, docx):
        raise ConversionFailed("Văn bản quá phức tạp.")
