"""Where the `thidua` command keeps its data is said once, before the command or in a variable."""

import pytest
from click.testing import CliRunner

from embedded.cli import main


@pytest.fixture
def run():
    return CliRunner().invoke


@pytest.mark.parametrize("place", ["option of the group", "variable", "option of the command"])
def test_the_demo_works_where_it_is_told_to_and_not_on_what_is_there(run, tmp_path, place):
    (tmp_path / "kept.txt").write_text("something")
    words, variables = {
        "option of the group": (["--data-dir", str(tmp_path), "demo"], {}),
        "variable": (["demo"], {"THIDUA_DATA_DIR": str(tmp_path)}),
        "option of the command": (["demo", "--data-dir", str(tmp_path)], {}),
    }[place]

    told = run(main, words, env=variables)

    assert told.exit_code == 1
    assert f"{tmp_path} is not empty" in told.output


def test_what_starts_a_stack_makes_the_directory_that_the_variable_names(run, tmp_path):
    told = run(main, ["serve", "--help"], env={"THIDUA_DATA_DIR": str(tmp_path / "new")})

    assert told.exit_code == 0


def test_an_operator_command_is_refused_where_nothing_is(run, tmp_path):
    told = run(main, ["--data-dir", str(tmp_path / "nowhere"), "migrate"])

    assert told.exit_code == 2
    assert "does not exist" in told.output
