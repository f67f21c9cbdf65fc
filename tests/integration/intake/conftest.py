"""A world of intake for each test, on each database."""

import pytest

from services.intake.persistence import MIGRATIONS
from tests.builders.intake import Api, a_world


@pytest.fixture
def world(new_database, kernel_settings, tmp_path):
    made = a_world(new_database(MIGRATIONS), kernel_settings, tmp_path / "files")
    yield made
    made.deps.database.dispose()


@pytest.fixture
def officer_api(world):
    return Api(world, world.officer())


@pytest.fixture
def clerk_api(world):
    return Api(world, world.clerk())


@pytest.fixture
def world_again(new_database, kernel_settings):
    """Return a function that makes a world of its own each time: for tests of many examples."""
    made = []

    def again():
        made.append(a_world(new_database(MIGRATIONS), kernel_settings))
        return made[-1]

    yield again
    for world in made:
        world.deps.database.dispose()
