"""Three engines say the same of the bench's cases, and the bench would see it if they did not."""

import zipfile
from io import BytesIO

import pytest
from docx import Document

from bench.documents import case
from bench.equivalence import fingerprint, words
from bench.python_engine import PREPARE


@pytest.fixture(params=["report", "annex-3"])
def documents(request, tmp_path):
    """Return the path of what each engine makes of one case."""
    given = case(request.param)
    made = {}
    for engine, prepare in PREPARE.items():
        made[engine] = tmp_path / f"{engine}.docx"
        made[engine].write_bytes(prepare(given.template)(given.data))
    return made


def test_the_engines_say_the_same(documents):
    said = {engine: fingerprint(path) for engine, path in documents.items()}

    assert set(said) >= {"thidua", "docxtpl", "limit"}
    assert len(set(said.values())) == 1


def test_every_engine_makes_a_whole_package(documents):
    for path in documents.values():
        with zipfile.ZipFile(path) as package:
            assert package.testzip() is None


def test_no_tag_is_left_and_special_characters_are_kept(documents):
    for path in documents.values():
        said = words(path)

        assert "{" not in said
        assert "khen thưởng năm 2023 & phương hướng năm 2024" in said


def test_every_row_is_there_once():
    said = [f"{number}¶|" for number in range(1, 4)]
    given = case("annex-3")

    rows = Document(BytesIO(PREPARE["limit"](given.template)(given.data))).tables[-1].rows

    assert [f"{row.cells[0].text}¶|" for row in rows[1:]] == said


@pytest.mark.parametrize("change", ["text", "cell", "paragraph"])
def test_a_difference_is_seen(documents, tmp_path, change):
    document = Document(documents["docxtpl"])
    cells = document.tables[1].rows[0].cells
    if change == "text":
        cells[0].paragraphs[0].add_run("x")
    elif change == "cell":
        cells[-1]._tc.getparent().remove(cells[-1]._tc)
    else:
        document.add_paragraph()
    changed = tmp_path / "changed.docx"
    document.save(changed)

    assert fingerprint(changed) != fingerprint(documents["docxtpl"])
