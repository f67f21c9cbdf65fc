import pytest

from services.intake.domain.attachments import MIB
from services.intake.persistence.models import AttachmentRow
from tests.builders.files import a_pdf, a_picture, multipart
from tests.builders.intake import Api


@pytest.fixture
def page(world):
    return world.client(world.officer())


def path(world, rest=""):
    return f"{world.period}/report/attachments{rest}"


def send(page, world, *files, **said):
    return page.api("POST", path(world), **multipart([(it, name) for name, it in files], **said))


def test_an_empty_list_says_what_to_do_and_what_is_taken(page, world):
    text = page.get(path(world)).text

    assert "Chưa có tài liệu nào" in text
    assert "Mỗi tệp tối đa 20 MB; còn thêm được 30 tệp" in text


def test_several_files_are_added_at_once(page, world):
    sent = send(page, world, ("Một.pdf", a_pdf("1")), ("Hai.png", a_picture("PNG")))

    text = page.get(sent.location).text
    assert sent.status_code == 303
    assert "Đã thêm 2 tài liệu." in text
    assert "Một.pdf" in text
    assert "Hai.png" in text


def test_of_several_files_the_good_ones_are_kept_and_the_others_told_beside_the_field(page, world):
    sent = send(
        page,
        world,
        ("Tốt.pdf", a_pdf()),
        ("Xấu.exe", b"MZ"),
        ("To.pdf", a_pdf() + bytes(21 * MIB)),
        note="Biên bản",
    )

    assert sent.status_code == 422
    assert "Đã thêm 1 tài liệu." in sent.text
    assert 'id="e-file"' in sent.text
    assert "Tệp “Xấu.exe” không thuộc loại được nhận" in sent.text
    assert "Tệp “To.pdf” lớn hơn giới hạn 20 MB." in sent.text
    assert 'value="Biên bản"' in sent.text


def test_nothing_chosen_is_said_beside_the_field(page, world):
    sent = page.post(path(world), {"note": "x"})

    assert sent.status_code == 422
    assert "Chọn ít nhất một tệp." in sent.text


def test_more_than_may_be_sent_is_told_on_the_page_itself(page, world):
    sent = send(page, world, ("Phim.pdf", a_pdf() + bytes(62 * MIB)))

    assert sent.status_code == 413
    assert "Các tệp vừa chọn quá lớn (62 MB) nên chưa có tệp nào được thêm" in sent.text
    assert "mỗi lần gửi tối đa 61 MB" in sent.text


def test_what_was_taken_away_can_be_brought_back(page, world):
    send(page, world, ("Một.pdf", a_pdf()))
    with world.deps.database.read() as session:
        attachment_id = session.query(AttachmentRow.id).scalar()

    removed = page.get(page.post(path(world, f"/{attachment_id}/remove")).location).text
    restored = page.get(page.post(path(world, f"/{attachment_id}/restore")).location).text

    assert "Đã gỡ “Một.pdf”. Có thể khôi phục ở cuối trang." in removed
    assert "Chưa có tài liệu nào" in removed
    assert "Khôi phục" in removed
    assert "Đã khôi phục “Một.pdf”." in restored


def test_a_report_that_was_handed_in_shows_its_files_and_no_form(page, world):
    send(page, world, ("Một.pdf", a_pdf()))
    Api(world, world.officer()).report()

    shown = page.get(path(world)).text
    refused = send(page, world, ("Hai.pdf", a_pdf("2")))

    assert "không thêm hoặc gỡ tài liệu được nữa" in shown
    assert 'type="file"' not in shown
    assert (refused.status_code, refused.location) == (303, path(world))
    assert "Báo cáo đã nộp nên không sửa được nữa" in page.get(refused.location).text


def test_a_clerk_has_no_business_there(world):
    assert world.client(world.clerk()).get(path(world)).status_code == 403


def test_whoever_reads_the_report_finds_its_files(page, world):
    send(page, world, ("Biên bản.pdf", a_pdf()))
    receipt = Api(world, world.officer()).report().json
    clerk = world.client(world.clerk())

    text = clerk.get(f"/submissions/{receipt['submission_id']}").text

    assert "Tài liệu kèm theo (1)" in text
    assert "Biên bản.pdf" in text
