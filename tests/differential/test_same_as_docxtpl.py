"""On every template of the corpus our document is the one that docxtpl makes (see canonical.py)."""

import pytest

from tests.differential import corpus_blocks, corpus_text
from tests.differential.data import DATA
from tests.differential.engines import by_docxtpl, by_thidua, differences_of

CORPUS = {**corpus_text.CORPUS, **corpus_blocks.CORPUS}


@pytest.mark.parametrize("name", CORPUS)
def test_a_template_gives_the_same_document(name):
    template = CORPUS[name]

    found = differences_of(by_thidua(template, DATA), by_docxtpl(template, DATA))

    assert not found, found
