"""The bench's templates in the languages of the peers."""

import zipfile
from io import BytesIO

import pytest
from docx import Document

from bench.documents import annex_template, report_template
from bench.translating import for_carbone, for_docxtemplater


def lines(template):
    """Return the paragraphs of the body, then of each table the cells of each row."""
    document = Document(BytesIO(template))
    tables = [[[cell.text for cell in row.cells] for row in it.rows] for it in document.tables]
    return [it.text for it in document.paragraphs], tables


def test_docxtemplater_wraps_the_repeated_row():
    _, tables = lines(for_docxtemplater(annex_template()))

    head, row = tables[-1]
    assert head[0] == "TT"
    assert row == ["{#rows}{number}", "{name}", "{position}", "{merit}", "{reward}{/rows}"]


def test_docxtemplater_keeps_the_paragraphs_around_a_repeated_one():
    paragraphs, _ = lines(for_docxtemplater(annex_template()))

    first = paragraphs.index("{#legal_basis}")
    assert paragraphs[first : first + 3] == ["{#legal_basis}", "{text}", "{/legal_basis}"]


def test_carbone_is_shown_where_a_repetition_ends_by_the_next_element():
    paragraphs, tables = lines(for_carbone(annex_template()))

    assert [row[0] for row in tables[-1]] == ["TT", "{d.rows[i].number}", "{d.rows[i+1].number}"]
    first = paragraphs.index("{d.legal_basis[i].text}")
    assert paragraphs[first + 1] == "{d.legal_basis[i+1].text}"


def test_carbone_counts_the_rows_of_each_section_apart():
    paragraphs, tables = lines(for_carbone(report_template()))

    assert [row[0] for row in tables[1]] == [
        "Chỉ tiêu",
        "{d.sections[i].rows[i].name}",
        "{d.sections[i].rows[i+1].name}",
    ]
    assert "{d.sections[i+1].title}" in paragraphs


@pytest.mark.parametrize("translate", [for_docxtemplater, for_carbone])
@pytest.mark.parametrize("template", [report_template(), annex_template()])
def test_no_tag_of_docxtpl_is_left(translate, template):
    with zipfile.ZipFile(BytesIO(translate(template))) as package:
        document = package.read("word/document.xml").decode()

    assert "{%" not in document
    assert "{{" not in document
