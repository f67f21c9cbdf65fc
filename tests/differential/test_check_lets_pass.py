"""What renders as docxtpl renders it is not called wrong by the check of templates."""

import pytest

from services.assembler.domain.findings import Severity
from services.assembler.rendering.checking import check_any_template
from tests.differential import corpus_blocks, corpus_text

CORPUS = {**corpus_text.CORPUS, **corpus_blocks.CORPUS}


@pytest.mark.parametrize("name", CORPUS)
def test_a_template_that_renders_has_no_error(name):
    found = check_any_template(CORPUS[name])

    assert [one for one in found if one.severity is Severity.ERROR] == []
