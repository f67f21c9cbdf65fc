"""Random templates: what they print is what their own description says, or they are refused."""

import subprocess
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.cases import CONVERTED, fuzzed, tried
from tests.fuzz.properties import blocks_of, rendered
from tests.fuzz.structures import any_data, right_data, structures, tag_soups
from tests.support.programs import path_of

_SAMPLED = 8
_NAMES = st.dictionaries(st.sampled_from(["a", "b", "ts", "gs", "group", "yes", "n"]), any_data)


@fuzzed(110)
@given(structures(), right_data)
def test_a_template_prints_what_it_says(structure, data):
    result = rendered(structure.template, data)

    assert isinstance(result, bytes), result
    assert blocks_of(result) == structure.printed(data)


@fuzzed(40)
@given(structures(), _NAMES)
def test_data_of_any_shape_is_printed_or_refused(structure, data):
    rendered(structure.template, data)


@fuzzed(80)
@given(tag_soups(), right_data | _NAMES)
def test_tags_in_any_order_are_a_template_or_refused(template, data):
    rendered(template, data)


@pytest.mark.libreoffice
def test_libreoffice_opens_a_sample(tmp_path):
    documents = _sample()
    for number, document in enumerate(documents):
        (tmp_path / f"{number}.docx").write_bytes(document)

    _convert(tmp_path)

    for number in range(len(documents)):
        assert len(pypdfium2.PdfDocument(tmp_path / f"{number}.pdf")) >= 1
    tried[CONVERTED] += len(documents)


def _sample() -> list[bytes]:
    """Return the largest of some random documents, no two alike."""
    found: set[bytes] = set()

    @fuzzed(60)
    @given(structures(), right_data)
    def collect(structure, data):
        result = rendered(structure.template, data)
        if isinstance(result, bytes):
            found.add(result)

    collect()
    return sorted(found, key=len, reverse=True)[: max(_SAMPLED, len(found) // 10)]


def _convert(folder: Path) -> None:
    profile = (folder / "profile").as_uri()
    command = [path_of("libreoffice"), f"-env:UserInstallation={profile}", "--headless"]
    files = sorted(folder.glob("*.docx"))
    subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", folder, *files],
        check=True,
        capture_output=True,
        timeout=280,
    )
