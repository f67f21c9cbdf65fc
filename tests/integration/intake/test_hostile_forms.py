"""What no page of ours sends: refused in words, nothing changed, never a failure of the server."""

import pytest

from kernel.auth.principal import Role
from tests.builders.intake import Api, submitted

NUL_KEY = "a-key\0of-nobody"


def _sent(pages, path, form):
    """Send the form as it is: what comes back may repeat what no page can show."""
    return pages.post(path, {"csrf_token": pages.csrf_token(), **form})


def test_a_comment_under_a_key_that_no_page_writes_is_refused(world):
    submission_id = submitted(world)
    typed = {"part": "movements", "comment-movements": "Xem lại", "idempotency_key": NUL_KEY}

    answer = _sent(world.client(world.clerk()), f"/submissions/{submission_id}/comments", typed)

    assert answer.status_code == 422
    assert "tải lại trang" in answer.text
    threads = Api(world, world.clerk()).get(f"/submissions/{submission_id}/comments")
    assert threads.json == []


def test_a_comment_on_a_part_that_cannot_be_shown_is_refused_on_a_valid_page(world):
    submission_id = submitted(world)

    answer = _sent(
        world.client(world.clerk()),
        f"/submissions/{submission_id}/comments",
        {"part": "a\0", "comment-a\0": "Xem lại", "idempotency_key": "a-key"},
    )

    assert answer.status_code == 422


def test_units_under_a_key_that_no_page_writes_are_not_imported(world):
    pages = world.client(world.person(Role.ADMIN))
    rows = '{"rows": [{"code": "moi", "name": "Ban Mới"}]}'

    answer = _sent(pages, "/import/units/confirm", {"idempotency_key": NUL_KEY, "rows": rows})

    assert answer.status_code == 422
    assert "Ban Mới" not in pages.get("/units").text


@pytest.mark.parametrize(
    "removed",
    [
        "[" * 40_000,
        '{"place": 1e999, "row": {}}',
        f'{{"place": {10**30}, "row": {{"text": "Dòng đã bỏ"}}}}',
        f'{{"place": {"9" * 5_000}, "row": {{}}}}',
    ],
)
def test_a_row_to_be_taken_back_that_no_page_wrote_does_no_harm(world, removed):
    pages = world.client(world.officer())
    form = {"action": "undo", "version": "0", "limitations-0": "Vẫn còn", "removed": removed}

    answer = _sent(pages, f"{world.period}/report/parts/limitations", form)

    assert answer.status_code == 200
    assert "Vẫn còn" in answer.text


@pytest.mark.parametrize("after", [2**31, 10**30, -1])
def test_a_list_of_forms_from_a_number_that_none_has_begins_anew(world, after):
    answer = world.client(world.clerk()).get(f"/forms?after={after}")

    assert answer.status_code == 200
    assert "/forms/" in answer.text
