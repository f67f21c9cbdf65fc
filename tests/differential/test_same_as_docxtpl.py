"""On every template of the corpus our document is the one that docxtpl makes (see canonical.py)."""

import pytest

from tests.differential import corpus_blocks, corpus_text
from tests.differential.data import DATA
from tests.differential.engines import by_docxtpl, by_thidua, differences_of

CORPUS = {**corpus_text.CORPUS, **corpus_blocks.CORPUS}
# Of docxtpl's language and not yet of ours; each turns red here when it is.
OPEN = frozenset({"fewer cells than columns", "cells on a condition", "cells left out"})


@pytest.mark.parametrize(
    "name",
    [pytest.param(it, marks=pytest.mark.xfail) if it in OPEN else it for it in CORPUS],
)
def test_a_template_gives_the_same_document(name):
    template = CORPUS[name]

    found = differences_of(by_thidua(template, DATA), by_docxtpl(template, DATA))

    assert not found, found
