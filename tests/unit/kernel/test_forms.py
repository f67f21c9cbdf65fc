import pytest

from kernel.errors import Located
from kernel.web.forms import by_field, nest


def test_flat_names_become_rows():
    form = [("movements-0-name", "A"), ("movements-0-result", ""), ("movements-1-name", "B")]

    assert nest(form) == {"movements": [{"name": "A", "result": ""}, {"name": "B"}]}


def test_rows_in_which_nothing_was_typed_are_left_out():
    form = [("movements-0-name", "  "), ("movements-2-name", "B"), ("limitations-0", "")]

    assert nest(form) == {"movements": [{"name": "B"}], "limitations": []}


def test_rows_keep_the_order_of_their_numbers():
    form = [(f"directions-{i}", str(i)) for i in (10, 9, 2)]

    assert nest(form) == {"directions": ["2", "9", "10"]}


def test_a_name_used_as_value_and_as_group_does_not_break_the_page():
    assert nest([("a", "1"), ("a-b", "2")])["a"] in ("1", {"b": "2"})


@pytest.mark.parametrize(
    "name", ["-".join(["movements", *["0"] * 5_000]), f"movements-{'9' * 5_000}-name", "-" * 5_000]
)
def test_a_name_that_no_form_of_ours_has_does_not_break_the_page(name):
    assert nest([(name, "x")])


def test_an_error_belongs_to_the_field_it_points_to():
    errors = [Located("#/movements/0/name", "Bắt buộc nhập."), Located("#/movements/0/name", "x")]

    assert by_field(errors) == {"movements-0-name": "Bắt buộc nhập."}
