"""The shipped certificate in a batch, as LibreOffice prints it."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from services.assembler.use_cases.printing import PRINTED_AT_ONCE, request_print
from services.assembler.use_cases.viewing_batches import merged_file, pdf_file
from tests.builders.assembler import OFFICE, FakeIntake
from tests.builders.batches import a_batch, a_dossier_of, made, people, printed_whole, seen

pytestmark = pytest.mark.libreoffice


@pytest.fixture
def batch_of(deps, libreoffice):
    def make(count):
        intake = FakeIntake(a_dossier_of(*people(count)))
        ours = replace(deps, intake=intake, converter=libreoffice)
        batch = a_batch(ours, kind="commendation_certificate")
        made(batch, ours)
        return batch, ours

    return make


def names_on(pdf):
    """Return which of the awardees each page names."""
    names = people(PRINTED_AT_ONCE + 5)
    texts = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    return [[name for name in names if name in text] for text in texts]


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_the_merged_file_has_a_page_for_each_awardee(batch_of, libreoffice):
    batch, deps = batch_of(6)

    merged = merged_file(batch.job.id, office_id=OFFICE, deps=deps)
    pdf = libreoffice.convert(merged.content)

    assert names_on(pdf.data) == [[name] for name in people(6)]


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_the_joined_pdf_has_a_page_for_each_awardee_in_order(batch_of):
    batch, deps = batch_of(PRINTED_AT_ONCE + 3)

    printed = request_print(batch.job.id, office_id=OFFICE, idempotency_key="a-key", deps=deps)
    printed_whole(printed, deps)

    file = pdf_file(batch.job.id, office_id=OFFICE, deps=deps)
    assert names_on(file.content) == [[name] for name in people(PRINTED_AT_ONCE + 3)]
    assert seen(batch, deps).pdf.converter.startswith("LibreOffice")
    assert seen(batch, deps).pdf.pages == PRINTED_AT_ONCE + 3
