from dataclasses import replace
from uuid import UUID

import pytest

from services.assembler.domain.batches import (
    LAST_ATTEMPT,
    SLICE,
    ItemWork,
    Outcome,
    Tally,
    digest_of,
    file_name,
    next_slice,
    slug,
)

A_JOB = UUID(int=1)


def work(position, attempt=0):
    return ItemWork(
        position=position,
        key=f"individual-{position:04}",
        kind="commendation_certificate",
        template_sha256="a" * 64,
        attempt=attempt,
    )


def test_fresh_items_are_made_many_at_a_time():
    waiting = [work(n) for n in range(1, 50)]

    lost, items = next_slice(waiting)

    assert lost is None
    assert list(items) == waiting[:SLICE]


def test_an_item_that_was_begun_before_is_made_alone():
    waiting = [work(1, attempt=1), work(2, attempt=1), work(3)]

    assert next_slice(waiting) == (None, (waiting[0],))


def test_a_slice_of_fresh_items_ends_before_one_that_was_begun():
    waiting = [work(1), work(2), work(3, attempt=2), work(4)]

    assert next_slice(waiting) == (None, waiting[:2])


def test_an_item_that_was_begun_too_often_is_given_up():
    waiting = [work(1, attempt=LAST_ATTEMPT), work(2)]

    assert next_slice(waiting) == (waiting[0], ())


def test_nothing_waits_when_all_have_ended():
    assert next_slice([]) == (None, ())


def test_the_key_of_a_deposit_is_that_of_item_and_template():
    keys = {
        work(1).deposit_key(A_JOB),
        work(1, attempt=2).deposit_key(A_JOB),
        work(2).deposit_key(A_JOB),
        work(1).deposit_key(UUID(int=2)),
        replace(work(1), template_sha256="b" * 64).deposit_key(A_JOB),
    }

    assert len(keys) == 4


@pytest.mark.parametrize(
    ("tally", "told", "step"),
    [
        (Tally(), "chưa có mục nào", ("Đã làm 0/0", 0)),
        (Tally(done=120), "120 xong", ("Đã làm 120/120", 99)),
        (Tally(done=118, failed=2), "118 xong, 2 lỗi", ("Đã làm 120/120", 99)),
        (Tally(done=37, queued=83), "37 xong, 83 chưa làm", ("Đã làm 37/120", 30)),
    ],
)
def test_progress_is_told_in_numbers(tally, told, step):
    assert (tally.told(), tally.step()) == (told, step)


def test_an_outcome_without_a_document_has_no_hash():
    assert Outcome(position=1, reason="hỏng").sha256 == ""
    assert len(Outcome(position=1, docx=b"x").sha256) == 64


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đặng Thị Ánh Tuyết, Xóm số 1", "dang-thi-anh-tuyet-xom-so-1"),
        ("../../etc/passwd", "etc-passwd"),
        ("“?*:”", "khong-ten"),
        ("A" * 200, "a" * 60),
    ],
)
def test_a_name_becomes_a_part_of_a_file_name(text, expected):
    assert slug(text) == expected


def test_file_names_sort_as_the_items_do():
    names = [file_name(n, 1_500, "Bình") for n in (2, 10, 100, 1_500)]

    assert names == sorted(names)
    assert file_name(7, 89, "Bình") == "007-binh.docx"


def test_the_digest_depends_on_every_document_and_their_order():
    assert digest_of(["a", "b"]) == digest_of(iter(["a", "b"]))
    assert len({digest_of(it) for it in (["a", "b"], ["b", "a"], ["ab"], [])}) == 4
