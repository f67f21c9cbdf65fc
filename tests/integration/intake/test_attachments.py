import io
import os
import tracemalloc
from dataclasses import replace
from urllib.parse import unquote
from uuid import uuid4

import pytest

from kernel.auth.principal import Role
from services.intake.app import create_app
from services.intake.domain.attachments import MIB, AttachmentLimits
from services.intake.persistence.models import AttachmentRow
from services.intake.settings import IntakeSettings
from tests.builders.files import a_pdf, a_picture, a_word_file
from tests.builders.intake import Api, a_report

NAME = "Biên bản họp xóm Đông.pdf"


class Files:
    """The files of a report as one person sees them through the API."""

    def __init__(self, world, person):
        self._client, self._period = world.client(person), world.office.period_id

    def add(self, data=None, name=NAME, *, key=None, **said):
        content = {"file": (io.BytesIO(a_pdf() if data is None else data), name), **said}
        return self._client.api(
            "POST",
            f"/api/v1/periods/{self._period}/attachments",
            data=content,
            headers={"Idempotency-Key": key or uuid4().hex},
        )

    def change(self, method, path):
        headers = {"Idempotency-Key": uuid4().hex}
        return self._client.api(method, f"/api/v1/attachments/{path}", headers=headers)

    def remove(self, attachment_id):
        return self.change("DELETE", attachment_id)

    def restore(self, attachment_id):
        return self.change("POST", f"{attachment_id}/restore")

    def get(self, attachment_id):
        path = f"/api/v1/attachments/{attachment_id}"
        return self._client.api("GET", path, buffered=True)

    def list(self):
        return self._client.api("GET", f"/api/v1/periods/{self._period}/attachments").json


@pytest.fixture
def files(world):
    return Files(world, world.officer())


def names(listed):
    return [it["name"] for it in listed]


def with_limits(world, **limits):
    """Return the world with other limits."""
    deps = replace(world.deps, attachment_limits=AttachmentLimits(**limits))
    kernel = world.kernel
    settings = IntakeSettings(kernel=kernel, database_url="unused", files_dir=world.files_dir)
    return replace(world, deps=deps, app=create_app(settings, deps))


def submissions_of(world):
    return Api(world, world.clerk()).get("/submissions").json["items"]


def test_a_file_is_kept_with_its_name_kind_and_hash(world, files):
    added = files.add(part="nominations", note="Minh chứng")

    assert added.status_code == 201
    listed = files.list()
    assert listed["files"] == [added.json]
    assert listed["files"][0] | {"id": "", "sha256": ""} == {
        "id": "",
        "sha256": "",
        "name": NAME,
        "media_type": "application/pdf",
        "size": len(a_pdf()),
        "part": "nominations",
        "note": "Minh chứng",
        "added_at": "2023-12-10T02:30:00+00:00",
        "added_by": "Người sector_officer van-hoa",
        "removed_at": None,
    }
    assert list(world.deps.files.hashes()) == [added.json["sha256"]]


def test_a_file_before_the_first_draft_begins_nothing_that_others_could_trip_over(files):
    files.add()

    assert files.list()["state"] == "not_begun"


def test_a_file_comes_out_as_it_went_in_to_be_saved_and_never_shown(files):
    data = a_picture("PNG")
    added = files.add(data, "Ảnh “họp” 50%.png").json

    got = files.get(added["id"])

    assert (got.status_code, got.data, got.mimetype) == (200, data, "image/png")
    disposition = got.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=")
    assert unquote(disposition.partition("filename*=UTF-8''")[2]) == "Ảnh “họp” 50%.png"
    assert disposition.isascii()
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert got.headers["Cache-Control"] == "private, no-store"
    assert int(got.headers["Content-Length"]) == len(data)


def test_the_kind_is_that_of_the_content(files):
    added = files.add(a_word_file(), "ảnh.jpg").json

    assert added["name"] == "ảnh.docx"
    assert added["media_type"].endswith("wordprocessingml.document")


def test_a_page_in_disguise_is_refused_and_nothing_is_kept(world, files):
    refused = files.add(b"<html><script>alert(1)</script></html>", "ảnh.png")

    assert refused.status_code == 422
    assert refused.json["errors"][0]["pointer"] == "#/file"
    assert "“ảnh.png” không thuộc loại được nhận" in refused.json["detail"]
    assert (files.list()["files"], list(world.deps.files.hashes())) == ([], [])


def test_the_same_call_twice_adds_one_file(files):
    first, second = files.add(key="k" * 8), files.add(key="k" * 8)

    assert (second.status_code, second.json) == (201, first.json)
    assert len(files.list()["files"]) == 1


def test_the_same_file_twice_is_there_once_and_another_of_that_name_gets_a_number(world, files):
    files.add()
    files.add()
    world.clock.forward(seconds=1)
    files.add(a_pdf("khác"))

    assert names(files.list()["files"]) == [NAME, "Biên bản họp xóm Đông (2).pdf"]


class LongBody(io.RawIOBase):
    """The body of a request that is made as it is read, so that only its reader holds memory."""

    def __init__(self, size):
        self._left = [_HEAD, *[bytes(MIB)] * (size // MIB), _FOOT]
        self.length = sum(map(len, self._left))
        self._piece = b""

    def readable(self):
        return True

    def readinto(self, buffer):
        if not self._piece and self._left:
            self._piece = self._left.pop(0)
        size = min(len(buffer), len(self._piece))
        buffer[:size], self._piece = self._piece[:size], self._piece[size:]
        return size


_HEAD = b'--x\r\nContent-Disposition: form-data; name="file"; filename="Phim.pdf"\r\n\r\n%PDF-1.7\n'
_FOOT = b"\r\n--x--\r\n"


def send_long(world, size):
    """Send a file of that size; return the answer and how much memory the service took for it."""
    body, client = LongBody(size), world.client(world.officer())
    client.csrf_token()
    tracemalloc.start()
    answer = client.api(
        "POST",
        f"/api/v1/periods/{world.office.period_id}/attachments",
        environ_overrides={
            "wsgi.input": body,
            "CONTENT_LENGTH": str(body.length),
            "CONTENT_TYPE": "multipart/form-data; boundary=x",
        },
        headers={"Idempotency-Key": "k" * 8},
    )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return answer, peak


def test_a_file_of_40_mb_is_told_to_be_too_large_and_is_never_in_memory(world):
    refused, peak = send_long(world, 40 * MIB)

    assert refused.status_code == 413
    assert refused.json["detail"] == "Tệp “Phim.pdf” lớn hơn giới hạn 20 MB."
    assert refused.json["errors"][0]["pointer"] == "#/file"
    assert [it for it in world.files_dir.rglob("*") if it.is_file()] == []
    assert peak < 8 * MIB


def test_more_than_a_request_may_hold_is_refused_unread(world):
    refused, _ = send_long(with_limits(world, max_bytes=MIB), 5 * MIB)

    assert (refused.status_code, refused.mimetype) == (413, "application/problem+json")
    assert "vượt quá 4 MB" in refused.json["detail"]


def test_more_files_than_a_report_may_have_are_refused(world):
    few = Files(with_limits(world, max_count=2), world.officer())
    first = few.add(a_pdf("1")).json
    few.add(a_pdf("2"))

    refused = few.add(a_pdf("3"))

    assert refused.status_code == 422
    assert "đã có 2 tài liệu" in refused.json["detail"]
    few.remove(first["id"])
    assert few.add(a_pdf("3")).status_code == 201
    assert few.restore(first["id"]).status_code == 422


def test_what_was_taken_away_comes_back(files):
    added = files.add().json

    assert files.remove(added["id"]).json["removed_at"]
    assert files.remove(added["id"]).status_code == 200
    assert (files.list()["files"], names(files.list()["removed"])) == ([], [NAME])
    assert files.restore(added["id"]).json["removed_at"] is None
    assert files.restore(added["id"]).status_code == 200
    assert (names(files.list()["files"]), files.list()["removed"]) == ([NAME], [])


def test_what_is_handed_in_names_the_files_and_what_a_client_claims_does_not_count(world, files):
    added = files.add().json
    claimed = {**{key: added[key] for key in ("name", "sha256", "size", "media_type")}}
    content = a_report(attachments=[{**claimed, "id": str(uuid4()), "name": "Không có.pdf"}])

    receipt = Api(world, world.officer()).report(content).json

    read = Api(world, world.clerk()).get(f"/submissions/{receipt['submission_id']}").json
    assert read["content"]["attachments"] == [{**claimed, "id": added["id"]}]


def test_a_draft_that_is_checked_knows_of_files_that_came_after_it(world, files):
    api = Api(world, world.officer())
    before = api.report(action="draft").json
    added = files.add().json

    read = api.get(f"/submissions/{before['submission_id']}").json

    assert names(read["content"]["attachments"]) == [added["name"]]
    assert read["sha256"] != before["sha256"]


def test_a_report_that_was_handed_in_takes_no_files_and_gives_none_up(world, files):
    added = files.add().json
    Api(world, world.officer()).report()

    assert files.add(a_pdf("2")).status_code == 409
    assert files.remove(added["id"]).status_code == 409
    assert files.list()["may_be_edited"] is False
    assert names(files.list()["files"]) == [NAME]


def test_a_returned_report_may_change_its_files_and_its_first_round_keeps_them(world, files):
    added = files.add().json
    receipt = Api(world, world.officer()).report().json
    clerk = Api(world, world.clerk())
    path = f"/submissions/{receipt['submission_id']}"
    clerk.post(f"{path}/return", {"round": 1, "reason": "Thiếu"})

    files.remove(added["id"])
    files.add(a_pdf("mới"), "Mới.pdf")
    Api(world, world.officer()).report()

    rounds = [clerk.get(f"{path}?round={number}").json["content"] for number in (1, 2)]
    assert [names(it["attachments"]) for it in rounds] == [[NAME], ["Mới.pdf"]]
    assert Files(world, world.clerk()).get(added["id"]).data == a_pdf()


def test_the_office_reads_a_file_only_once_it_was_handed_in(world, files):
    added = files.add().json
    late = files.add(a_pdf("gỡ"), "Gỡ.pdf").json
    files.remove(late["id"])
    clerk, leader = Files(world, world.clerk()), Files(world, world.person(Role.LEADER))

    before = clerk.get(added["id"]).status_code
    Api(world, world.officer()).report()

    assert before == 404
    assert [it.get(added["id"]).status_code for it in (clerk, leader)] == [200, 200]
    assert clerk.get(late["id"]).status_code == 404


def test_other_sectors_and_other_offices_find_nothing(world, files):
    added = files.add().json
    Api(world, world.officer()).report()
    strangers = [
        world.officer("tai-chinh"),
        world.person(Role.SECTOR_OFFICER, "van-hoa", at=world.foreign),
        world.person(Role.CLERK, at=world.foreign),
    ]

    for stranger in strangers:
        theirs = Files(world, stranger)
        assert theirs.get(added["id"]).status_code == 404
        assert theirs.remove(added["id"]).status_code in {403, 404}
    assert names(files.list()["files"]) == [NAME]


@pytest.mark.parametrize(
    ("name", "said", "pointer"),
    [
        (None, {}, "#/file"),
        ("", {}, "#/file"),
        ("a.pdf", {"part": "poems"}, "#/part"),
        ("a.pdf", {"note": "x\x07"}, "#/note"),
        ("a.pdf", {"note": "x" * 501}, "#/note"),
    ],
)
def test_a_request_that_does_not_fit_changes_nothing(world, files, name, said, pointer):
    content = said if name is None else {"file": (io.BytesIO(a_pdf()), name), **said}

    refused = world.client(world.officer()).api(
        "POST",
        f"/api/v1/periods/{world.office.period_id}/attachments",
        data=content,
        headers={"Idempotency-Key": "k" * 8},
        content_type="multipart/form-data",
    )

    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json["errors"]] == [pointer]
    assert files.list()["files"] == []


def test_collecting_gives_back_what_nobody_names_and_keeps_what_was_handed_in(world, files):
    handed_in = files.add(a_pdf("nộp"), "Nộp.pdf").json
    Api(world, world.officer()).report()
    clerk = Api(world, world.clerk())
    submission = submissions_of(world)[0]["id"]
    clerk.post(f"/submissions/{submission}/return", {"round": 1, "reason": "Thiếu"})
    dropped = files.add(a_pdf("bỏ"), "Bỏ.pdf").json
    files.remove(dropped["id"])
    files.remove(handed_in["id"])
    orphan = world.deps.files.put(b"left by a commit that failed")
    arriving = world.deps.files.put(b"its row is not yet there")
    run = world.app.test_cli_runner().invoke

    early = run(args=["intake", "collect-files"])
    for sha256 in (handed_in["sha256"], dropped["sha256"], orphan):
        os.utime(next(world.files_dir.rglob(sha256)), (0, 0))
    world.clock.forward(days=31)
    late = run(args=["intake", "collect-files", "--removed-for-days", "30"])

    assert early.output == "Đã bỏ 0 tài liệu đã gỡ, xóa 0 tệp; còn giữ 4 tệp.\n"
    assert late.output == "Đã bỏ 1 tài liệu đã gỡ, xóa 2 tệp; còn giữ 2 tệp.\n"
    assert set(world.deps.files.hashes()) == {handed_in["sha256"], arriving}
    assert Files(world, world.clerk()).get(handed_in["id"]).data == a_pdf("nộp")


def test_a_row_never_names_bytes_that_are_not_kept(world, files):
    world.files_dir.mkdir()
    (world.files_dir / "sha256").write_text("in the way")

    refused = files.add()

    assert refused.status_code == 503
    with world.deps.database.read() as session:
        assert session.query(AttachmentRow).count() == 0
